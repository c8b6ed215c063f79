import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRungAt, type StandingAlert, standingAlerts } from '../../../src-main/core/alerts/rules.ts';
import type { RenewalResult } from '../../../src-main/core/renewal/record.ts';
import type { VaultTrouble } from '../../../src-main/core/health/facts.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';
import { NEVER, UNKNOWN_END } from '../../../src-main/core/token/snapshot.ts';
import { deadSnapshot, endIn, factsFor, factsWith, faultOf, type Given, NOW, personMust, renewalOf, silentFor, snapshotOf, tokenOf } from '../../fakes/facts.ts';

function alertsOf(given: Given): readonly StandingAlert[] {
  return standingAlerts(factsFor(given));
}

function codesOf(given: Given): readonly string[] {
  return alertsOf(given).map((alert) => alert.code);
}

const lost = { kind: 'lost', at: NOW, fault: faultOf('missing_permission') } as const;
const refusedApp = { ...faultOf('wrong_app_credentials'), at: NOW, on: 'debug' } as const;
const memoryMarker = { id: 't1', vault: 'memory', account: 'inst/c1/t1', lastFour: 'AAAA', savedAt: NOW } as const;

describe('nothing is told', () => {
  it.each<[string, Given]>([
    ['while all is well', {}],
    ['about a token that never expires', { snapshot: { expiry: NEVER } }],
    ['while automatic renewal works, up to the last minute', { snapshot: { issuedAt: NOW - 59 * DAY, expiry: endIn(MINUTE) } }],
    ['because of one failed renewal', { connection: { renewal: renewalOf('refused', { failures: 1 }) } }],
    ['because of silence, a month of it', { connection: { lastCheck: silentFor(200, 30 * DAY) } }],
    ['because of three unanswered tries in the last day', { snapshot: { issuedAt: NOW - 59 * DAY, expiry: endIn(HOUR) }, connection: { renewal: renewalOf('unreachable', { failures: 3 }), lastCheck: silentFor(3, DAY) } }],
    ['because of one hiccup on waking in the last day', { snapshot: { issuedAt: NOW - 59 * DAY, expiry: endIn(HOUR) }, connection: { renewal: renewalOf('unreachable', { failures: 1 }), lastCheck: silentFor(1, DAY) } }],
    ['because the computer slept past the expiry', { now: NOW + 90 * DAY }],
    ['because the clock jumped a year', { now: NOW + 365 * DAY, connection: { lastCheck: silentFor(1, 0) } }],
    ['far from a deadline that needs a person', { appSecret: false }],
  ])('%s', (_what, given) => {
    expect(alertsOf(given)).toEqual([]);
  });

  it('where there is no token, or Meta was not asked yet', () => {
    expect(standingAlerts(factsWith([]))).toEqual([]);
    expect(standingAlerts(factsWith([tokenOf(null)]))).toEqual([]);
  });

  it('by sleep or silence alone, whenever the computer wakes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * DAY }), fc.nat({ max: 400 }), (slept, silent) => {
        const facts = factsFor({ now: NOW + slept, connection: { lastCheck: silentFor(silent, 0) } });
        expect(standingAlerts(facts)).toEqual([]);
      }),
    );
  });
});

describe('told at once', () => {
  it('a revoked token', () => {
    expect(alertsOf({ snapshot: deadSnapshot('password_changed') })).toEqual([{ code: 'revoked', subject: 't1', severity: 'urgent', rung: null }]);
  });

  it('a revoked token near its end, and no ladder beside it: that end does not matter any more', () => {
    expect(codesOf({ appSecret: false, snapshot: deadSnapshot('logged_out', { expiry: endIn(HOUR) }) })).toEqual(['revoked']);
  });

  it('lost access', () => {
    expect(alertsOf({ connection: { access: lost } })).toEqual([{ code: 'access-lost', subject: 't1', severity: 'urgent', rung: null }]);
  });

  it('refused app credentials, by the secret that is refused, so that a new one is a new matter', () => {
    expect(alertsOf({ connection: { appCredentialsFault: refusedApp } })).toEqual([{ code: 'app-credentials-refused', subject: 's1', severity: 'urgent', rung: null }]);
    expect(alertsOf({ connection: { appCredentialsFault: refusedApp, appSecret: null } })[0]?.subject).toBe('none');
  });

  it('an expired token, as the end of its ladder', () => {
    const end = endIn(-HOUR);
    expect(alertsOf({ snapshot: deadSnapshot('expired', { expiry: end }) })).toEqual([{ code: 'expiry', subject: `t1@${NOW - HOUR}`, severity: 'urgent', rung: 'ended' }]);
  });

  it('an expired token of which Meta never said when it ends', () => {
    for (const expiry of [UNKNOWN_END, NEVER]) {
      expect(alertsOf({ snapshot: deadSnapshot('expired', { expiry }) })).toMatchObject([{ code: 'expiry', severity: 'urgent', rung: 'ended' }]);
    }
  });

  it('all of that even while the keychain is locked: a lock ends none of these causes', () => {
    const vaultTrouble: VaultTrouble = { kind: 'locked' };
    expect(codesOf({ snapshot: deadSnapshot('logged_out'), vaultTrouble })).toEqual(['keychain-locked', 'revoked']);
    expect(codesOf({ connection: { access: lost }, vaultTrouble })).toEqual(['keychain-locked', 'access-lost']);
    expect(codesOf({ snapshot: deadSnapshot('expired'), vaultTrouble })).toEqual(['keychain-locked', 'expiry']);
    expect(codesOf({ snapshot: { dataAccess: endIn(5 * DAY) }, vaultTrouble })).toEqual(['keychain-locked', 'data-access']);
  });
});

