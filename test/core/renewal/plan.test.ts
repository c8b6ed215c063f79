import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDue, HAND_OUT_MARGIN, type NotRenewable, planRenewal, type RenewalPlan, spreadOf, tooCloseToHandOut } from '../../../src-main/core/renewal/plan.ts';
import { NO_RENEWALS } from '../../../src-main/core/renewal/history.ts';
import type { Connection, TokenRecord } from '../../../src-main/core/state.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';
import { NEVER, type Snapshot, UNKNOWN_END } from '../../../src-main/core/token/snapshot.ts';
import { connectionOf, deadSnapshot, endIn, NOW, renewalOf, snapshotOf, tokenOf } from '../../fakes/facts.ts';

function plan(token: TokenRecord | null, connection: Partial<Connection> = {}, hasAppSecret = true): RenewalPlan {
  return planRenewal(connectionOf(token === null ? [] : [token], connection), token, hasAppSecret, NOW);
}

function planFor(snapshot: Partial<Snapshot>): RenewalPlan {
  return plan(tokenOf(snapshotOf(snapshot)));
}

function dueAt(token: TokenRecord, connection: Partial<Connection> = {}): number {
  const planned = plan(token, connection);
  if (!planned.can) throw new Error(`not renewable: ${planned.why}`);
  return planned.dueAt;
}

const sixtyDays = snapshotOf({ issuedAt: NOW, expiry: endIn(60 * DAY) });

describe('what cannot be renewed', () => {
  it.each<[string, RenewalPlan, NotRenewable]>([
    ['no token', plan(null), 'no-token'],
    ['a token Meta has not spoken about', plan(tokenOf(null)), 'not-checked'],
    ['an expired token: Meta refuses to exchange it', plan(tokenOf(deadSnapshot('expired'))), 'dead'],
    ['a revoked token', plan(tokenOf(deadSnapshot('password_changed'))), 'dead'],
    ['a dead token with expires_at 0, which is dead and not eternal', plan(tokenOf(deadSnapshot('logged_out', { expiry: NEVER }))), 'dead'],
    ['a user token that never expires', planFor({ expiry: NEVER }), 'never-expiring'],
    ['a System User token that never expires', planFor({ type: 'SYSTEM_USER', expiry: NEVER }), 'never-expiring'],
    ['an end that Meta does not name', planFor({ expiry: UNKNOWN_END }), 'expiry-unknown'],
    ['an app token', planFor({ type: 'APP' }), 'app-token'],
    ['no app id', plan(tokenOf(), { appId: null }), 'no-app-credentials'],
    ['no app secret', plan(tokenOf(), {}, false), 'no-app-credentials'],
    ['a token of another app', planFor({ appId: '1002' }), 'other-app'],
  ])('%s', (_what, planned, why) => {
    expect(planned).toEqual({ can: false, why });
  });

  it('a never-expiring token stays unrenewable whatever else is known', () => {
    fc.assert(
      fc.property(fc.constantFrom('USER', 'SYSTEM_USER', 'PAGE', 'APP', null), fc.option(fc.integer({ min: 0, max: NOW })), fc.boolean(), (type, issuedAt, hasAppSecret) => {
        const token = tokenOf(snapshotOf({ expiry: NEVER, type, issuedAt }));
        expect(planRenewal(connectionOf([token]), token, hasAppSecret, NOW).can).toBe(false);
      }),
    );
  });
});

describe('how a token is renewed', () => {
  it('asks for 60 days only for a token that says SYSTEM_USER', () => {
    expect(planFor({ type: 'SYSTEM_USER' })).toMatchObject({ can: true, sixtyDays: true });
    for (const type of ['USER', 'PAGE', 'system_user', null]) expect(planFor({ type })).toMatchObject({ can: true, sixtyDays: false });
  });

  it('does not need the app id in the answer, which Meta may leave out', () => {
    expect(planFor({ appId: null })).toMatchObject({ can: true });
  });
});

