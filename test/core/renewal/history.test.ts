import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterAttempt, type Attempt, NO_RENEWALS } from '../../../src-main/core/renewal/history.ts';
import type { RenewalRecord, RenewalResult } from '../../../src-main/core/renewal/record.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';
import { faultOf, NOW } from '../../fakes/facts.ts';

const FAILURES = ['worse', 'refused', 'unreachable', 'vault'] as const satisfies readonly RenewalResult[];

function attempt(result: RenewalResult, change: Partial<Attempt> = {}): Attempt {
  return { at: NOW, result, fault: null, remaining: 20 * DAY, jitter: 0, early: false, worse: [], ...change };
}

function play(start: RenewalRecord, ...attempts: readonly Attempt[]): RenewalRecord {
  return attempts.reduce(afterAttempt, start);
}

const struggling: RenewalRecord = { ...NO_RENEWALS, lastAttempt: { at: NOW - HOUR, result: 'refused', fault: null }, failures: 5, noProgress: 2, failingFor: 2 * DAY, notBefore: NOW };

describe('a try that an owner made before it was due', () => {
  it('counts neither as progress nor against the token, and holds nothing back', () => {
    const before: RenewalRecord = { ...NO_RENEWALS, noProgress: 1, notBefore: NOW + HOUR };
    expect(afterAttempt(before, attempt('no-progress', { early: true }))).toMatchObject({ noProgress: 1, notBefore: NOW + HOUR, lastAttempt: { at: NOW, result: 'no-progress' } });
  });
});

describe('a renewal that worked', () => {
  it('wipes the slate, and the next one is a day away', () => {
    expect(afterAttempt(struggling, attempt('renewed', { remaining: 60 * DAY }))).toEqual({
      phase: { phase: 'resting' },
      lastAttempt: { at: NOW, result: 'renewed', fault: null },
      lastSuccessAt: NOW,
      failures: 0,
      noProgress: 0,
      worse: [],
      failingFor: 0,
      notBefore: NOW + DAY,
    });
  });

  it('of a token without a known end waits a day too', () => {
    expect(afterAttempt(NO_RENEWALS, attempt('renewed', { remaining: null })).notBefore).toBe(NOW + DAY);
  });
});

describe('a renewal without progress', () => {
  it('is neither success nor failure: it is counted by itself, and the last success stays what it was', () => {
    const after = afterAttempt({ ...struggling, lastSuccessAt: NOW - 30 * DAY }, attempt('no-progress'));
    expect(after).toMatchObject({ noProgress: 3, failures: 0, failingFor: 0, lastSuccessAt: NOW - 30 * DAY, notBefore: NOW + DAY });
    expect(after.lastAttempt).toEqual({ at: NOW, result: 'no-progress', fault: null });
  });

  it('is tried again within the day where less than four days are left, never faster than every ten minutes', () => {
    const notBefore = (remaining: number) => (afterAttempt(NO_RENEWALS, attempt('no-progress', { remaining })).notBefore ?? 0) - NOW;
    expect(notBefore(4 * DAY)).toBe(DAY);
    expect(notBefore(4 * HOUR)).toBe(HOUR);
    expect(notBefore(10 * MINUTE)).toBe(10 * MINUTE);
    expect(notBefore(-DAY)).toBe(10 * MINUTE);
  });
});

describe('a renewal that failed', () => {
  it.each(FAILURES)('%s is counted, keeps its cause, and backs off', (result) => {
    const fault = faultOf('network');
    const after = play(NO_RENEWALS, attempt(result, { fault }), attempt(result, { at: NOW + MINUTE, fault }));
    expect(after).toMatchObject({ failures: 2, lastSuccessAt: null, notBefore: NOW + MINUTE + 2 * MINUTE });
    expect(after.lastAttempt).toEqual({ at: NOW + MINUTE, result, fault });
  });

  it('does not forget tries without progress, nor the other way round', () => {
    expect(play(NO_RENEWALS, attempt('no-progress'), attempt('unreachable'), attempt('no-progress')).noProgress).toBe(2);
  });

  it('always leaves a next try: one failure, or a hundred, never end renewing', () => {
    let record = NO_RENEWALS;
    let at = NOW;
    for (let count = 1; count <= 100; count += 1) {
      record = afterAttempt(record, attempt('refused', { at, remaining: null }));
      expect(record.failures).toBe(count);
      expect(record.notBefore).toBeGreaterThan(at);
      expect((record.notBefore ?? 0) - at).toBeLessThanOrEqual(6 * HOUR);
      at = record.notBefore ?? 0;
    }
  });
});

describe('the time spent failing', () => {
  it('begins with the second failure in a row', () => {
    expect(play(NO_RENEWALS, attempt('refused')).failingFor).toBe(0);
    expect(play(NO_RENEWALS, attempt('refused'), attempt('refused', { at: NOW + 2 * HOUR })).failingFor).toBe(2 * HOUR);
  });

  it('does not count from an earlier success or a try without progress', () => {
    expect(play(NO_RENEWALS, attempt('renewed', { at: NOW - 30 * DAY }), attempt('refused')).failingFor).toBe(0);
    expect(play(NO_RENEWALS, attempt('no-progress', { at: NOW - DAY }), attempt('refused')).failingFor).toBe(0);
  });

  it('counts only awake time: a computer that slept for a week has not failed for a week', () => {
    const after = play(NO_RENEWALS, attempt('unreachable'), attempt('unreachable', { at: NOW + 7 * DAY }));
    expect(after.failingFor).toBe(6 * HOUR + MINUTE);
  });

  it('a clock set back takes nothing away', () => {
    const after = play(struggling, attempt('unreachable', { at: NOW - 20 * HOUR }));
    expect(after.failingFor).toBe(2 * DAY);
  });

  it('a history dated days ahead was dated by a clock that was wrong, and counts for nothing', () => {
    const after = play({ ...struggling, notBefore: NOW + 50 * DAY }, attempt('no-progress', { at: NOW - 30 * DAY }));
    expect(after).toMatchObject({ noProgress: 1, failures: 0, failingFor: 0, notBefore: NOW - 29 * DAY });
  });

  it('reaches three days of tries every six hours after three days', () => {
    let record = NO_RENEWALS;
    for (let at = NOW; at <= NOW + 3 * DAY; at += 6 * HOUR) record = afterAttempt(record, attempt('unreachable', { at }));
    expect(record.failingFor).toBe(3 * DAY);
  });

  it('is never more than the time that passed, whatever the gaps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 * DAY }), { maxLength: 40 }), (gaps) => {
        let at = NOW;
        let record = NO_RENEWALS;
        for (const gap of gaps) {
          at += gap;
          record = afterAttempt(record, attempt('unreachable', { at }));
        }
        expect(record.failingFor).toBeLessThanOrEqual(at - NOW);
        expect(record.failingFor).toBeLessThanOrEqual(gaps.length * (6 * HOUR + MINUTE));
      }),
    );
  });
});
