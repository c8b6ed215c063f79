// Vitest's global set-up: the programs that tests start as processes, and the stand-in for Electron, are built before the first test, so that
// running vitest by hand tests today's sources.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.js';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What is built, and where it goes. */
const BUILDS = [
  { flag: '--programs', folder: 'dist-test' },
  { flag: '--host', folder: 'dist-host' },
];

export async function setup() {
  for (const { flag, folder } of BUILDS) {
    const { code, output } = await run(process.execPath, [join(root, 'scripts', 'build.js'), flag], { cwd: root, quiet: true });
    if (code === 0) continue;
    // Programs of yesterday would pass for today's: without them their tests fail, and say why.
    rmSync(join(root, folder), { recursive: true, force: true });
    process.stderr.write(`What tests start could not be built (${flag}):\n${output}\n`);
  }
}
