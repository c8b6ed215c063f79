import { describe, expect, it } from 'vitest';
import { countingTime } from '../../../src-main/core/health/facts.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';
import { NEVER, type Snapshot, UNKNOWN_END } from '../../../src-main/core/token/snapshot.ts';
import { ANSWERED, connectionOf, deadSnapshot, endIn, factsWith, NOW, snapshotOf, tokenOf } from '../../fakes/facts.ts';

/** The time that counts when this computer's clock is `ahead` ms ahead of Meta's. */
function counting(ahead: number | null, snapshot: Partial<Snapshot> | null = {}): number {
  const token = snapshot === null ? null : tokenOf(snapshotOf(snapshot));
  return countingTime(connectionOf(token === null ? [] : [token], { lastCheck: { ...ANSWERED, clockAheadBy: ahead } }), token, NOW);
}

describe('the time that deadlines are measured by', () => {
  it('is the wall clock where Meta was never asked or its answer had no date', () => {
    expect(countingTime(connectionOf([], { lastCheck: null }), null, NOW)).toBe(NOW);
    expect(counting(null)).toBe(NOW);
  });

  it('is the wall clock while it is within two minutes of Meta', () => {
    expect(counting(-2 * MINUTE + 1)).toBe(NOW);
    expect(counting(2 * MINUTE - 1)).toBe(NOW);
  });

  it('is Meta’s where the computer lags behind: Meta decides when a token dies', () => {
    expect(counting(-2 * MINUTE)).toBe(NOW + 2 * MINUTE);
    expect(counting(-5 * DAY)).toBe(NOW + 5 * DAY);
    expect(counting(-HOUR, null)).toBe(NOW + HOUR);
  });

  it('is the wall clock where that runs ahead without proof: early is harmless, late is not', () => {
    expect(counting(5 * DAY)).toBe(NOW);
    expect(counting(5 * DAY, null)).toBe(NOW);
    expect(counting(5 * DAY, { expiry: NEVER })).toBe(NOW);
    expect(counting(5 * DAY, { expiry: UNKNOWN_END })).toBe(NOW);
  });

  it('is Meta’s where Meta called a token alive that is past its end by our clock', () => {
    expect(counting(365 * DAY, { saidAt: NOW, expiry: endIn(-300 * DAY) })).toBe(NOW - 365 * DAY);
  });

  it('stays the wall clock where Meta spoke before that end, or called the token dead', () => {
    expect(counting(5 * DAY, { saidAt: NOW - 2 * DAY, expiry: endIn(-DAY) })).toBe(NOW);
    expect(counting(5 * DAY, deadSnapshot('expired', { saidAt: NOW, expiry: endIn(-DAY) }))).toBe(NOW);
  });
});

describe('the facts about a connection', () => {
  it('are about the token in use, and measured by the time that counts', () => {
    const dead = tokenOf(deadSnapshot('logged_out'), { id: 'now' });
    const alive = tokenOf(snapshotOf({ issuedAt: NOW - 20 * DAY, expiry: endIn(40 * DAY) }), { id: 'old', role: 'previous' });
    const facts = factsWith([dead, alive], { connection: { lastCheck: { ...ANSWERED, clockAheadBy: -DAY } } });
    expect(facts.token?.id).toBe('old');
    expect(facts.now).toBe(NOW + DAY);
    expect(facts.plan).toMatchObject({ can: true, sixtyDays: false });
    expect(facts.prospects).toEqual({ who: 'evertoken' });
  });

  it('say that there is nothing to plan without a token', () => {
    const facts = factsWith([], { vaultTrouble: { kind: 'locked' } });
    expect(facts).toMatchObject({ token: null, plan: { can: false, why: 'no-token' }, prospects: { who: 'nobody' }, vaultTrouble: { kind: 'locked' }, now: NOW });
  });
});
