// npm run bench: installs and builds what is missing, then measures. `npm run bench -- --json` prints JSON and nothing
// else on standard output; `--only PART` measures one part. Plain Node without packages, as it runs before there are any.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireNode } from './setup/node-version.js';
import { HOST, PRODUCT } from './setup/outputs.js';
import { preparePackages } from './setup/packages.js';
import { run } from './setup/run.js';

requireNode();
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @type {import('./setup/outputs.js').Output} */
const BENCH = {
  folder: 'dist-bench',
  bundles: () => [{ config: 'vite.config.bench.ts', mode: 'production' }],
  files: ['main.js', 'year-program.js', 'loopback-meta.js'],
  executable: [],
  sources: ['src-main', 'test/bench', 'vite.config.bench.ts', 'package-lock.json', 'tsconfig.base.json'],
  enter: (path) => !path.endsWith('.test.ts'),
};

/** @param {string} line */
const say = (line) => {
  process.stderr.write(`${line}\n`);
};

const complaint = await preparePackages(root, say);
if (complaint !== null) {
  say(complaint);
  process.exit(1);
}

// The bundler is loaded only here, after its package is known to be there.
const { build } = await import('./build.js');
if (await build(PRODUCT, { force: false })) say('Built dist.');
if (await build(HOST, { force: false })) say('Built dist-host.');
if (await build(BENCH, { force: false })) say('Built dist-bench.');

// A proxy in the environment would come between the rival and a server on this computer.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:https?|all|no)_proxy$/i.test(name)));
const { code } = await run(process.execPath, [join(root, 'dist-bench', 'main.js'), root, ...process.argv.slice(2)], { cwd: root, env });
process.exitCode = code;
