import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rung } from '../../../src-main/core/alerts/alert.ts';
import { atLeast, LADDER, nextLead, rungAt } from '../../../src-main/core/alerts/ladder.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';

const ORDER: readonly Rung[] = ['14d', '7d', '3d', '1d', '6h', '1h', '30m', 'ended'];
const LONG = 60 * DAY;

describe('the ladder towards a deadline', () => {
  it.each<[Rung, number]>([
    ['14d', 14 * DAY],
    ['7d', 7 * DAY],
    ['3d', 3 * DAY],
    ['1d', DAY],
    ['6h', 6 * HOUR],
    ['1h', HOUR],
    ['30m', 30 * MINUTE],
  ])('reaches %s with exactly that much to go', (rung, lead) => {
    expect(rungAt(lead, LONG)).toBe(rung);
    expect(rungAt(lead, null)).toBe(rung);
    expect(rungAt(lead + 1, LONG)).not.toBe(rung);
  });

  it('has no rung before 14 days, and stays on the last one however late it is', () => {
    expect(rungAt(14 * DAY + 1, LONG)).toBeNull();
    expect(rungAt(0, LONG)).toBe('30m');
    expect(rungAt(-30 * DAY, LONG)).toBe('30m');
  });

  it('never ends by the clock: that takes proof', () => {
    expect(LADDER.map((step) => step.rung)).toEqual(ORDER.slice(0, -1));
  });

  it('of a short life has only the rungs in its second half, or it would be born warning', () => {
    expect(rungAt(24 * HOUR, 24 * HOUR)).toBeNull();
    expect(rungAt(12 * HOUR, 24 * HOUR)).toBeNull();
    expect(rungAt(6 * HOUR, 24 * HOUR)).toBe('6h');
    expect(rungAt(HOUR, 2 * HOUR)).toBe('1h');
    expect(rungAt(HOUR, 2 * HOUR - 1)).toBeNull();
    expect(rungAt(30 * MINUTE, 2 * HOUR - 1)).toBe('30m');
    expect(rungAt(2 * DAY, 3 * DAY)).toBe('3d');
  });

  it('only ever tightens as time passes', () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 1, max: LONG })), fc.integer({ min: -DAY, max: LONG }), fc.nat({ max: LONG }), (life, remaining, passed) => {
        const before = rungAt(remaining, life);
        const after = rungAt(remaining - passed, life);
        if (before !== null) expect(after !== null && atLeast(after, before)).toBe(true);
      }),
    );
  });

  it('names the next rung, and reaches it exactly then', () => {
    expect(nextLead(20 * DAY, LONG)).toBe(14 * DAY);
    expect(nextLead(14 * DAY, LONG)).toBe(7 * DAY);
    expect(nextLead(30 * MINUTE, LONG)).toBeNull();
    expect(nextLead(20 * HOUR, 24 * HOUR)).toBe(6 * HOUR);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LONG }), (remaining) => {
        const lead = nextLead(remaining, LONG);
        if (lead === null) return;
        expect(rungAt(lead, LONG)).not.toBe(rungAt(remaining, LONG));
        expect(rungAt(lead + 1, LONG)).toBe(rungAt(remaining, LONG));
      }),
    );
  });

  it('orders the rungs: each is at least as tight as itself and as those before it', () => {
    for (const [tight, rung] of ORDER.entries()) {
      expect(ORDER.map((other) => atLeast(rung, other))).toEqual(ORDER.map((_, loose) => loose <= tight));
    }
  });
});
