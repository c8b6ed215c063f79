import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cause } from '../../../src-main/core/graph/fault.ts';
import { CAUSE_TRAITS } from '../../../src-main/core/graph/cause-traits.ts';
import { diagnose, type Health, type ReasonCode } from '../../../src-main/core/health/health.ts';
import type { VaultTrouble } from '../../../src-main/core/health/facts.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';
import { NEVER, UNKNOWN_END } from '../../../src-main/core/token/snapshot.ts';
import { ANSWERED, deadSnapshot, endIn, factsFor, factsWith, faultOf, type Given, NOW, personMust, renewalOf, silentFor, snapshotOf, tokenOf } from '../../fakes/facts.ts';

function healthOf(given: Given): Health {
  return diagnose(factsFor(given)).health;
}

function reasonsOf(given: Given): readonly ReasonCode[] {
  return diagnose(factsFor(given)).reasons;
}

const troubles: readonly VaultTrouble[] = [{ kind: 'locked' }, { kind: 'lost' }, { kind: 'unavailable', reason: 'No bus.' }];
const lost = { kind: 'lost', at: NOW, fault: faultOf('wrong_id_or_no_asset') } as const;

describe('a token that is well', () => {
  it('is healthy while Evertoken renews it', () => {
    expect(diagnose(factsFor())).toEqual({ health: 'healthy', reasons: ['healthy'] });
  });

  it('is healthy and says so where it never expires', () => {
    expect(diagnose(factsFor({ snapshot: { expiry: NEVER } }))).toEqual({ health: 'healthy', reasons: ['never-expires'] });
  });

  it('is healthy where Meta does not say when it ends, and that is said', () => {
    expect(diagnose(factsFor({ snapshot: { expiry: UNKNOWN_END } }))).toEqual({ health: 'healthy', reasons: ['healthy', 'expiry-unknown'] });
  });

  it('far from its end is healthy though only a person can move that, and says why', () => {
    expect(diagnose(personMust(40 * DAY))).toEqual({ health: 'healthy', reasons: ['healthy', 'no-app-credentials'] });
  });

  it('in renewable hands is healthy until its last day', () => {
    expect(healthOf({ snapshot: { expiry: endIn(2 * DAY), issuedAt: NOW - 58 * DAY } })).toBe('healthy');
  });
});

describe('a deadline that only a person can move', () => {
  it.each<[number, Health]>([
    [14 * DAY + 1, 'healthy'],
    [14 * DAY, 'soon'],
    [3 * DAY + 1, 'soon'],
    [3 * DAY, 'urgent'],
    [MINUTE, 'urgent'],
  ])('%d ms ahead is %s', (remaining, health) => {
    expect(diagnose(personMust(remaining)).health).toBe(health);
  });

  it('is measured in thirds and tenths for a short life', () => {
    const short = (remaining: number) => diagnose(personMust(remaining, { snapshot: { issuedAt: NOW + remaining - 24 * HOUR } })).health;
    expect(short(8 * HOUR + 1)).toBe('healthy');
    expect(short(8 * HOUR)).toBe('soon');
    expect(short(144 * MINUTE)).toBe('urgent');
  });

  it('names the deadline first and then why a person must', () => {
    expect(diagnose(personMust(5 * DAY)).reasons).toEqual(['expiry-near', 'no-app-credentials']);
    const other = factsFor({ snapshot: { appId: '1002', expiry: endIn(5 * DAY) } });
    expect(diagnose(other)).toEqual({ health: 'soon', reasons: ['expiry-near', 'other-app'] });
    const stuck = factsFor({ snapshot: { expiry: endIn(5 * DAY) }, connection: { renewal: renewalOf('no-progress', { noProgress: 3 }) } });
    expect(diagnose(stuck)).toEqual({ health: 'soon', reasons: ['expiry-near', 'cannot-extend'] });
    expect(diagnose(factsFor({ snapshot: { type: 'APP', expiry: endIn(5 * DAY) } }))).toEqual({ health: 'soon', reasons: ['expiry-near'] });
  });
});

