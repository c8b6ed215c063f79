import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../src-main/core/time.ts';
import { bestToken, bornAt, compareEnds, earlier, expiryOf, lifespan, mergeSnapshot } from '../../../src-main/core/token/life.ts';
import { type End, NEVER, UNKNOWN_END } from '../../../src-main/core/token/snapshot.ts';
import { deadSnapshot, endIn, NOW, snapshotOf, tokenOf } from '../../fakes/facts.ts';

const anEnd: fc.Arbitrary<End> = fc.oneof(
  fc.constant(NEVER),
  fc.constant(UNKNOWN_END),
  fc.integer({ min: 1, max: 4_000_000_000_000 }).map((at): End => ({ kind: 'at', at })),
);

describe('the life of a token', () => {
  it('begins when Meta issued it', () => {
    const token = tokenOf(snapshotOf({ issuedAt: NOW - 40 * DAY, expiry: endIn(20 * DAY) }), { firstSeenAt: NOW });
    expect(bornAt(token)).toBe(NOW - 40 * DAY);
    expect(lifespan(token)).toBe(60 * DAY);
  });

  it('begins when it was first seen where Meta does not say', () => {
    const token = tokenOf(snapshotOf({ issuedAt: null, expiry: endIn(20 * DAY) }), { firstSeenAt: NOW - DAY });
    expect(bornAt(token)).toBe(NOW - DAY);
    expect(lifespan(token)).toBe(21 * DAY);
  });

  it('is not known without an end', () => {
    expect(lifespan(tokenOf(snapshotOf({ expiry: NEVER })))).toBeNull();
    expect(lifespan(tokenOf(snapshotOf({ expiry: UNKNOWN_END })))).toBeNull();
    expect(lifespan(tokenOf(null))).toBeNull();
    expect(expiryOf(tokenOf(null))).toEqual(UNKNOWN_END);
  });

  it('is not known where the clock was so wrong at first sight that the token was born after its end', () => {
    const token = tokenOf(snapshotOf({ issuedAt: null, expiry: endIn(20 * DAY) }), { firstSeenAt: NOW + 365 * DAY });
    expect(lifespan(token)).toBeNull();
  });
});

describe('two ends', () => {
  it('the earlier instant wins; never and unknown give way to an instant', () => {
    expect(earlier(endIn(DAY), endIn(HOUR))).toEqual(endIn(HOUR));
    expect(earlier(endIn(HOUR), endIn(DAY))).toEqual(endIn(HOUR));
    expect(earlier(NEVER, endIn(DAY))).toEqual(endIn(DAY));
    expect(earlier(endIn(DAY), UNKNOWN_END)).toEqual(endIn(DAY));
    expect(earlier(NEVER, UNKNOWN_END)).toEqual(UNKNOWN_END);
    expect(earlier(UNKNOWN_END, NEVER)).toEqual(UNKNOWN_END);
    expect(earlier(NEVER, NEVER)).toEqual(NEVER);
  });

  it('are in order: unknown, then instants by time, then never', () => {
    expect(compareEnds(endIn(HOUR), endIn(DAY))).toBeLessThan(0);
    expect(compareEnds(NEVER, endIn(1_000 * DAY))).toBeGreaterThan(0);
    expect(compareEnds(UNKNOWN_END, endIn(-DAY))).toBeLessThan(0);
    expect(compareEnds(NEVER, NEVER)).toBe(0);
  });

  it('the order does not depend on which is asked first, and the earlier one is one of the two', () => {
    fc.assert(
      fc.property(anEnd, anEnd, (a, b) => {
        expect(Math.sign(compareEnds(a, b))).toBe(0 - Math.sign(compareEnds(b, a)));
        expect(earlier(a, b)).toEqual(earlier(b, a));
        expect([a, b]).toContainEqual(earlier(a, b));
      }),
    );
  });
});

describe('what is known after Meta spoke again', () => {
  it('a living token is exactly what Meta says now', () => {
    const said = snapshotOf({ userId: null, scopes: [] });
    expect(mergeSnapshot(snapshotOf(), said)).toBe(said);
  });

  it('a first answer stands alone', () => {
    const said = deadSnapshot('malformed_token');
    expect(mergeSnapshot(null, said)).toBe(said);
  });

  it('a dead token keeps the facts that Meta now leaves out, and stays dead', () => {
    const known = snapshotOf({ granularScopes: [{ scope: 'whatsapp_business_messaging', targetIds: ['3001'] }], dataAccess: endIn(80 * DAY) });
    const said = deadSnapshot('unknown_auth', { saidAt: NOW + HOUR, appId: null, userId: null, type: null, issuedAt: null, expiry: UNKNOWN_END, dataAccess: UNKNOWN_END, scopes: [], granularScopes: [] });
    expect(mergeSnapshot(known, said)).toEqual({ ...known, saidAt: NOW + HOUR, valid: false, fault: said.fault });
  });

  it('a dead token takes over what Meta still says', () => {
    const said = deadSnapshot('expired', { expiry: endIn(-HOUR), dataAccess: endIn(DAY), appId: '1002', userId: '9002', type: 'PAGE', issuedAt: NOW - DAY, scopes: ['public_profile'], granularScopes: [{ scope: 'x', targetIds: [] }] });
    expect(mergeSnapshot(snapshotOf(), said)).toEqual(said);
  });

  it('an end of 0 in a dead answer does not wipe out the end that was known', () => {
    expect(mergeSnapshot(snapshotOf({ expiry: endIn(DAY) }), deadSnapshot('logged_out', { expiry: NEVER })).expiry).toEqual(endIn(DAY));
  });
});

describe('the token to use', () => {
  const current = (snapshot = snapshotOf()) => tokenOf(snapshot, { id: 'now' });
  const previous = (snapshot = snapshotOf(), id = 'old') => tokenOf(snapshot, { id, role: 'previous' });

  it('is the current one, even beside a living one that ends later: it was chosen', () => {
    expect(bestToken([previous(snapshotOf({ expiry: NEVER })), current()])?.id).toBe('now');
  });

  it('is a living older one where the current one is dead', () => {
    expect(bestToken([current(deadSnapshot('logged_out')), previous()])?.id).toBe('old');
  });

  it('is one that was not checked yet rather than a dead one, and a living one rather than either', () => {
    const unchecked = tokenOf(null, { id: 'unchecked', role: 'previous' });
    expect(bestToken([current(deadSnapshot('expired')), unchecked])?.id).toBe('unchecked');
    expect(bestToken([tokenOf(null, { id: 'unchecked' }), previous()])?.id).toBe('old');
  });

  it('is the longest-lived of several older ones', () => {
    const short = previous(snapshotOf({ expiry: endIn(DAY) }), 'short');
    const long = previous(snapshotOf({ expiry: endIn(9 * DAY) }), 'long');
    expect(bestToken([current(deadSnapshot('expired')), short, long])?.id).toBe('long');
  });

  it('stays the current one where all are dead, so that the owner reads about that one', () => {
    expect(bestToken([previous(deadSnapshot('expired')), current(deadSnapshot('expired'))])?.id).toBe('now');
  });

  it('is never one that is not proved yet or given up', () => {
    const unproved = (['staging', 'candidate', 'discarded'] as const).map((role) => tokenOf(snapshotOf({ expiry: NEVER }), { id: role, role }));
    expect(bestToken(unproved)).toBeNull();
    expect(bestToken([...unproved, current(deadSnapshot('expired'))])?.id).toBe('now');
    expect(bestToken([])).toBeNull();
  });
});
