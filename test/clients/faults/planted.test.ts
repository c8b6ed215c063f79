import { describe, expect, it } from 'vitest';
import type { Violation } from './judge.ts';
import { runSeed } from './run.ts';
import type { Defect } from './witness.ts';

/** Seeds that are tried until one catches a defect. */
const PATIENCE = 12;

const PLANTED: readonly (readonly [defect: Defect, promise: Violation['promise']])[] = [
  ['repeats-what-was-dropped', 'nothing sent twice'],
  ['repeats-after-5xx', 'nothing sent twice'],
  ['repeats-what-takes-long', 'nothing sent twice'],
  ['says-sent-without-sending', 'nothing lost'],
  ['says-failed-after-sending', 'nothing said failed that was sent'],
];

describe('a gateway with a planted defect is caught', () => {
  it.each(PLANTED)('%s: %s', { timeout: 120_000 }, async (defect, promise) => {
    let caughtBy: number | null = null;
    for (let seed = 1; seed <= PATIENCE && caughtBy === null; seed += 1) {
      const { violations } = await runSeed(seed, defect);
      if (violations.some((one) => one.promise === promise)) caughtBy = seed;
    }
    expect(caughtBy, `within ${PATIENCE} seeds`).not.toBeNull();
    // The very run that catches it is a good one without it.
    expect((await runSeed(caughtBy ?? 1)).violations).toEqual([]);
  });

  it('also where the repeated message had no effect the first time', { timeout: 120_000 }, async () => {
    const broken: Violation[] = [];
    for (let seed = 1; seed <= PATIENCE; seed += 1) broken.push(...(await runSeed(seed, 'repeats-what-was-dropped')).violations);
    expect(new Set(broken.map(({ promise }) => promise))).toContain('repeated only after a definite rejection');
  });
});