describe('a renewal that does not work', () => {
  it('for three days is soon, however far the expiry', () => {
    const failing = (failingFor: number) => healthOf({ connection: { renewal: renewalOf('refused', { failures: 15, failingFor }) } });
    expect(failing(3 * DAY - 1)).toBe('healthy');
    expect(failing(3 * DAY)).toBe('soon');
    expect(reasonsOf({ connection: { renewal: renewalOf('refused', { failures: 15, failingFor: 3 * DAY }) } })).toEqual(['renewal-failing']);
  });

  it('leaves the last day urgent for whatever reason', () => {
    expect(healthOf({ snapshot: { issuedAt: NOW - 59 * DAY, expiry: endIn(DAY) } })).toBe('urgent');
    expect(healthOf({ snapshot: { issuedAt: NOW - 59 * DAY, expiry: endIn(DAY + 1) } })).toBe('healthy');
    expect(reasonsOf({ snapshot: { issuedAt: NOW - 59 * DAY, expiry: endIn(DAY) } })).toEqual(['expiry-near']);
  });

  it('does not make a fresh one-hour token urgent, but its last tenth', () => {
    expect(healthOf({ snapshot: { issuedAt: NOW, expiry: endIn(HOUR) } })).toBe('healthy');
    expect(healthOf({ snapshot: { issuedAt: NOW - 54 * MINUTE, expiry: endIn(6 * MINUTE) } })).toBe('urgent');
  });
});

describe('what Meta says definitely', () => {
  it('expired', () => {
    expect(diagnose(factsFor({ snapshot: deadSnapshot('expired', { expiry: endIn(-HOUR) }) }))).toEqual({ health: 'expired', reasons: ['expired'] });
  });

  it('revoked, for every other cause, and never “never expires” where the end is given as 0', () => {
    const causes: readonly Cause[] = ['password_changed', 'app_removed', 'logged_out', 'checkpoint', 'unconfirmed', 'inactive_90_days', 'malformed_token', 'unknown_auth'];
    for (const cause of causes) expect(diagnose(factsFor({ snapshot: deadSnapshot(cause, { expiry: NEVER }) }))).toEqual({ health: 'revoked', reasons: ['revoked'] });
    expect(healthOf({ snapshot: { valid: false, fault: null } })).toBe('revoked');
  });

  it('access lost', () => {
    expect(diagnose(factsFor({ connection: { access: lost } }))).toEqual({ health: 'access-lost', reasons: ['access-lost'] });
  });

  it('dead comes before access lost: access cannot be given back to a dead token', () => {
    expect(healthOf({ snapshot: deadSnapshot('expired'), connection: { access: lost } })).toBe('expired');
  });

  it('stays said while the keychain is in trouble', () => {
    for (const vaultTrouble of troubles) {
      expect(healthOf({ snapshot: deadSnapshot('expired'), vaultTrouble })).toBe('expired');
      expect(healthOf({ snapshot: deadSnapshot('logged_out'), vaultTrouble })).toBe('revoked');
      expect(healthOf({ connection: { access: lost }, vaultTrouble })).toBe('access-lost');
    }
    expect(reasonsOf({ snapshot: deadSnapshot('expired'), vaultTrouble: { kind: 'locked' } })).toEqual(['expired', 'keychain-locked']);
  });

  it('refused app credentials are told beside the health and do not change it', () => {
    expect(diagnose(factsFor({ connection: { appCredentialsFault: { ...faultOf('wrong_app_credentials'), at: NOW, on: 'debug' } } }))).toEqual({ health: 'healthy', reasons: ['healthy', 'app-credentials-refused'] });
  });
});

describe('what is not known', () => {
  it.each<[string, VaultTrouble, ReasonCode]>([
    ['locked', { kind: 'locked' }, 'keychain-locked'],
    ['lost', { kind: 'lost' }, 'secret-lost'],
    ['unavailable', { kind: 'unavailable', reason: 'No bus.' }, 'keychain-unavailable'],
  ])('a keychain that is %s leaves the health unknown', (_what, vaultTrouble, reason) => {
    expect(diagnose(factsFor({ vaultTrouble }))).toEqual({ health: 'unknown', reasons: [reason] });
    expect(diagnose(factsWith([tokenOf(null)], { vaultTrouble })).reasons).toContain(reason);
  });

  it('no token', () => {
    expect(diagnose(factsWith([]))).toEqual({ health: 'unknown', reasons: ['no-token'] });
  });

  it('a token that Meta was not asked about yet', () => {
    expect(diagnose(factsWith([tokenOf(null)]))).toEqual({ health: 'unknown', reasons: ['not-checked'] });
  });
});