describe('the keychain', () => {
  it.each<[VaultTrouble, StandingAlert['code'], StandingAlert['severity']]>([
    [{ kind: 'locked' }, 'keychain-locked', 'warning'],
    [{ kind: 'unavailable', reason: 'No bus.' }, 'keychain-unavailable', 'warning'],
    [{ kind: 'lost' }, 'secret-lost', 'urgent'],
  ])('$kind is told', (vaultTrouble, code, severity) => {
    expect(alertsOf({ vaultTrouble })).toEqual([{ code, subject: 't1', severity, rung: null }]);
    expect(standingAlerts(factsWith([], { vaultTrouble }))).toEqual([{ code, subject: 'none', severity, rung: null }]);
  });

  it('locked after a restart does not claim that the app secret was never given', () => {
    expect(codesOf({ appSecret: false, vaultTrouble: { kind: 'locked' }, snapshot: { expiry: endIn(5 * DAY) } })).toEqual(['keychain-locked']);
  });

  it('still locked in the last day calls for a person, step by step', () => {
    const locked = (remaining: number) => alertsOf({ appSecret: false, vaultTrouble: { kind: 'locked' }, snapshot: { issuedAt: NOW - 50 * DAY, expiry: endIn(remaining) } });
    expect(locked(DAY + 1).map((alert) => alert.code)).toEqual(['keychain-locked']);
    expect(locked(DAY)[1]).toEqual({ code: 'expiry', subject: `t1@${NOW + DAY}`, severity: 'urgent', rung: '1d' });
    expect(locked(HOUR)[1]).toMatchObject({ code: 'expiry', rung: '1h' });
  });

  it('that lost the token needs a paste, and a ladder would add nothing', () => {
    expect(codesOf({ vaultTrouble: { kind: 'lost' }, snapshot: { issuedAt: NOW - 50 * DAY, expiry: endIn(HOUR) } })).toEqual(['secret-lost']);
  });

  it('in its place: a renewed token that is in memory until the keychain opens is told', () => {
    expect(alertsOf({ token: { marker: memoryMarker } })).toEqual([{ code: 'kept-in-memory', subject: 't1', severity: 'urgent', rung: null }]);
    const older = tokenOf(snapshotOf(), { id: 'old', role: 'previous' });
    expect(standingAlerts(factsWith([tokenOf(snapshotOf(), { marker: memoryMarker }), older], { connection: { appSecret: null } }))).toMatchObject([{ code: 'kept-in-memory' }]);
  });

  it('where there is none at all, that is the app’s own alert and not each connection’s', () => {
    expect(alertsOf({ token: { marker: memoryMarker }, connection: { appSecret: { ...memoryMarker, id: 's1' } } })).toEqual([]);
    expect(alertsOf({ token: { marker: memoryMarker }, connection: { appSecret: null } })).toEqual([]);
  });
});

