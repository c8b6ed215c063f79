import { describe, expect, it } from 'vitest';
import type { AlertCode, ConcernCode, Rung } from '../../../src-main/core/alerts/alert.ts';
import { standingAlerts } from '../../../src-main/core/alerts/rules.ts';
import type { Facts } from '../../../src-main/core/health/facts.ts';
import type { RefusedCall } from '../../../src-main/core/state.ts';
import { DAY, HOUR } from '../../../src-main/core/time.ts';
import { UNKNOWN_END } from '../../../src-main/core/token/snapshot.ts';
import { alertWords, MEMORY_ONLY_WORDS } from '../../../src-main/core/words/alerts.ts';
import { dateWords } from '../../../src-main/core/words/dates.ts';
import { deadSnapshot, endIn, factsFor, factsWith, faultOf, NOW, personMust, renewalOf, silentFor, snapshotOf, tokenOf } from '../../fakes/facts.ts';
import { expectPlain } from './plain.ts';

const memoryMarker = { id: 't1', vault: 'memory', account: 'inst/c1/t1', lastFour: 'AAAA', savedAt: NOW } as const;
const refusedApp = { ...faultOf('wrong_app_credentials'), at: NOW, on: 'debug' } as const;

const refusedCall: RefusedCall = { tokenId: 't1', at: NOW, code: 102, message: 'Session\n\u202ekey is invalid.', validAt: null };

/** For each alert, facts that raise it; null for those of the app as a whole, whose words do not depend on any. */
const OCCASIONS: Record<Exclude<AlertCode, ConcernCode>, Facts | null> = {
  expiry: personMust(5 * DAY),
  'data-access': factsFor({ snapshot: { dataAccess: endIn(5 * DAY) } }),
  revoked: factsFor({ snapshot: deadSnapshot('app_removed') }),
  'access-lost': factsFor({ connection: { access: { kind: 'lost', at: NOW, fault: faultOf('missing_permission') } } }),
  'app-credentials-refused': factsFor({ connection: { appCredentialsFault: refusedApp } }),
  'cannot-extend': factsFor({ connection: { renewal: renewalOf('no-progress', { noProgress: 3 }) } }),
  'renewal-failing': factsFor({ connection: { renewal: renewalOf('refused', { failures: 20, failingFor: 4 * DAY }) } }),
  'renewal-worse': factsFor({ connection: { renewal: renewalOf('worse', { failures: 1, worse: ['access-lost'] }) } }),
  'scopes-lost': factsWith([tokenOf(snapshotOf({ scopes: ['whatsapp_business_messaging'] }), { source: 'renewal' }), tokenOf(snapshotOf(), { id: 'old', role: 'previous' })]),
  'keychain-locked': factsFor({ vaultTrouble: { kind: 'locked' } }),
  'keychain-unavailable': factsFor({ vaultTrouble: { kind: 'unavailable', reason: 'Install the package libsecret, please.' } }),
  'secret-lost': factsFor({ vaultTrouble: { kind: 'lost' } }),
  'app-secret-lost': factsFor({ appSecret: false, appSecretLost: true }),
  'memory-only': null,
  'kept-in-memory': factsFor({ token: { marker: memoryMarker } }),
  'fallback-in-use': factsWith([tokenOf(deadSnapshot('logged_out')), tokenOf(snapshotOf(), { id: 'old', role: 'previous' })]),
  'settings-broken': null,
  'call-refused': factsFor({ connection: { refusedCall } }),
};

function words(facts: Facts, code: AlertCode, rung: Rung | null = null): string {
  return alertWords(facts, { code, rung });
}

function told(facts: Facts): string {
  return standingAlerts(facts)
    .map((alert) => alertWords(facts, alert))
    .join('\n');
}

