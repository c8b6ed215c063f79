import { describe, expect, it } from 'vitest';
import type { Cause } from '../../../src-main/core/graph/fault.ts';
import { CAUSE_TRAITS } from '../../../src-main/core/graph/cause-traits.ts';
import type { Facts } from '../../../src-main/core/health/facts.ts';
import { diagnose, type ReasonCode } from '../../../src-main/core/health/health.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';
import { NEVER, UNKNOWN_END } from '../../../src-main/core/token/snapshot.ts';
import { dateWords } from '../../../src-main/core/words/dates.ts';
import { diagnosisWords } from '../../../src-main/core/words/reasons.ts';
import { connectionOf, deadSnapshot, endIn, factsFor, factsWith, faultOf, NOW, personMust, renewalOf, silentFor, snapshotOf, tokenOf } from '../../fakes/facts.ts';
import { expectPlain } from './plain.ts';

const CAUSES = Object.keys(CAUSE_TRAITS) as Cause[];
const lost = (cause: Cause) => ({ kind: 'lost', at: NOW, fault: faultOf(cause) }) as const;
const refusedApp = { ...faultOf('wrong_app_credentials'), at: NOW, on: 'debug' } as const;
const memoryMarker = { id: 't1', vault: 'memory', account: 'inst/c1/t1', lastFour: 'AAAA', savedAt: NOW } as const;

/** For each reason, facts that give it. */
const OCCASIONS: Record<ReasonCode, Facts> = {
  healthy: factsFor(),
  'never-expires': factsFor({ snapshot: { expiry: NEVER } }),
  'no-token': factsWith([]),
  'not-checked': factsWith([tokenOf(null)]),
  'keychain-locked': factsFor({ vaultTrouble: { kind: 'locked' } }),
  'keychain-unavailable': factsFor({ vaultTrouble: { kind: 'unavailable', reason: 'There is no session bus here.' } }),
  'secret-lost': factsFor({ vaultTrouble: { kind: 'lost' } }),
  expired: factsFor({ snapshot: deadSnapshot('expired', { expiry: endIn(-DAY) }) }),
  revoked: factsFor({ snapshot: deadSnapshot('password_changed') }),
  'access-lost': factsFor({ connection: { access: lost('wrong_id_or_no_asset') } }),
  'expiry-near': personMust(5 * DAY),
  'expiry-passed-unconfirmed': factsFor({ now: NOW + 90 * DAY }),
  'data-access-ending': factsFor({ snapshot: { dataAccess: endIn(5 * DAY) } }),
  'data-access-ended': factsFor({ snapshot: { dataAccess: endIn(-5 * DAY) } }),
  'renewal-failing': factsFor({ connection: { renewal: renewalOf('refused', { failures: 20, failingFor: 4 * DAY }) } }),
  'cannot-extend': factsFor({ connection: { renewal: renewalOf('no-progress', { noProgress: 3 }) } }),
  'no-app-credentials': factsFor({ appSecret: false }),
  'other-app': factsFor({ snapshot: { appId: '1002' } }),
  'app-credentials-refused': factsFor({ connection: { appCredentialsFault: refusedApp } }),
  'expiry-unknown': factsFor({ snapshot: { expiry: UNKNOWN_END } }),
  unreachable: factsFor({ connection: { lastCheck: silentFor(9, 3 * DAY) } }),
  'clock-wrong': factsFor({ connection: { lastCheck: { at: NOW, definiteAt: NOW, silent: 0, fault: null, clockAheadBy: 5 * HOUR } } }),
  'scopes-missing': factsFor({ snapshot: { scopes: ['whatsapp_business_messaging'] } }),
  'number-not-checked': factsFor({ connection: { access: { kind: 'unchecked' } } }),
  'memory-only': factsFor({ token: { marker: memoryMarker } }),
  'app-secret-lost': factsFor({ appSecret: false, appSecretLost: true }),
  'check-refused': factsFor({ connection: { lastCheck: { at: NOW, definiteAt: NOW, silent: 0, fault: faultOf('account_policy'), clockAheadBy: null } } }),
  'fallback-in-use': factsWith([tokenOf(deadSnapshot('logged_out')), tokenOf(snapshotOf(), { id: 'old', role: 'previous' })]),
};

const CODES = Object.keys(OCCASIONS) as ReasonCode[];

function words(facts: Facts, code: ReasonCode) {
  return diagnosisWords(facts, { health: 'unknown', reasons: [code] });
}

/** All that the owner reads about a connection, as one text. */
function said(facts: Facts): string {
  const { reasons, advice } = diagnosisWords(facts);
  return [...reasons, advice].join(' ');
}

