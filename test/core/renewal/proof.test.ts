import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDefinitelyDead, proveRenewal, replacementDifferences } from '../../../src-main/core/renewal/proof.ts';
import type { ProofFailure } from '../../../src-main/core/renewal/record.ts';
import type { Access, AccessCheck } from '../../../src-main/core/state.ts';
import { DAY } from '../../../src-main/core/time.ts';
import { type End, NEVER, type Snapshot, UNKNOWN_END } from '../../../src-main/core/token/snapshot.ts';
import { deadSnapshot, endIn, NOW, snapshotOf } from '../../fakes/facts.ts';

const MESSAGING = 'whatsapp_business_messaging';
const MANAGEMENT = 'whatsapp_business_management';
const BOTH: readonly AccessCheck[] = ['number', 'waba'];

const current = snapshotOf({ expiry: endIn(30 * DAY) });
const renewed = snapshotOf({ expiry: endIn(60 * DAY) });

/** `after` names the checks that the candidate passes; what it was put to and did not pass it fails. */
function prove(after: Partial<Snapshot>, before: Snapshot = current, passes: { before: readonly AccessCheck[]; after: readonly AccessCheck[] } = { before: BOTH, after: BOTH }) {
  return proveRenewal({ snapshot: before, passes: passes.before }, { snapshot: { ...renewed, ...after }, fails: BOTH.filter((check) => !passes.after.includes(check)) }, NOW);
}

describe('the renewal proof', () => {
  it('a candidate like the current one that ends later is better', () => {
    expect(prove({})).toEqual({ verdict: 'better', lostScopes: [] });
  });

  it('one that never expires is better than any end', () => {
    expect(prove({ expiry: NEVER })).toEqual({ verdict: 'better', lostScopes: [] });
  });

  it.each<[string, Partial<Snapshot>, ProofFailure]>([
    ['of another app', { appId: '1002' }, 'other-app'],
    ['of another user', { userId: '9002' }, 'other-user'],
    ['without the messaging permission', { scopes: [MANAGEMENT] }, 'messaging-scope-missing'],
    ['that ends a second earlier', { expiry: endIn(30 * DAY - 1_000) }, 'expires-earlier'],
    ['whose end Meta does not name', { expiry: UNKNOWN_END }, 'expires-earlier'],
  ])('refuses a candidate %s', (_what, after, why) => {
    expect(prove(after)).toEqual({ verdict: 'worse', why: [why] });
  });

  it('takes what Meta leaves out for unknown, not for different', () => {
    expect(prove({ appId: null, userId: null }).verdict).toBe('better');
  });

  it('does not hold a check against it that was skipped for want of a permission', () => {
    expect(proveRenewal({ snapshot: current, passes: BOTH }, { snapshot: { ...renewed, scopes: [MESSAGING] }, fails: [] }, NOW)).toEqual({ verdict: 'better', lostScopes: [MANAGEMENT] });
  });

  it('a gain of less than an hour is no progress: it would look like success until the end', () => {
    expect(prove({ expiry: endIn(30 * DAY + 59 * 60_000) })).toEqual({ verdict: 'no-progress' });
    expect(prove({ expiry: endIn(30 * DAY + 61 * 60_000) }).verdict).toBe('better');
  });

  it('for a token with little left a hundredth of that is a gain', () => {
    const short = snapshotOf({ expiry: endIn(60 * 60_000) });
    expect(prove({ expiry: endIn(60 * 60_000 + 30_000) }, short)).toEqual({ verdict: 'no-progress' });
    expect(prove({ expiry: endIn(60 * 60_000 + 40_000) }, short).verdict).toBe('better');
  });

  it('refuses a dead candidate, whatever else it promises', () => {
    expect(prove({ valid: false, expiry: NEVER })).toEqual({ verdict: 'worse', why: ['invalid'] });
    expect(prove({ valid: false }, deadSnapshot('expired'))).toEqual({ verdict: 'worse', why: ['invalid'] });
  });

  it('refuses a candidate that fails an access check which the current one passes', () => {
    expect(prove({}, current, { before: BOTH, after: ['number'] })).toEqual({ verdict: 'worse', why: ['access-lost'] });
    expect(prove({}, current, { before: ['number'], after: [] })).toEqual({ verdict: 'worse', why: ['access-lost'] });
  });

  it('does not ask for a check that the current one fails too', () => {
    expect(prove({}, current, { before: ['number'], after: ['number'] }).verdict).toBe('better');
    expect(prove({}, current, { before: [], after: [] }).verdict).toBe('better');
    expect(prove({}, current, { before: [], after: BOTH }).verdict).toBe('better');
  });

  it('names every failure at once', () => {
    expect(prove({ appId: '1002', userId: '9002', scopes: [], expiry: endIn(DAY) }, current, { before: BOTH, after: [] })).toEqual({
      verdict: 'worse',
      why: ['other-app', 'other-user', 'messaging-scope-missing', 'access-lost', 'expires-earlier'],
    });
  });

  it('warns of other permissions that were lost', () => {
    expect(prove({ scopes: [MESSAGING] })).toEqual({ verdict: 'better', lostScopes: [MANAGEMENT] });
  });

  it('the same expiry is no progress', () => {
    expect(prove({ expiry: current.expiry })).toEqual({ verdict: 'no-progress' });
    expect(prove({ expiry: NEVER }, snapshotOf({ expiry: NEVER }))).toEqual({ verdict: 'no-progress' });
  });

  it('a failure outweighs the same expiry', () => {
    expect(prove({ expiry: current.expiry, userId: '9002' })).toEqual({ verdict: 'worse', why: ['other-user'] });
  });

  it('any living token beats a dead one, whatever their dates', () => {
    const dead = deadSnapshot('logged_out', { expiry: endIn(30 * DAY) });
    for (const expiry of [endIn(DAY), dead.expiry, UNKNOWN_END]) expect(prove({ expiry }, dead).verdict).toBe('better');
  });

  it('does not hold against a candidate what Meta never said about the current one', () => {
    const vague = snapshotOf({ appId: null, userId: null, scopes: [], expiry: endIn(30 * DAY) });
    expect(prove({}, vague).verdict).toBe('better');
  });

  it('never calls a candidate better that ends earlier than a living one, or in no later instant', () => {
    const anEnd = fc.oneof(fc.constant(NEVER), fc.constant(UNKNOWN_END), fc.integer({ min: 1, max: 90 }).map((days): End => endIn(days * DAY)));
    fc.assert(
      fc.property(anEnd, anEnd, (before, after) => {
        const later = after.kind === 'never' ? before.kind !== 'never' : after.kind === 'at' && (before.kind === 'unknown' || (before.kind === 'at' && after.at > before.at));
        expect(prove({ expiry: after }, snapshotOf({ expiry: before })).verdict === 'better').toBe(later);
      }),
    );
  });
});