describe('silence', () => {
  it('is unreachable after more than a day and two unanswered checks', () => {
    expect(healthOf({ connection: { lastCheck: silentFor(2, DAY + 1) } })).toBe('unreachable');
    expect(healthOf({ connection: { lastCheck: silentFor(2, DAY) } })).toBe('healthy');
    expect(healthOf({ connection: { lastCheck: silentFor(1, 30 * DAY) } })).toBe('healthy');
    expect(reasonsOf({ connection: { lastCheck: silentFor(2, DAY + 1) } })).toEqual(['unreachable']);
  });

  it('counts from the making of the connection where Meta never spoke', () => {
    expect(healthOf({ connection: { createdAt: NOW - 2 * DAY, lastCheck: silentFor(5, null) } })).toBe('unreachable');
    expect(healthOf({ connection: { createdAt: NOW - HOUR, lastCheck: silentFor(5, null) } })).toBe('healthy');
  });

  it('shorter than that is told as an aside', () => {
    expect(reasonsOf({ connection: { lastCheck: silentFor(1, HOUR) } })).toEqual(['healthy', 'unreachable']);
  });

  it('does not hide a deadline', () => {
    const facts = personMust(2 * DAY, { connection: { lastCheck: silentFor(9, 8 * DAY) } });
    expect(diagnose(facts)).toEqual({ health: 'urgent', reasons: ['expiry-near', 'no-app-credentials', 'unreachable'] });
  });

  it('past the expiry is a question and not “expired”', () => {
    const given = { snapshot: { issuedAt: NOW - 60 * DAY, saidAt: NOW - 7 * DAY, expiry: endIn(0) }, connection: { lastCheck: silentFor(40, 7 * DAY) } };
    expect(diagnose(factsFor(given))).toEqual({ health: 'unreachable', reasons: ['expiry-passed-unconfirmed', 'unreachable'] });
    expect(healthOf({ ...given, snapshot: { ...given.snapshot, expiry: endIn(1) } })).toBe('urgent');
    // Called alive at that very instant or later: Meta was asked, so it is no question any more.
    expect(healthOf({ ...given, snapshot: { ...given.snapshot, saidAt: NOW } })).toBe('urgent');
  });

  it('of any length and cause never makes a token expired, revoked or access-lost', () => {
    const silences = (Object.keys(CAUSE_TRAITS) as Cause[]).filter((cause) => CAUSE_TRAITS[cause].silence);
    const days = fc.integer({ min: -90 * DAY, max: 90 * DAY });
    fc.assert(
      fc.property(fc.constantFrom(...silences), fc.nat({ max: 500 }), days, days, days, fc.boolean(), (cause, silent, since, expiresIn, wall, appSecret) => {
        const facts = factsFor({
          appSecret,
          now: NOW + wall,
          snapshot: { saidAt: NOW - Math.abs(since), expiry: endIn(expiresIn), dataAccess: endIn(-expiresIn) },
          connection: { lastCheck: { ...silentFor(silent, Math.abs(since)), fault: faultOf(cause) }, renewal: renewalOf('unreachable', { failures: silent, failingFor: silent * HOUR }) },
        });
        expect(['healthy', 'soon', 'urgent', 'unreachable']).toContain(diagnose(facts).health);
      }),
    );
  });
});

describe('data access', () => {
  const ending = (remaining: number, given: Given = {}) => diagnose(factsFor({ ...given, snapshot: { dataAccess: endIn(remaining), saidAt: NOW, ...given.snapshot } }));

  it.each<[number, Health, readonly ReasonCode[]]>([
    [14 * DAY + 1, 'healthy', ['healthy']],
    [14 * DAY, 'soon', ['data-access-ending']],
    [3 * DAY, 'urgent', ['data-access-ending']],
    [1, 'urgent', ['data-access-ending']],
    [0, 'urgent', ['data-access-ended']],
    [-30 * DAY, 'urgent', ['data-access-ended']],
  ])('with %d ms to go is %s, and ended it is a warning, never “expired”', (remaining, health, reasons) => {
    expect(ending(remaining)).toEqual({ health, reasons });
  });

  it('warns for a token that never expires as well: both clocks count', () => {
    expect(ending(5 * DAY, { snapshot: { expiry: NEVER } })).toEqual({ health: 'soon', reasons: ['data-access-ending'] });
  });

  it('and expiry together give the worse of the two, its reason first', () => {
    const both = (expiresIn: number, accessIn: number) => diagnose(personMust(expiresIn, { snapshot: { dataAccess: endIn(accessIn) } }));
    expect(both(10 * DAY, 2 * DAY)).toEqual({ health: 'urgent', reasons: ['data-access-ending', 'expiry-near', 'no-app-credentials'] });
    expect(both(2 * DAY, 10 * DAY)).toEqual({ health: 'urgent', reasons: ['expiry-near', 'no-app-credentials', 'data-access-ending'] });
  });
});