describe('every reason has its words', () => {
  it.each(CODES)('%s, where the facts give it', (code) => {
    const facts = OCCASIONS[code];
    const { reasons } = diagnose(facts);
    expect(reasons).toContain(code);
    const { reasons: sentences, advice } = diagnosisWords(facts);
    expect(sentences).toHaveLength(reasons.length);
    for (const sentence of [...sentences, advice]) expectPlain(sentence);
  });

  it('each its own, so that no two read alike', () => {
    const sentences = CODES.map((code) => words(OCCASIONS[code], code).reasons[0]);
    expect(new Set(sentences).size).toBe(CODES.length);
  });

  it('and stays free of holes where little is known', () => {
    const bare = { appId: null, lastCheck: null, access: lost('unknown'), appSecret: null } as const;
    const poor = [factsWith([], { connection: bare }), factsWith([tokenOf(null)], { connection: bare }), factsFor({ snapshot: { appId: null, userId: null, type: null, expiry: UNKNOWN_END, issuedAt: null, scopes: ['public_profile'], saidAt: 0 }, connection: bare })];
    for (const facts of poor) {
      for (const code of CODES.filter((other) => other !== 'scopes-missing')) {
        for (const sentence of words(facts, code).reasons) expectPlain(sentence);
        expectPlain(words(facts, code).advice);
      }
    }
  });

  it('and guesses nothing where no access was lost, nor a permission', () => {
    expect(words(factsFor(), 'access-lost').reasons).toEqual(['The token is valid but no longer reaches its number.']);
    expect(words(factsWith([]), 'scopes-missing').reasons[0]).not.toContain('whatsapp');
  });

  it('for every cause that a token may die of, that access may fail with, or that renewal may meet', () => {
    for (const cause of CAUSES) {
      const texts = [
        said(factsFor({ snapshot: deadSnapshot(cause) })),
        said(factsFor({ connection: { access: lost(cause) } })),
        said(factsFor({ connection: { renewal: { ...renewalOf('refused', { failures: 20, failingFor: 4 * DAY }), lastAttempt: { at: NOW, result: 'refused', fault: faultOf(cause) } } } })),
        said(factsFor({ connection: { lastCheck: { ...silentFor(9, 3 * DAY), fault: faultOf(cause) } } })),
      ];
      for (const text of texts) expectPlain(text);
    }
  });
});

