import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffAfter, LONGEST_BACKOFF } from '../../../src-main/core/renewal/backoff.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';

describe('the pause after a failed try', () => {
  it('grows from one minute to six hours and stays there', () => {
    const minutes = Array.from({ length: 12 }, (_, index) => backoffAfter(index + 1, null, 0) / MINUTE);
    expect(minutes).toEqual([1, 2, 5, 10, 20, 40, 60, 120, 240, 360, 360, 360]);
    expect(LONGEST_BACKOFF).toBe(6 * HOUR);
  });

  it('is one minute even where no failure was counted', () => {
    expect(backoffAfter(0, null, 0)).toBe(MINUTE);
  });

  it('tightens near the expiry: a twentieth of what is left, never under a minute', () => {
    expect(backoffAfter(10, 2 * DAY, 0)).toBe((2 * DAY) / 20);
    expect(backoffAfter(10, 2 * HOUR, 0)).toBe(6 * MINUTE);
    expect(backoffAfter(10, 5 * MINUTE, 0)).toBe(MINUTE);
    expect(backoffAfter(10, -DAY, 0)).toBe(MINUTE);
  });

  it('does not lengthen because much life is left', () => {
    expect(backoffAfter(2, 50 * DAY, 0)).toBe(2 * MINUTE);
  });

  it('is shortened by up to a tenth, so that many connections do not ask together', () => {
    expect(backoffAfter(4, null, 0.5)).toBe(9.5 * MINUTE);
  });

  it('stays between 54 seconds and six hours, and never shrinks with more failures', () => {
    const left = fc.option(fc.integer({ min: -DAY, max: 60 * DAY }));
    const jitter = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), left, jitter, (failures, remaining, random) => {
        const pause = backoffAfter(failures, remaining, random);
        expect(pause).toBeGreaterThanOrEqual(0.9 * MINUTE);
        expect(pause).toBeLessThanOrEqual(LONGEST_BACKOFF);
        expect(backoffAfter(failures + 1, remaining, random)).toBeGreaterThanOrEqual(pause);
      }),
    );
  });

  it('leaves at least a dozen tries before the end while an hour or more is left', () => {
    for (const remaining of [HOUR, 6 * HOUR, DAY, 3 * DAY]) {
      let tries = 0;
      for (let left = remaining; left > 0 && tries < 1_000; left -= backoffAfter(tries, left, 0)) tries += 1;
      expect(tries).toBeGreaterThan(12);
      expect(tries).toBeLessThan(1_000);
    }
  });
});
