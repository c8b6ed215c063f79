// Vitest's global set-up: the programs that tests start as processes are built before the first test, so that
// running vitest by hand tests today's sources.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.js';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export async function setup() {
  const { code, output } = await run(process.execPath, [join(root, 'scripts', 'build.js'), '--programs'], { cwd: root, quiet: true });
  if (code === 0) return;
  // Programs of yesterday would pass for today's: without them their tests fail, and say why.
  rmSync(join(root, 'dist-test'), { recursive: true, force: true });
  process.stderr.write(`The test programs could not be built:\n${output}\n`);
}