describe('what the owner reads', () => {
  it('a healthy token: until when, and that it is renewed by itself', () => {
    const facts = factsFor({ snapshot: { issuedAt: NOW - 10 * DAY, expiry: endIn(50 * DAY) } });
    if (!facts.plan.can) throw new Error('expected a plan');
    expect(diagnosisWords(facts)).toEqual({ reasons: [`The token is valid until ${dateWords(NOW + 50 * DAY)}. Evertoken renews it by itself around ${dateWords(facts.plan.dueAt)}.`], advice: 'Nothing to do.' });
  });

  it('a renewal that is due names no date in the past', () => {
    const facts = factsFor({ snapshot: { issuedAt: NOW - 40 * DAY, expiry: endIn(20 * DAY) } });
    expect(diagnosisWords(facts).reasons).toEqual([`The token is valid until ${dateWords(NOW + 20 * DAY)}. Evertoken renews it by itself very soon.`]);
  });

  it('a token without a known end is just valid, and without a token even less is promised', () => {
    expect(words(factsFor({ snapshot: { expiry: UNKNOWN_END } }), 'healthy').reasons).toEqual(['The token is valid.']);
    expect(words(factsWith([]), 'healthy').reasons).toEqual(['The token is valid.']);
  });

  it('an expired token: when, that it cannot be renewed, and what to do with a link', () => {
    const text = said(OCCASIONS.expired);
    expect(text).toContain(`The token expired on ${dateWords(NOW - DAY)}.`);
    expect(text).toMatch(/cannot be renewed/);
    expect(diagnosisWords(OCCASIONS.expired).advice).toMatch(/Make a new token.*System User.*https:\/\/business\.facebook\.com/);
  });

  it('an end that Meta did not name is not made up', () => {
    expect(diagnosisWords(factsFor({ snapshot: deadSnapshot('expired', { expiry: UNKNOWN_END }) })).reasons).toEqual(['The token expired. An expired token cannot be renewed.']);
  });

  it('a revoked token: the cause that Meta gave, or that it gave none', () => {
    expect(said(OCCASIONS.revoked)).toMatch(/password was changed/);
    expect(said(factsFor({ snapshot: deadSnapshot('checkpoint') }))).toMatch(/Log in at facebook\.com.*https:\/\/www\.facebook\.com/);
    expect(said(factsFor({ snapshot: { valid: false, fault: null } }))).toMatch(/^Meta no longer accepts the token\. Make a new token/);
    expect(said(factsFor({ snapshot: deadSnapshot('no_token_sent') }))).not.toMatch(/\(https/);
  });

  it('lost access: that the token lives, what Meta said, and where access is given', () => {
    expect(said(OCCASIONS['access-lost'])).toMatch(/valid but no longer reaches its number.*access was not given.*whatsapp-business-accounts/);
  });

  it('a near end: how long, and the date', () => {
    expect(diagnosisWords(OCCASIONS['expiry-near']).reasons[0]).toBe(`The token ends in 5 days, on ${dateWords(NOW + 5 * DAY)}.`);
    expect(diagnosisWords(OCCASIONS['expiry-near']).advice).toMatch(/app id and app secret/);
  });

  it('a token that cannot be extended: a System User token', () => {
    const facts = factsFor({ snapshot: { expiry: endIn(10 * DAY) }, connection: { renewal: renewalOf('no-progress', { noProgress: 3 }) } });
    expect(said(facts)).toMatch(/cannot be extended.*System User token/);
  });

  it('data access that ended: a warning, and never that the token expired', () => {
    const text = said(OCCASIONS['data-access-ended']);
    expect(text).toMatch(/token itself is still accepted/);
    expect(text).not.toMatch(/expired/);
  });

  it('an end that only our clock says: a question, and never that the token expired', () => {
    expect(said(OCCASIONS['expiry-passed-unconfirmed'])).toMatch(/By this computer's clock.*could not be asked/);
    expect(said(OCCASIONS['expiry-passed-unconfirmed'])).not.toMatch(/expired/);
  });

  it('both apps, where the token is of another one', () => {
    expect(said(OCCASIONS['other-app'])).toMatch(/app 1002.*app 1001/);
  });

  it('refused app credentials: that the token is not to blame, and which app', () => {
    expect(words(OCCASIONS['app-credentials-refused'], 'app-credentials-refused').reasons[0]).toMatch(/app id 1001.*token itself is not to blame/);
  });

  it('a locked keychain: unlock it, nothing is lost; a lost secret: paste again', () => {
    expect(said(OCCASIONS['keychain-locked'])).toMatch(/Unlock your keychain.*Nothing is lost/);
    expect(said(OCCASIONS['keychain-unavailable'])).toMatch(/There is no session bus here\./);
    expect(said(OCCASIONS['secret-lost'])).toMatch(/Paste the token again/);
  });

  it('a renewal that waits for the keychain says so, for that is what the owner can mend', () => {
    const facts = factsFor({ connection: { renewal: renewalOf('vault', { failures: 20, failingFor: 4 * DAY }) } });
    expect(said(facts)).toMatch(/keychain is locked.*Unlock your keychain/);
  });

  it('a failing renewal: Meta’s reason where there is one', () => {
    const facts = factsFor({ connection: { renewal: { ...renewalOf('refused', { failures: 20, failingFor: 4 * DAY }), lastAttempt: { at: NOW, result: 'refused', fault: faultOf('checkpoint') } } } });
    expect(said(facts)).toMatch(/has not worked lately\. Facebook wants the person/);
    expect(said(OCCASIONS['renewal-failing'])).toMatch(/Evertoken keeps trying/);
  });

  it('the missing permissions by name', () => {
    const both = factsFor({ snapshot: { scopes: ['public_profile'] } });
    expect(words(both, 'scopes-missing').reasons).toEqual(['The token lacks the permission whatsapp_business_messaging and whatsapp_business_management.']);
  });

  it('numbers to choose from where some were found, else where to find the id', () => {
    const offered = { id: '2002', display: '+1 555 0101', verifiedName: null, quality: null, wabaId: '3001' };
    expect(words(OCCASIONS['number-not-checked'], 'number-not-checked').advice).toMatch(/Tell Evertoken the id of your phone number/);
    expect(words({ ...OCCASIONS['number-not-checked'], connection: connectionOf([], { offeredNumbers: [offered, { ...offered, id: '2003', display: null }] }) }, 'number-not-checked').advice).toMatch(
      /Choose one of the numbers.*\+1 555 0101 \(id 2002\).*\(id 2003\)/,
    );
  });

  it('silence: since when, where Meta ever spoke', () => {
    expect(words(OCCASIONS.unreachable, 'unreachable').reasons[0]).toContain(`since ${dateWords(NOW - 3 * DAY)}`);
    expect(words(factsFor({ connection: { lastCheck: silentFor(2, null) } }), 'unreachable').reasons[0]).not.toContain('since');
  });

  it('the first thing that can be done is the advice, not the first reason’s silence', () => {
    const facts = personMust(40 * MINUTE, { connection: { lastCheck: silentFor(1, HOUR) } });
    expect(diagnosisWords(facts).advice).toMatch(/app id and app secret/);
  });
});