describe('when a token is renewed', () => {
  it('from half of its life on, within six hours', () => {
    const due = dueAt(tokenOf(sixtyDays));
    expect(due).toBeGreaterThanOrEqual(NOW + 30 * DAY);
    expect(due).toBeLessThan(NOW + 30 * DAY + 6 * HOUR);
  });

  it('spread over those six hours by the token, and at the same instant after a restart', () => {
    const ids = fc.sample(fc.uuid(), { numRuns: 200, seed: 1 });
    const dues = ids.map((id) => dueAt(tokenOf(sixtyDays, { id })));
    expect(Math.max(...dues) - Math.min(...dues)).toBeGreaterThan(5 * HOUR);
    expect(dueAt(tokenOf(sixtyDays, { id: ids[7] ?? '' }))).toBe(dues[7]);
  });

  it('never outside the half-life and its six hours, for any id', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(spreadOf(id)).toBeGreaterThanOrEqual(0);
        expect(spreadOf(id)).toBeLessThan(1);
        const due = dueAt(tokenOf(sixtyDays, { id }));
        expect(due - NOW).toBeGreaterThanOrEqual(30 * DAY);
        expect(due - NOW).toBeLessThan(30 * DAY + 6 * HOUR);
      }),
    );
  });

  it('within a two-hundredth of a life that is not so long', () => {
    const dues = fc.sample(fc.uuid(), { numRuns: 50, seed: 1 }).map((id) => dueAt(tokenOf(snapshotOf({ issuedAt: NOW, expiry: endIn(4 * DAY) }), { id })));
    expect(Math.min(...dues)).toBeGreaterThanOrEqual(NOW + 2 * DAY);
    expect(Math.max(...dues)).toBeLessThan(NOW + 2 * DAY + (4 * DAY) / 200);
  });

  it('at once when it is short-lived', () => {
    expect(dueAt(tokenOf(snapshotOf({ issuedAt: NOW - MINUTE, expiry: endIn(2 * HOUR) })))).toBeLessThanOrEqual(NOW);
    expect(dueAt(tokenOf(snapshotOf({ issuedAt: null, expiry: endIn(24 * HOUR) }), { firstSeenAt: NOW }))).toBeLessThanOrEqual(NOW);
  });

  it('a System User token of 60 days from half of its life on too', () => {
    const due = dueAt(tokenOf({ ...sixtyDays, type: 'SYSTEM_USER' }));
    expect(due - NOW - 30 * DAY).toBeGreaterThanOrEqual(0);
    expect(due - NOW - 30 * DAY).toBeLessThan(6 * HOUR);
  });

  it('never, without a known end', () => {
    for (const token of [tokenOf(null), tokenOf(snapshotOf({ expiry: NEVER })), tokenOf(snapshotOf({ expiry: UNKNOWN_END }))]) expect(firstDue(token)).toBe(Number.POSITIVE_INFINITY);
  });

  it('not before the pause after the last try is over', () => {
    const token = tokenOf(snapshotOf({ issuedAt: NOW - 40 * DAY, expiry: endIn(20 * DAY) }));
    expect(dueAt(token, { renewal: renewalOf('unreachable', { notBefore: NOW + 5 * MINUTE }) })).toBe(NOW + 5 * MINUTE);
    expect(dueAt(token, { renewal: renewalOf('unreachable', { notBefore: NOW - 60 * DAY }, 60 * DAY) })).toBeLessThan(NOW);
  });

  it('without heed of a pause that was dated by a clock in the future', () => {
    const token = tokenOf(snapshotOf({ issuedAt: NOW - 40 * DAY, expiry: endIn(20 * DAY) }));
    const renewal = { ...NO_RENEWALS, lastAttempt: { at: NOW + 365 * DAY, result: 'no-progress' as const, fault: null }, notBefore: NOW + 366 * DAY };
    expect(dueAt(token, { renewal })).toBeLessThan(NOW);
  });

  it('at the latest half an hour before the expiry, however wrong the clock was when the token was first seen', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400 * DAY, max: 400 * DAY }), fc.integer({ min: HOUR, max: 60 * DAY }), fc.constantFrom('USER', 'SYSTEM_USER'), (skew, remaining, type) => {
        const token = tokenOf(snapshotOf({ type, issuedAt: null, expiry: endIn(remaining) }), { firstSeenAt: NOW + skew });
        expect(dueAt(token)).toBeLessThanOrEqual(NOW + remaining - HAND_OUT_MARGIN);
      }),
    );
  });
});

describe('a token that is to be handed out', () => {
  it('is renewed first from 30 minutes before its expiry on', () => {
    const token = tokenOf(snapshotOf({ expiry: endIn(30 * MINUTE) }));
    expect(tooCloseToHandOut(token, NOW - 1)).toBe(false);
    expect(tooCloseToHandOut(token, NOW)).toBe(true);
    expect(tooCloseToHandOut(token, NOW + DAY)).toBe(true);
  });

  it('without a known end goes out as it is', () => {
    expect(tooCloseToHandOut(tokenOf(snapshotOf({ expiry: NEVER })), NOW)).toBe(false);
    expect(tooCloseToHandOut(tokenOf(snapshotOf({ expiry: UNKNOWN_END })), NOW)).toBe(false);
    expect(tooCloseToHandOut(tokenOf(null), NOW)).toBe(false);
  });
});
