import { describe, expect, it } from 'vitest';
import { lastLine, tallyOf, wholeRun } from '../../scripts/setup/tally.js';

const report = (...files: readonly (readonly [string, ...string[]])[]): string =>
  JSON.stringify({ testResults: files.map(([status, ...tests]) => ({ status, assertionResults: tests.map((one) => ({ status: one })) })) });

describe('tallyOf', () => {
  it('counts single tests', () => {
    expect(tallyOf(report(['passed', 'passed', 'skipped', 'passed'], ['failed', 'failed', 'passed', 'todo', 'pending']), 1)).toEqual({ passed: 3, failed: 1, skipped: 3 });
    expect(tallyOf(report(['passed', 'passed']), 0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  });

  it.each([
    ['a file that could not be loaded', report(['failed'], ['passed', 'passed']), 1, { passed: 1, failed: 1, skipped: 0 }],
    ['a hook that threw after good tests', report(['failed', 'passed']), 1, { passed: 1, failed: 1, skipped: 0 }],
    ['a run that fails for no reason in the report', report(['passed', 'passed']), 1, { passed: 1, failed: 1, skipped: 0 }],
    ['no report', null, 0, { passed: 0, failed: 1, skipped: 0 }],
    ['a report cut off', '{"testResults":[', 0, { passed: 0, failed: 1, skipped: 0 }],
    ['a report of another kind', '{}', 0, { passed: 0, failed: 1, skipped: 0 }],
    ['no test at all', report(), 1, { passed: 0, failed: 1, skipped: 0 }],
  ])('counts %s as a failure', (_what, json, code, tally) => {
    expect(tallyOf(json, code)).toEqual(tally);
  });
});

describe('wholeRun', () => {
  it('adds broken steps, and skipped tests only where nothing may be skipped', () => {
    const tests = { passed: 5, failed: 1, skipped: 2 };
    expect(wholeRun(tests, { brokenSteps: 0, skipsFail: false })).toEqual(tests);
    expect(wholeRun(tests, { brokenSteps: 2, skipsFail: false })).toEqual({ passed: 5, failed: 3, skipped: 2 });
    expect(wholeRun(tests, { brokenSteps: 0, skipsFail: true })).toEqual({ passed: 5, failed: 3, skipped: 0 });
  });
});

it('the last line', () => {
  expect(lastLine({ passed: 12, failed: 0, skipped: 3 })).toBe('12 passed, 0 failed, 3 skipped');
});