describe('every alert has its words', () => {
  it.each(Object.keys(OCCASIONS) as (keyof typeof OCCASIONS)[])('%s', (code) => {
    const facts = OCCASIONS[code];
    const raised = facts === null ? [] : standingAlerts(facts);
    const text = facts === null ? words(factsFor(), code) : raised.filter((alert) => alert.code === code).map((alert) => alertWords(facts, alert))[0];
    expect(text).toMatch(/^Main shop: /);
    expectPlain((text ?? '').replace('Main shop: ', ''));
  });

  it('each its own', () => {
    const texts = (Object.keys(OCCASIONS) as (keyof typeof OCCASIONS)[]).map((code) => words(OCCASIONS[code] ?? factsFor(), code));
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('the ladder in words', () => {
  it('says how long, the date, and why a person must act', () => {
    const text = told(personMust(3 * DAY));
    expect(text).toContain(`The token ends in 3 days, on ${dateWords(NOW + 3 * DAY)}.`);
    expect(text).toMatch(/does not know the app secret.*Give Evertoken the app id and app secret/);
  });

  it('leads to a System User token where Meta does not extend this one', () => {
    const facts = factsFor({ snapshot: { expiry: endIn(7 * DAY) }, connection: { renewal: renewalOf('no-progress', { noProgress: 3 }) } });
    const text = words(facts, 'expiry', '7d');
    expect(text).toMatch(/ends in 7 days.*cannot be extended.*System User token/);
  });

  it('asks for a new token where no exchange is possible', () => {
    expect(words(factsFor({ snapshot: { type: 'APP', expiry: endIn(7 * DAY) } }), 'expiry', '7d')).toMatch(/ends in 7 days.*Make a new token/);
  });

  it('in the last day of a renewal that fails says that Evertoken keeps trying', () => {
    const facts = factsFor({ snapshot: { issuedAt: NOW - 59 * DAY, expiry: endIn(6 * HOUR) }, connection: { renewal: renewalOf('unreachable', { failures: 4 }), lastCheck: silentFor(4, HOUR) } });
    expect(facts.prospects.who).toBe('evertoken');
    expect(told(facts)).toMatch(/ends in 6 hours.*keeps trying/);
  });

  it('in the last day of a locked keychain says to unlock it, and blames no app secret', () => {
    const facts = factsFor({ appSecret: false, vaultTrouble: { kind: 'locked' }, snapshot: { issuedAt: NOW - 59 * DAY, expiry: endIn(6 * HOUR) } });
    const text = words(facts, 'expiry', '6h');
    expect(text).toMatch(/ends in 6 hours.*Unlock your keychain/);
    expect(text).not.toMatch(/app secret/);
  });

  it('at its end says that the token expired and cannot be renewed', () => {
    const text = told(factsFor({ snapshot: deadSnapshot('expired', { expiry: endIn(-HOUR) }) }));
    expect(text).toContain(`The token expired on ${dateWords(NOW - HOUR)}.`);
    expect(text).toMatch(/cannot be renewed.*Make a new token/);
  });

  it('past its end, while Meta is silent, does not claim a minute that is over, nor that the token expired', () => {
    const facts = personMust(-2 * DAY, { snapshot: { issuedAt: NOW - 60 * DAY, saidAt: NOW - 5 * DAY }, connection: { lastCheck: silentFor(3, 5 * DAY) } });
    const text = told(facts);
    expect(text).toMatch(/By this computer's clock the token ended.*could not be asked/);
    expect(text).not.toMatch(/ends in|expired/);
  });

  it('without a known end just says soon', () => {
    expect(words(factsFor({ snapshot: { expiry: UNKNOWN_END } }), 'expiry', '7d')).toMatch(/The token ends soon\./);
    expect(words(factsWith([]), 'expiry', '7d')).toMatch(/The token ends soon\./);
  });

  it('of data access: before its end and after', () => {
    expect(told(factsFor({ snapshot: { dataAccess: endIn(5 * DAY) } }))).toMatch(/permission to read data ends on.*does not move that date/);
    expect(told(factsFor({ snapshot: { dataAccess: endIn(-DAY) } }))).toMatch(/permission to read data ended on.*still accepted/);
  });
});

describe('without a keychain', () => {
  it('says that tokens are in memory only', () => {
    expectPlain(MEMORY_ONLY_WORDS);
    expect(MEMORY_ONLY_WORDS).toMatch(/memory only/);
    expect(words(factsFor(), 'memory-only')).toContain(MEMORY_ONLY_WORDS);
  });
});

describe("a bot's refused call", () => {
  const text = (change: Partial<RefusedCall>, silent = 0): string =>
    words(factsFor({ connection: { refusedCall: { ...refusedCall, ...change }, lastCheck: silent > 0 ? silentFor(silent, HOUR) : null } }), 'call-refused');

  it('names the code while Meta is asked', () => {
    expect(text({})).toBe('Main shop: Meta refused a call of your bot with this token (code 102). Evertoken is checking the token with Meta. Wait a moment, or check it now.');
    expect(text({}, 1)).toContain('Evertoken is checking the token, but Meta does not answer just now.');
  });

  it("says what to do once Meta calls the token valid, with Meta's words made safe", () => {
    const said = text({ validAt: NOW });
    expect(said).toContain("but says that the token is valid. Meta's words: “Session key is invalid.” Look at what your bot sends and try it again. If Meta refuses it again: Make a new token");
    expect(text({ validAt: NOW, message: '' })).toContain('is valid. Look at what');
  });
});

describe('a concern', () => {
  it.each<ConcernCode>(['delivery-failed', 'changed-by-hand', 'command-failed', 'gateway-trouble'])('%s speaks for itself', (code) => {
    expect(alertWords(factsFor(), { code, rung: null, text: 'The file is gone. Make it again.' })).toBe('The file is gone. Make it again.');
  });
});
