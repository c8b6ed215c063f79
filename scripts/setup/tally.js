/**
 * How a run of tests ended.
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 */

/**
 * The part of Vitest's JSON report that is read here.
 * @typedef {object} Report
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults
 */

/**
 * Counts single tests. A file that fails without a failing test (it could not be loaded, a hook threw) counts as
 * one failure, and so does a run that fails for no reason in the report: it crashed, or coverage fell short.
 * @param {string | null} json Vitest's report, null where there is none
 * @param {number} exitCode Vitest's
 * @returns {Tally}
 */
export function tallyOf(json, exitCode) {
  const report = parse(json);
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const tally = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report.testResults) {
    let failed = 0;
    for (const { status } of file.assertionResults) {
      if (status === 'passed') tally.passed += 1;
      else if (status === 'failed') failed += 1;
      else tally.skipped += 1;
    }
    tally.failed += failed === 0 && file.status === 'failed' ? 1 : failed;
  }
  if (exitCode !== 0 && tally.failed === 0) tally.failed = 1;
  return tally;
}

/**
 * The count of the whole run: a step before the tests that failed counts as one failure, and where nothing may be
 * skipped, a skipped test is a failed one.
 * @param {Tally} tests
 * @param {{ brokenSteps: number, skipsFail: boolean }} run
 * @returns {Tally}
 */
export function wholeRun({ passed, failed, skipped }, { brokenSteps, skipsFail }) {
  return { passed, failed: failed + brokenSteps + (skipsFail ? skipped : 0), skipped: skipsFail ? 0 : skipped };
}

/**
 * The last line of a run.
 * @param {Tally} tally
 */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * @param {string | null} json
 * @returns {Report | null}
 */
function parse(json) {
  if (json === null) return null;
  try {
    /** @type {unknown} */
    const report = JSON.parse(json);
    return isReport(report) ? report : null;
  } catch {
    return null;
  }
}

/**
 * @param {unknown} value
 * @returns {value is Report}
 */
function isReport(value) {
  return typeof value === 'object' && value !== null && 'testResults' in value && Array.isArray(value.testResults);
}
