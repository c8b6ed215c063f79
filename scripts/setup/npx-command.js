import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// npx runs what it finds in node_modules/.bin. A "bin" entry in our own package.json would send it another way:
// it would install this checkout into its cache first, asking the registry for every dependency. So there is no
// such entry, and these files stand in .bin instead. They are real files, not links: a link to a dist that is
// not built yet counts as missing, and npx would then look for a package of this name in the registry.

const POSIX = `#!/bin/sh
here=$(dirname "$0")
program="$here/../../dist/cli.js"
if [ ! -f "$program" ]; then
  echo "Evertoken is not built yet. Run npm start first." >&2
  exit 2
fi
exec node "$program" "$@"
`;

const WINDOWS = `@echo off\r
if not exist "%~dp0..\\..\\dist\\cli.js" (\r
  echo Evertoken is not built yet. Run npm start first. 1>&2\r
  exit /b 2\r
)\r
node "%~dp0..\\..\\dist\\cli.js" %*\r
`;

/**
 * Makes `npx evertoken` work inside this checkout, without the network.
 * @param {string} root
 * @param {NodeJS.Platform} [platform]
 */
export function placeNpxCommand(root, platform = process.platform) {
  const folder = join(root, 'node_modules', '.bin');
  const shell = join(folder, 'evertoken');
  const batch = join(folder, 'evertoken.cmd');
  if (existsSync(shell) && (platform !== 'win32' || existsSync(batch))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(shell, POSIX);
  chmodSync(shell, 0o755);
  if (platform === 'win32') writeFileSync(batch, WINDOWS);
}