describe('a clock that is wrong', () => {
  it('behind Meta’s: Meta’s time counts, so the warning comes in time', () => {
    const facts = personMust(10 * DAY, { connection: { lastCheck: { ...ANSWERED, clockAheadBy: -8 * DAY } } });
    expect(diagnose(facts)).toEqual({ health: 'urgent', reasons: ['expiry-near', 'no-app-credentials', 'clock-wrong'] });
  });

  it('jumped past the expiry never says expired', () => {
    const jumped = factsFor({ now: NOW + 365 * DAY });
    expect(diagnose(jumped)).toEqual({ health: 'unreachable', reasons: ['expiry-passed-unconfirmed'] });
  });

  it('jumped, and Meta calls the token alive: it is healthy, and the clock is to blame', () => {
    const facts = factsFor({
      now: NOW + 365 * DAY,
      snapshot: { saidAt: NOW + 365 * DAY },
      connection: { lastCheck: { ...ANSWERED, at: NOW + 365 * DAY, definiteAt: NOW + 365 * DAY, clockAheadBy: 365 * DAY } },
    });
    expect(diagnose(facts)).toEqual({ health: 'healthy', reasons: ['healthy', 'clock-wrong'] });
  });

  it('is mentioned from more than an hour on, and only for a living token', () => {
    const ahead = (clockAheadBy: number, snapshot = {}) => reasonsOf({ snapshot, connection: { lastCheck: { ...ANSWERED, clockAheadBy } } });
    expect(ahead(HOUR)).toEqual(['healthy']);
    expect(ahead(HOUR + 1)).toEqual(['healthy', 'clock-wrong']);
    expect(ahead(-HOUR - 1)).toEqual(['healthy', 'clock-wrong']);
    expect(ahead(2 * HOUR, deadSnapshot('expired'))).toEqual(['expired']);
  });
});

describe('what is said beside the health', () => {
  it.each<[string, Given, ReasonCode]>([
    ['a missing permission', { snapshot: { scopes: ['whatsapp_business_messaging'] } }, 'scopes-missing'],
    ['a number that was never checked', { connection: { access: { kind: 'unchecked' } } }, 'number-not-checked'],
    ['no number to check', { connection: { access: { kind: 'proved', at: NOW, checks: [], number: null } } }, 'number-not-checked'],
    ['a token in memory only', { token: { marker: { id: 't1', vault: 'memory', account: 'inst/c1/t1', lastFour: 'AAAA', savedAt: NOW } } }, 'memory-only'],
    ['a first unanswered check', { connection: { lastCheck: silentFor(1, MINUTE) } }, 'unreachable'],
  ])('%s', (_what, given, reason) => {
    expect(diagnose(factsFor(given))).toEqual({ health: 'healthy', reasons: ['healthy', reason] });
  });

  it('an older token that stands in for a dead one: the bot still sends, but the owner’s choice is gone', () => {
    const facts = factsWith([tokenOf(deadSnapshot('logged_out'), { id: 'now' }), tokenOf(snapshotOf(), { id: 'old', role: 'previous' })]);
    expect(diagnose(facts)).toEqual({ health: 'healthy', reasons: ['healthy', 'fallback-in-use'] });
  });

  it('a connection that was never checked has nothing of the kind', () => {
    expect(reasonsOf({ connection: { lastCheck: null } })).toEqual(['healthy']);
  });

  it('nothing is said twice', () => {
    const facts = factsFor({
      snapshot: { expiry: endIn(2 * DAY) },
      connection: { appCredentialsFault: { ...faultOf('wrong_app_credentials'), at: NOW, on: 'debug' }, renewal: renewalOf('refused', { failures: 20, failingFor: 5 * DAY }), lastCheck: silentFor(3, 2 * DAY) },
    });
    const { reasons } = diagnose(facts);
    expect(new Set(reasons).size).toBe(reasons.length);
    expect(reasons[0]).toBe('expiry-near');
  });
});
