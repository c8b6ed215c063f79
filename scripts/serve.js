// npm run serve: installs, builds and starts server mode, also where the desktop app could run. `npm start` prepares the
// same way and falls back to the same server. Plain Node without packages, because it runs before there are any.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { requireNode } from './setup/node-version.js';
import { isBuilt, PRODUCT } from './setup/outputs.js';
import { preparePackages } from './setup/packages.js';
import { endWithParents } from './setup/parent-watch.js';
import { run } from './setup/run.js';

/**
 * Installs and builds what is missing or stale. Ends the process with a sentence where that cannot be done. From here on
 * the process also ends with the npm that started it.
 * @param {string} root
 * @param {(line: string) => void} say
 */
export async function prepare(root, say) {
  requireNode();
  const complaint = await preparePackages(root, say);
  if (complaint !== null) {
    say(complaint);
    process.exit(1);
  }
  if (!isBuilt(root, PRODUCT)) {
    say('Building …');
    const { code } = await run(process.execPath, [join(root, 'scripts', 'build.js')], { cwd: root });
    if (code !== 0) {
      say('Evertoken could not be built; the reason stands above.');
      process.exit(1);
    }
  }
  if (/^(?:start|serve)$/.test(process.env['npm_lifecycle_event'] ?? '')) endWithParents();
}

/**
 * Runs the server in this process and not in a child: signals, exit code and standard streams are the server's own.
 * @param {string} root
 * @param {readonly string[]} args
 * @param {(line: string) => void} say
 */
export async function serve(root, args, say) {
  const server = join(root, 'dist', 'server.js');
  if (!existsSync(server)) {
    say(`${server} is missing. Delete the folder dist and run npm start again.`);
    process.exit(1);
  }
  process.argv = [process.execPath, server, ...args];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(server).href);
}

/**
 * One line on standard error: standard output is the program's own.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  await prepare(root, say);
  await serve(root, process.argv.slice(2), say);
}