describe('a renewal that does not work', () => {
  const told = (code: StandingAlert['code']): StandingAlert => ({ code, subject: 't1', severity: 'warning', rung: null });

  it('three tries without progress: this token cannot be extended', () => {
    expect(alertsOf({ connection: { renewal: renewalOf('no-progress', { noProgress: 2 }) } })).toEqual([]);
    expect(alertsOf({ connection: { renewal: renewalOf('no-progress', { noProgress: 3 }) } })).toEqual([told('cannot-extend')]);
  });

  it('failing for three days', () => {
    expect(alertsOf({ connection: { renewal: renewalOf('refused', { failures: 12, failingFor: 3 * DAY - 1 }) } })).toEqual([]);
    expect(alertsOf({ connection: { renewal: renewalOf('refused', { failures: 12, failingFor: 3 * DAY }) } })).toEqual([told('renewal-failing')]);
  });

  it('failing at two thirds of the life', () => {
    const given: Given = { snapshot: { issuedAt: NOW - 40 * DAY, expiry: endIn(20 * DAY) }, connection: { renewal: renewalOf('refused', { failures: 1 }) } };
    expect(alertsOf(given)).toEqual([told('renewal-failing')]);
  });

  it('three days of failing stay told beside another reason', () => {
    expect(codesOf({ connection: { renewal: renewalOf('unreachable', { failures: 12, failingFor: 3 * DAY, noProgress: 3 }) } })).toEqual(['cannot-extend', 'renewal-failing']);
  });

  it('a worse candidate', () => {
    expect(alertsOf({ connection: { renewal: renewalOf('worse', { failures: 1, worse: ['access-lost'] }) } })).toEqual([told('renewal-worse')]);
    // It stands until a renewal works, also while Meta is silent in between.
    expect(alertsOf({ connection: { renewal: renewalOf('unreachable', { failures: 2, worse: ['access-lost'] }), lastCheck: silentFor(1, HOUR) } })).toEqual([told('renewal-worse')]);
  });

  it('is nothing to tell about a token that is dead: then that is told', () => {
    expect(codesOf({ snapshot: deadSnapshot('logged_out'), connection: { renewal: renewalOf('worse', { failures: 20, failingFor: 5 * DAY, noProgress: 3 }) } })).toEqual(['revoked']);
  });
});

describe('an older token that stands in for a dead one', () => {
  it('is told as urgent, about the token that is in use', () => {
    const facts = factsWith([tokenOf(deadSnapshot('logged_out'), { id: 'now' }), tokenOf(snapshotOf(), { id: 'old', role: 'previous' })]);
    expect(standingAlerts(facts)).toEqual([{ code: 'fallback-in-use', subject: 'old', severity: 'urgent', rung: null }]);
  });
});

describe('permissions that a renewal lost', () => {
  const rich = snapshotOf();
  const poor = snapshotOf({ scopes: ['whatsapp_business_messaging'] });
  const codes = (now: Parameters<typeof tokenOf>, before: Parameters<typeof tokenOf>) => standingAlerts(factsWith([tokenOf(...now), tokenOf(...before)])).map((alert) => alert.code);

  it('are told while the token before is known', () => {
    expect(codes([poor, { id: 'new', source: 'renewal' }], [rich, { id: 'old', role: 'previous' }])).toEqual(['scopes-lost']);
  });

  it('are not, where nothing was lost or the owner chose the token', () => {
    expect(codes([rich, { id: 'new', source: 'renewal' }], [poor, { id: 'old', role: 'previous' }])).toEqual([]);
    expect(codes([poor, { id: 'new', source: 'replacement' }], [rich, { id: 'old', role: 'previous' }])).toEqual([]);
    expect(codes([poor, { id: 'new', source: 'renewal' }], [null, { id: 'old', role: 'previous' }])).toEqual([]);
  });

  it('are not lost by comparison with a token that is still to be proved, or was given up', () => {
    for (const role of ['staging', 'candidate', 'discarded'] as const) expect(codes([poor, { id: 'now', source: 'renewal' }], [rich, { id: 'other', role }])).toEqual([]);
  });
});

describe('the ladder towards an expiry that needs a person', () => {
  it.each<[number, StandingAlert['rung'], StandingAlert['severity']]>([
    [14 * DAY, '14d', 'warning'],
    [7 * DAY, '7d', 'warning'],
    [3 * DAY, '3d', 'urgent'],
    [DAY, '1d', 'urgent'],
    [6 * HOUR, '6h', 'urgent'],
    [HOUR, '1h', 'urgent'],
    [30 * MINUTE, '30m', 'urgent'],
  ])('with %d ms to go', (remaining, rung, severity) => {
    expect(standingAlerts(personMust(remaining))).toEqual([{ code: 'expiry', subject: `t1@${NOW + remaining}`, severity, rung }]);
  });

  it('begins at 14 days', () => {
    expect(standingAlerts(personMust(14 * DAY + 1))).toEqual([]);
  });

  it('past the expiry stays on its last rung until Meta says that the token is dead', () => {
    const facts = personMust(-2 * DAY, { snapshot: { issuedAt: NOW - 60 * DAY, saidAt: NOW - 5 * DAY } });
    expect(standingAlerts(facts)).toMatchObject([{ code: 'expiry', rung: '30m' }]);
  });

  it.each<RenewalResult>(['refused', 'worse', 'vault', 'unreachable'])('in the last day counts tries that fail (%s), whoever is to blame', (result) => {
    const enough = result === 'unreachable' ? 4 : 1;
    const given = (failures: number, remaining: number): Given => ({ snapshot: { issuedAt: NOW + remaining - 60 * DAY, expiry: endIn(remaining) }, connection: { renewal: renewalOf(result, { failures }, 59 * DAY + 23 * HOUR), lastCheck: silentFor(failures, HOUR) } });
    const rungs = (failures: number, remaining: number) => alertsOf(given(failures, remaining)).flatMap(({ code, rung }) => (code === 'expiry' ? [rung] : []));
    expect(rungs(enough, DAY)).toEqual(['1d']);
    expect(rungs(enough, DAY + HOUR)).toEqual([]);
    expect(rungs(enough - 1, DAY)).toEqual([]);
  });
});

