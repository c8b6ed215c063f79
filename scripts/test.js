// npm test: installs what is missing, builds, type-checks, lints and runs every test. Its last line counts them.
// Arguments go to Vitest: `npm test -- test/core`. Plain Node without packages, as it runs before there are any.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BROWSER, KEYRING, provide } from './setup/test-programs.js';
import { preparePackages } from './setup/packages.js';
import { requireNode } from './setup/node-version.js';
import { run } from './setup/run.js';
import { lastLine, tallyOf, wholeRun } from './setup/tally.js';

requireNode();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const filters = process.argv.slice(2);
const strict = process.env['CI'] === 'true';

/** @param {string} line */
const say = (line) => {
  process.stdout.write(`${line}\n`);
};

/**
 * Says the count and ends.
 * @param {import('./setup/tally.js').Tally} tally
 * @returns {never}
 */
function finish(tally) {
  say(lastLine(tally));
  process.exit(tally.failed === 0 ? 0 : 1);
}

const complaint = await preparePackages(root, say);
if (complaint !== null) {
  say(complaint);
  finish({ passed: 0, failed: 1, skipped: 0 });
}

let broken = 0;

/** @type {Record<string, string>} */
const missing = {};
for (const [variable, need] of /** @type {const} */ ([['EVERTOKEN_TEST_KEYRING', KEYRING], ['EVERTOKEN_TEST_CHROMIUM', BROWSER]])) {
  const provided = await provide(root, need, say);
  if (provided.here) continue;
  say(provided.why);
  missing[variable] = 'missing';
  if (strict) broken += 1;
}

const bin = join(root, 'node_modules');
/** @type {readonly (readonly [string, readonly string[]])[]} */
const STEPS = [
  ['Build', ['scripts/build.js']],
  ['Build of the test programs', ['scripts/build.js', '--programs']],
  ['Build of the stand-in for Electron', ['scripts/build.js', '--host']],
  ['Types of the program', [join(bin, 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.main.json']],
  ['Types of the window', [join(bin, 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.window.json']],
  ['Types of tests and scripts', [join(bin, 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.test.json']],
  ['Lint', [join(bin, 'oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings']],
];
for (const [name, args] of STEPS) {
  const began = performance.now();
  const { code } = await run(process.execPath, args, { cwd: root });
  say(`${code === 0 ? '✓' : '✗'} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  if (code !== 0) broken += 1;
}

const reportFile = join(root, 'coverage', `report-${process.pid}.json`);
const coverage = filters.length === 0 ? ['--coverage'] : [];
const { code } = await run(
  process.execPath,
  [join(bin, 'vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...coverage, ...filters],
  { cwd: root, env: { ...process.env, ...missing } },
);
const tests = tallyOf(existsSync(reportFile) ? readFileSync(reportFile, 'utf8') : null, code);
rmSync(reportFile, { force: true });

if (broken > 0) say(`${broken} step(s) before the tests failed; each counts as one failure.`);
if (strict && tests.skipped > 0) say(`CI=true: the ${tests.skipped} skipped test(s) count as failed.`);
// The same specs run on either; see test/host/README.md.
const real = existsSync(join(bin, 'electron', 'path.txt'));
say(`The desktop app was tested on ${real ? 'the real Electron runtime' : 'the stand-in for Electron, since its runtime is not here'}.`);
finish(wholeRun(tests, { brokenSteps: broken, skipsFail: strict }));
