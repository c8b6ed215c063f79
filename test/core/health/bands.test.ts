import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Band, bandOf, lastOfLife, worseBand } from '../../../src-main/core/health/bands.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';

const RANK: Record<Band, number> = { far: 0, soon: 1, urgent: 2 };
const aBand = fc.constantFrom<Band>('far', 'soon', 'urgent');
const aLife = fc.option(fc.integer({ min: 1, max: 90 * DAY }));

describe('the band of a deadline', () => {
  it.each<[string, number, Band]>([
    ['a moment more than 14 days', 14 * DAY + 1, 'far'],
    ['14 days', 14 * DAY, 'soon'],
    ['a moment more than 3 days', 3 * DAY + 1, 'soon'],
    ['3 days', 3 * DAY, 'urgent'],
    ['nothing', 0, 'urgent'],
    ['less than nothing', -DAY, 'urgent'],
  ])('with %s to go', (_what, remaining, band) => {
    expect(bandOf(remaining, 60 * DAY)).toBe(band);
    expect(bandOf(remaining, null)).toBe(band);
  });

  it.each<[string, number, Band]>([
    ['more than a third', 8 * HOUR + 1, 'far'],
    ['the last third', 8 * HOUR, 'soon'],
    ['more than a tenth', 144 * MINUTE + 1, 'soon'],
    ['the last tenth', 144 * MINUTE, 'urgent'],
  ])('of a 24-hour token with %s of its life to go', (_what, remaining, band) => {
    expect(bandOf(remaining, 24 * HOUR)).toBe(band);
  });

  it('is by days again from a whole life of three days on', () => {
    expect(bandOf(2 * DAY, 3 * DAY - 1)).toBe('far');
    expect(bandOf(2 * DAY, 3 * DAY)).toBe('urgent');
  });

  it('never eases as the deadline nears, for any life', () => {
    fc.assert(
      fc.property(aLife, fc.integer({ min: -DAY, max: 90 * DAY }), fc.nat({ max: 30 * DAY }), (life, remaining, passed) => {
        expect(RANK[bandOf(remaining - passed, life)]).toBeGreaterThanOrEqual(RANK[bandOf(remaining, life)]);
      }),
    );
  });
});

describe('the last of a life', () => {
  it('is a day', () => {
    expect(lastOfLife(DAY + 1, 60 * DAY)).toBe(false);
    expect(lastOfLife(DAY, 60 * DAY)).toBe(true);
    expect(lastOfLife(DAY, null)).toBe(true);
    expect(lastOfLife(DAY, 3 * DAY)).toBe(true);
    expect(lastOfLife(DAY, 3 * DAY - 1)).toBe(false);
  });

  it('is a tenth of a short life, so that a fresh token is not born urgent', () => {
    expect(lastOfLife(24 * HOUR, 24 * HOUR)).toBe(false);
    expect(lastOfLife(6 * MINUTE + 1, HOUR)).toBe(false);
    expect(lastOfLife(6 * MINUTE, HOUR)).toBe(true);
  });

  it('is always urgent too', () => {
    fc.assert(
      fc.property(aLife, fc.integer({ min: -DAY, max: 90 * DAY }), (life, remaining) => {
        if (lastOfLife(remaining, life)) expect(bandOf(remaining, life)).toBe('urgent');
        else expect(remaining).toBeGreaterThan(0);
      }),
    );
  });
});

describe('the worse of two bands', () => {
  it('is the one that ranks higher, in either order', () => {
    fc.assert(
      fc.property(aBand, aBand, (a, b) => {
        expect(RANK[worseBand(a, b)]).toBe(Math.max(RANK[a], RANK[b]));
      }),
    );
  });
});
