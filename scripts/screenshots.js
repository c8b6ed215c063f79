// npm run screenshots [-- FOLDER]: takes a picture of each state of the window in light and dark, for somebody to look at,
// and the one in the README. FOLDER is release/screenshots unless told.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preparePackages } from './setup/packages.js';
import { requireNode } from './setup/node-version.js';
import { run } from './setup/run.js';

requireNode();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = resolve(process.argv[2] ?? join(root, 'release', 'screenshots'));

const complaint = await preparePackages(root, (line) => process.stderr.write(`${line}\n`));
if (complaint !== null) {
  process.stderr.write(`${complaint}\n`);
  process.exit(1);
}
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const { code } = await run(process.execPath, [vitest, 'run', '--config', 'vitest.screenshots.config.ts'], { cwd: root, env: { ...process.env, EVERTOKEN_SCREENSHOTS: folder } });
if (code === 0) process.stdout.write(`The pictures are in ${folder}.\n`);
process.exitCode = code;
