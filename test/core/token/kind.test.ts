import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../src-main/core/time.ts';
import { kindOf, SHORT_LIFE } from '../../../src-main/core/token/kind.ts';
import { NEVER, UNKNOWN_END } from '../../../src-main/core/token/snapshot.ts';
import { deadSnapshot, endIn, NOW, snapshotOf } from '../../fakes/facts.ts';

describe('the kind of a token', () => {
  it('is short-lived for the temporary tokens of one to 24 hours', () => {
    for (const life of [HOUR, 2 * HOUR, 24 * HOUR]) expect(kindOf(snapshotOf({ expiry: endIn(life) }), NOW)).toBe('short-lived');
  });

  it('is long-lived for 60 days', () => {
    expect(kindOf(snapshotOf({ expiry: endIn(60 * DAY) }), NOW)).toBe('long-lived');
  });

  it('does not change as a long-lived token nears its end: its whole life counts', () => {
    expect(kindOf(snapshotOf({ expiry: endIn(HOUR) }), NOW - 59 * DAY)).toBe('long-lived');
  });

  it('changes at exactly three days of whole life', () => {
    expect(SHORT_LIFE).toBe(3 * DAY);
    expect(kindOf(snapshotOf({ expiry: endIn(3 * DAY - 1) }), NOW)).toBe('short-lived');
    expect(kindOf(snapshotOf({ expiry: endIn(3 * DAY) }), NOW)).toBe('long-lived');
  });

  it('is the 60-day kind for a System User token that ends', () => {
    expect(kindOf(snapshotOf({ type: 'SYSTEM_USER', expiry: endIn(60 * DAY) }), NOW)).toBe('system-user-60-day');
  });

  it('is never-expiring only while the token lives: dead with expires_at 0 is revoked', () => {
    expect(kindOf(snapshotOf({ type: 'SYSTEM_USER', expiry: NEVER }), NOW)).toBe('never-expiring');
    expect(kindOf(snapshotOf({ type: 'USER', expiry: NEVER }), NOW)).toBe('never-expiring');
    expect(kindOf(deadSnapshot('logged_out', { expiry: NEVER }), NOW)).toBe('unknown');
  });

  it('is unknown where Meta has not spoken or does not say when the token ends', () => {
    expect(kindOf(null, NOW)).toBe('unknown');
    expect(kindOf(snapshotOf({ expiry: UNKNOWN_END }), NOW)).toBe('unknown');
  });

  it('does not need a type, which Meta may leave out', () => {
    expect(kindOf(snapshotOf({ type: null, expiry: endIn(60 * DAY) }), NOW)).toBe('long-lived');
  });
});
