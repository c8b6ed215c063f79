import { describe, expect, it } from 'vitest';
import type { Prospects } from '../../../src-main/core/renewal/prospects.ts';
import type { RenewalRecord, RenewalResult } from '../../../src-main/core/renewal/record.ts';
import type { CheckRecord } from '../../../src-main/core/state.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';
import { NEVER, UNKNOWN_END } from '../../../src-main/core/token/snapshot.ts';
import { ANSWERED, deadSnapshot, endIn, factsFor, factsWith, faultOf, type Given, NOW, renewalOf, silentFor, tokenOf } from '../../fakes/facts.ts';

const EVERTOKEN: Prospects = { who: 'evertoken' };

/** Prospects of a 60-day token that is `age` old. */
function at(age: number, renewal: RenewalRecord, lastCheck: CheckRecord = ANSWERED): Prospects {
  return factsFor({ snapshot: { issuedAt: NOW - age, expiry: endIn(60 * DAY - age) }, connection: { renewal, lastCheck } }).prospects;
}

function prospects(given: Given): Prospects {
  return factsFor(given).prospects;
}

describe('who must move the expiry', () => {
  it('nobody where there is no end to move', () => {
    expect(prospects({ snapshot: { expiry: NEVER } })).toEqual({ who: 'nobody', why: 'no-end' });
    expect(prospects({ snapshot: { expiry: UNKNOWN_END } })).toEqual({ who: 'nobody', why: 'no-end' });
    expect(factsWith([]).prospects).toEqual({ who: 'nobody', why: 'no-end' });
    expect(factsWith([tokenOf(null)]).prospects).toEqual({ who: 'nobody', why: 'no-end' });
  });

  it('Evertoken where app id and secret are known and nothing went wrong', () => {
    expect(prospects({})).toEqual(EVERTOKEN);
  });

  it.each<[string, Given, string]>([
    ['the app secret is not known', { appSecret: false }, 'no-app-credentials'],
    ['the secret is that of another app', { snapshot: { appId: '1002' } }, 'other-app'],
    ['Meta refuses app id and secret', { connection: { appCredentialsFault: { ...faultOf('wrong_app_credentials'), at: NOW, on: 'debug' } } }, 'app-credentials-refused'],
    ['the token is one that no exchange takes', { snapshot: { type: 'APP' } }, 'not-renewable'],
    ['the token is dead', { snapshot: deadSnapshot('expired') }, 'not-renewable'],
  ])('a person where %s', (_what, given, why) => {
    expect(prospects(given)).toEqual({ who: 'person', why });
  });
});

describe('when automatic renewal is given up as proved not to work', () => {
  it('after three renewals without progress, not after two', () => {
    expect(at(35 * DAY, renewalOf('no-progress', { noProgress: 2 }))).toEqual(EVERTOKEN);
    expect(at(35 * DAY, renewalOf('no-progress', { noProgress: 3 }))).toEqual({ who: 'person', why: 'cannot-extend' });
  });

  it('three without progress stay known when a later try meets silence', () => {
    expect(at(35 * DAY, renewalOf('unreachable', { noProgress: 3, failures: 1 }), silentFor(1, HOUR))).toEqual({ who: 'person', why: 'cannot-extend' });
  });

  it('after three days of failing while awake, not a minute before', () => {
    expect(at(35 * DAY, renewalOf('refused', { failures: 20, failingFor: 3 * DAY - MINUTE }))).toEqual(EVERTOKEN);
    expect(at(35 * DAY, renewalOf('refused', { failures: 20, failingFor: 3 * DAY }))).toEqual({ who: 'person', why: 'renewal-failing' });
  });

  it('three days of failing count even when Meta was silent all the while: a person can mend the line', () => {
    expect(at(35 * DAY, renewalOf('unreachable', { failures: 20, failingFor: 3 * DAY }), silentFor(20, 3 * DAY))).toEqual({ who: 'person', why: 'renewal-failing' });
  });
});

describe('from two thirds of the life on', () => {
  const before = 40 * DAY - 1;
  const after = 40 * DAY;

  it.each<[RenewalResult, string]>([
    ['no-progress', 'cannot-extend'],
    ['refused', 'renewal-failing'],
    ['worse', 'renewal-failing'],
    ['vault', 'renewal-failing'],
  ])('one %s is enough, before it is not', (result, why) => {
    expect(at(before, renewalOf(result, { failures: 1, noProgress: 1 }))).toEqual(EVERTOKEN);
    expect(at(after, renewalOf(result, { failures: 1, noProgress: 1 }))).toEqual({ who: 'person', why });
  });

  it('no try at all proves nothing: the computer slept', () => {
    expect(at(after, renewalOf('renewed', { lastAttempt: null }))).toEqual(EVERTOKEN);
    expect(at(59 * DAY, renewalOf('renewed', { lastAttempt: null }))).toEqual(EVERTOKEN);
  });

  it('a renewal that worked proves the contrary', () => {
    expect(at(after, renewalOf('renewed'))).toEqual(EVERTOKEN);
  });

  it('a try with the token before this one proves nothing', () => {
    expect(at(after, renewalOf('refused', { failures: 1 }, 41 * DAY))).toEqual(EVERTOKEN);
    expect(at(after, renewalOf('refused', { failures: 1 }, 40 * DAY))).toEqual({ who: 'person', why: 'renewal-failing' });
  });

  it('silence alone proves nothing', () => {
    expect(at(after, renewalOf('unreachable', { failures: 9 }), silentFor(9, DAY))).toEqual(EVERTOKEN);
  });

  it('a try that failed although Meta answered the check does', () => {
    expect(at(after, renewalOf('unreachable', { failures: 1 }))).toEqual({ who: 'person', why: 'renewal-failing' });
    expect(at(after, renewalOf('unreachable', { failures: 4, lastAttempt: { at: NOW, result: 'unreachable', fault: faultOf('transient') } }))).toEqual({ who: 'person', why: 'renewal-failing' });
  });

  it('a connection that was never checked counts as one that Meta answers', () => {
    expect(factsFor({ snapshot: { issuedAt: NOW - after, expiry: endIn(20 * DAY) }, connection: { lastCheck: null, renewal: renewalOf('unreachable', { failures: 4 }) } }).prospects).toEqual({
      who: 'person',
      why: 'renewal-failing',
    });
  });
});
