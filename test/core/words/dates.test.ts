import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DAY, HOUR, MINUTE, isoTime } from '../../../src-main/core/time.ts';
import { spanWords } from '../../../src-main/core/words/dates.ts';

describe('an instant in words', () => {
  beforeAll(() => {
    vi.stubEnv('TZ', 'UTC');
    vi.resetModules();
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  it('reads as an owner would say it, with the time', async () => {
    const { dateWords } = await import('../../../src-main/core/words/dates.ts');
    expect(dateWords(Date.UTC(2027, 0, 21, 14, 5))).toBe('21 January 2027 at 14:05');
    expect(dateWords(Date.UTC(2028, 1, 29, 0, 0))).toBe('29 February 2028 at 00:00');
  });

  it('is ISO 8601 in UTC for programs, or null', () => {
    expect(isoTime(Date.UTC(2027, 0, 21, 14, 5))).toBe('2027-01-21T14:05:00.000Z');
    expect(isoTime(null)).toBeNull();
  });
});

describe('a length of time in words', () => {
  it.each<[number, string]>([
    [60 * DAY, '60 days'],
    [2 * DAY, '2 days'],
    [2 * DAY - 1, '47 hours'],
    [2 * HOUR, '2 hours'],
    [2 * HOUR - 1, '119 minutes'],
    [30 * MINUTE, '30 minutes'],
    [MINUTE, '1 minute'],
    [0, '1 minute'],
  ])('%d ms', (length, words) => {
    expect(spanWords(length)).toBe(words);
  });

  it('never promises more time than there is, from a minute on', () => {
    const sizes: Record<string, number> = { day: DAY, hour: HOUR, minute: MINUTE };
    fc.assert(
      fc.property(fc.integer({ min: MINUTE, max: 90 * DAY }), (length) => {
        const [count, unit] = spanWords(length).split(' ');
        const said = Number(count) * (sizes[(unit ?? '').replace(/s$/, '')] ?? Number.NaN);
        expect(said).toBeLessThanOrEqual(length);
        expect(said).toBeGreaterThan(length / 2);
      }),
    );
  });
});
