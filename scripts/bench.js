// npm run bench: installs and builds what is missing, then measures. `npm run bench -- --json` prints JSON and nothing
// else on standard output; `--only PART` measures one part. Plain Node without packages, as it runs before there are any.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireNode } from './setup/node-version.js';
import { HOST, PRODUCT } from './setup/outputs.js';
import { preparePackages } from './setup/packages.js';
import { run } from './setup/run.js';
import { LOAD, provide } from './setup/test-programs.js';

requireNode();
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The packages that the gateway is measured against: a project of its own, which nothing but this installs. */
const RIVALS = 'test/bench/rivals';

/** @type {import('./setup/outputs.js').Output} */
const BENCH = {
  folder: 'dist-bench',
  bundles: () => [{ config: 'vite.config.bench.ts', mode: 'production' }],
  files: ['main.js', 'year-program.js', 'loopback-meta.js', 'pacer-program.js', 'crowd-program.js'],
  executable: [],
  sources: ['src-main', 'test/bench', 'vite.config.bench.ts', 'package-lock.json', 'tsconfig.base.json'],
  enter: (path) => !path.endsWith('.test.ts') && !path.startsWith(RIVALS),
};

/** @param {string} line */
const say = (line) => {
  process.stderr.write(`${line}\n`);
};

// Debian keeps servers where only an administrator looks by default.
if (process.platform === 'linux') process.env['PATH'] = `${process.env['PATH'] ?? ''}:/usr/sbin`;
const args = process.argv.slice(2);
const parts = args.filter((_, index) => args[index - 1] === '--only');
const provided = parts.length === 0 || parts.some((part) => part.startsWith('gateway')) ? await provide(root, LOAD, say) : null;
const gateway = provided?.here === true;
if (provided?.here === false) {
  say(provided.why);
  // Asked for by name, it is a failure; of all parts it is the one that is left out.
  if (parts.length > 0) process.exit(1);
  args.push('--without', 'gateway');
}
const complaint = (await preparePackages(root, say)) ?? (gateway ? await preparePackages(join(root, RIVALS), say) : null);
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
const { code } = await run(process.execPath, [join(root, 'dist-bench', 'main.js'), root, ...args], { cwd: root, env });
process.exitCode = code;