describe('the ladder towards the end of data access', () => {
  const rungs = (remaining: number, saidAt = NOW) => alertsOf({ snapshot: { saidAt, dataAccess: endIn(remaining) } });

  it('always needs a person, even for a token that never expires', () => {
    expect(rungs(7 * DAY)).toEqual([{ code: 'data-access', subject: String(NOW + 7 * DAY), severity: 'warning', rung: '7d' }]);
    expect(alertsOf({ snapshot: { expiry: NEVER, dataAccess: endIn(HOUR) } })).toMatchObject([{ code: 'data-access', severity: 'urgent', rung: '1h' }]);
    expect(rungs(14 * DAY + 1)).toEqual([]);
  });

  it('ends only when Meta spoke after the end: a jumped clock proves nothing', () => {
    expect(rungs(-HOUR)).toMatchObject([{ rung: 'ended', severity: 'urgent' }]);
    expect(rungs(0)).toMatchObject([{ rung: 'ended' }]);
    expect(rungs(-HOUR, NOW - DAY)).toMatchObject([{ rung: '30m' }]);
  });

  it('says nothing about a dead token or where there is no such end', () => {
    expect(alertsOf({ snapshot: deadSnapshot('logged_out', { dataAccess: endIn(HOUR) }) })).toMatchObject([{ code: 'revoked' }]);
    expect(alertsOf({ snapshot: { dataAccess: UNKNOWN_END } })).toEqual([]);
  });
});

describe('the next rung', () => {
  it('is the earlier of both ladders', () => {
    expect(nextRungAt(personMust(20 * DAY))).toBe(NOW + 6 * DAY);
    expect(nextRungAt(personMust(20 * DAY, { snapshot: { dataAccess: endIn(8 * DAY) } }))).toBe(NOW + DAY);
  });

  it('after the last one is the deadline itself, and after that there is none', () => {
    expect(nextRungAt(personMust(10 * MINUTE))).toBe(NOW + 10 * MINUTE);
    expect(nextRungAt(personMust(0))).toBeNull();
    expect(nextRungAt(personMust(-MINUTE))).toBeNull();
  });

  it('is none where nothing needs a person, or there is no token', () => {
    expect(nextRungAt(factsFor())).toBeNull();
    expect(nextRungAt(factsFor({ appSecret: false, snapshot: { expiry: NEVER } }))).toBeNull();
    expect(nextRungAt(factsWith([]))).toBeNull();
    expect(nextRungAt(factsWith([tokenOf(null)]))).toBeNull();
  });
});

describe("a bot's call that Meta refused", () => {
  const refusedCall = { tokenId: 't1', at: NOW, code: 190, message: '', validAt: null };

  it('is an alert about the token in use', () => {
    expect(alertsOf({ connection: { refusedCall } })).toEqual([{ code: 'call-refused', subject: 't1', severity: 'urgent', rung: null }]);
    expect(alertsOf({ connection: { refusedCall: { ...refusedCall, validAt: NOW } } })).toMatchObject([{ code: 'call-refused' }]);
  });

  it('is none where it was made with another token', () => {
    expect(alertsOf({ connection: { refusedCall: { ...refusedCall, tokenId: 't0' } } })).toEqual([]);
  });

  it.each<[string, Given]>([
    ['expired', { snapshot: deadSnapshot('expired') }],
    ['revoked', { snapshot: deadSnapshot('logged_out') }],
    ['access-lost', { connection: { access: { kind: 'lost', at: NOW, fault: faultOf('missing_permission') } } }],
  ])('is none beside %s', (_health, given) => {
    expect(alertsOf({ ...given, connection: { ...given.connection, refusedCall } }).map(({ code }) => code)).not.toContain('call-refused');
  });
});