describe('what is stated before an owner replaces a token', () => {
  it('nothing where there was none, or where nothing differs', () => {
    expect(replacementDifferences(null, renewed)).toEqual([]);
    expect(replacementDifferences(current, renewed)).toEqual([]);
    expect(replacementDifferences(current, current)).toEqual([]);
  });

  it('another user and another app, both named', () => {
    expect(replacementDifferences(current, snapshotOf({ ...renewed, userId: '9002', appId: '1002' }))).toEqual([
      { kind: 'other-user', before: '9001', after: '9002' },
      { kind: 'other-app', before: '1001', after: '1002' },
    ]);
  });

  it('a shorter life and fewer permissions', () => {
    expect(replacementDifferences(current, snapshotOf({ expiry: endIn(DAY), scopes: [MESSAGING] }))).toEqual([
      { kind: 'shorter-life' },
      { kind: 'fewer-scopes', scopes: [MANAGEMENT] },
    ]);
    expect(replacementDifferences(snapshotOf({ expiry: NEVER }), renewed)).toEqual([{ kind: 'shorter-life' }]);
  });

  it('no longer life or permissions of a dead token: any living one beats it', () => {
    const dead = deadSnapshot('expired', { expiry: endIn(30 * DAY) });
    expect(replacementDifferences(dead, snapshotOf({ expiry: endIn(DAY), scopes: [MESSAGING] }))).toEqual([]);
  });

  it('but whose token it is, even over a dead one', () => {
    expect(replacementDifferences(deadSnapshot('expired'), snapshotOf({ type: 'SYSTEM_USER', userId: '9002', expiry: NEVER }))).toEqual([{ kind: 'other-user', before: '9001', after: '9002' }]);
  });

  it('nothing about a user or app that Meta does not name', () => {
    expect(replacementDifferences(current, snapshotOf({ ...renewed, userId: null, appId: null }))).toEqual([]);
    expect(replacementDifferences(snapshotOf({ userId: null, appId: null }), snapshotOf({ expiry: NEVER }))).toEqual([]);
  });
});

describe('a token of no use', () => {
  const proved: Access = { kind: 'proved', at: NOW, checks: ['number'], number: null };
  const lost: Access = { kind: 'lost', at: NOW, fault: { cause: 'wrong_id_or_no_asset', code: 100, subcode: 33, httpStatus: 400, message: 'no access' } };
  it('is one that Meta called dead or cut off from its number, and none of which it said nothing', () => {
    expect(isDefinitelyDead(deadSnapshot('expired'), proved)).toBe(true);
    expect(isDefinitelyDead(deadSnapshot('password_changed'), { kind: 'unchecked' })).toBe(true);
    expect(isDefinitelyDead(current, lost)).toBe(true);
    expect(isDefinitelyDead(current, proved)).toBe(false);
    expect(isDefinitelyDead(current, { kind: 'unchecked' })).toBe(false);
    expect(isDefinitelyDead(null, lost)).toBe(false);
  });
});
