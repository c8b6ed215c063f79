import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAUSE_TRAITS } from '../../../src-main/core/graph/cause-traits.ts';
import type { Cause } from '../../../src-main/core/graph/fault.ts';
import { faultWords } from '../../../src-main/core/graph/fault-words.ts';
import { PASTE_WORDS } from '../../../src-main/core/token/paste-words.ts';
import { dateWords } from '../../../src-main/core/words/dates.ts';
import { lastingWords, type News, newsOf } from '../../../src-main/core/words/history.ts';
import { endFact } from '../../../src-main/core/words/log-facts.ts';
import { outcomeWords } from '../../../src-main/core/words/outcome-codes.ts';
import { NOW, endIn } from '../../fakes/facts.ts';
import { expectPlain } from './plain.ts';

const AT = '2030-01-15T12:00:00.000Z';
const END = endFact(endIn(50 * 86_400_000));
const UNTIL = `until ${dateWords(NOW + 50 * 86_400_000)}`;
const CONNECTION = { connection: 'c-abc123de', label: 'Main shop' };

function news(event: string, facts: Readonly<Record<string, unknown>> = {}): News | null {
  return newsOf({ at: AT, event, facts });
}

type Row = readonly [event: string, facts: Readonly<Record<string, unknown>>, tone: News['tone'], text: string];

const SENTENCES: readonly Row[] = [
  ['started', {}, 'plain', 'Evertoken was started.'],
  ['stopped', {}, 'plain', 'Evertoken was stopped.'],
  ['checked', { valid: true, access: 'proved', cause: null, validUntil: END }, 'good', `The token was checked: it is valid ${UNTIL}.`],
  ['checked', { valid: true, access: 'proved', cause: null, validUntil: 'never' }, 'good', 'The token was checked: it is valid and never expires.'],
  ['checked', { valid: true, access: 'proved', cause: null, validUntil: null }, 'good', 'The token was checked: it is valid.'],
  ['checked', { valid: true, access: 'proved', cause: null, validUntil: 'soon' }, 'good', 'The token was checked: it is valid.'],
  ['checked', { valid: true, access: 'lost', cause: 'missing_permission' }, 'bad', `The token was checked: it is valid but does not reach its number. ${faultWords('missing_permission').what}`],
  ['checked', { valid: true, access: 'lost', cause: null }, 'bad', 'The token was checked: it is valid but does not reach its number.'],
  ['checked', { valid: true, access: 'lost', cause: 'network' }, 'plain', 'The token was checked: it is valid, but Meta did not let Evertoken check everything. Meta could not be reached.'],
  ['checked', { valid: true, access: 'proved', cause: 'account_policy' }, 'bad', `The token was checked: it is valid, but Meta did not let Evertoken check everything. ${faultWords('account_policy').what}`],
  ['checked', { valid: false, access: 'proved', cause: 'expired' }, 'bad', 'The token was checked: Meta no longer accepts it. The token has expired.'],
  ['checked', { valid: null, access: 'proved', cause: 'network' }, 'plain', 'The token could not be checked. Meta could not be reached.'],
  ['checked', { valid: null, access: 'proved', cause: 'graph_version' }, 'bad', `The token could not be checked. ${faultWords('graph_version').what}`],
  ['checked', { valid: 'yes', cause: 'made up' }, 'plain', 'The token could not be checked.'],
  ['token-promoted', { source: 'connect', label: 'Main shop', validUntil: END }, 'good', `“Main shop” was connected. Its token is valid ${UNTIL}.`],
  ['token-promoted', { source: 'import', validUntil: 'never' }, 'good', 'The connection was connected. Its token is valid and never expires.'],
  ['token-promoted', { source: 'renewal', validUntil: END }, 'good', `The token was renewed. It is valid ${UNTIL}.`],
  ['token-promoted', { source: 'renewal', validUntil: null }, 'good', 'The token was renewed. It is in use.'],
  ['token-promoted', { source: 'replacement', app: false, sameToken: false, validUntil: END }, 'good', `The token was replaced. The new one is valid ${UNTIL}.`],
  ['token-promoted', { source: 'replacement', app: true, sameToken: false, validUntil: END }, 'good', `The token was replaced, and the app id and the app secret with it. The new one is valid ${UNTIL}.`],
  ['token-promoted', { source: 'replacement', app: true, sameToken: true, validUntil: END }, 'good', `The app id and the app secret were replaced. The token is valid ${UNTIL}.`],
  ['token-promoted', {}, 'good', 'Another token was put to use. It is in use.'],
  ['renewal-ended', { result: 'no-progress', early: true }, 'plain', 'Meta gives no longer life to a token this fresh, which is normal. Evertoken renews it by itself in good time.'],
  ['renewal-ended', { result: 'no-progress', early: false }, 'plain', 'Meta was asked to renew the token and gave it no longer life. Evertoken tries again by itself.'],
  ['renewal-ended', { result: 'worse', worse: 'other-app,expires-earlier,made-up' }, 'bad', 'Meta offered a worse token than the one in use, so the old one stays in use. It belongs to another app. It ends earlier.'],
  ['renewal-ended', { result: 'refused', cause: 'wrong_app_credentials' }, 'bad', `The token could not be renewed. ${faultWords('wrong_app_credentials').what}`],
  ['renewal-ended', { result: 'unreachable', cause: 'throttled' }, 'plain', 'The token could not be renewed just now. Meta asks for a pause because there were too many calls. Evertoken tries again by itself.'],
  ['renewal-ended', { result: 'vault', cause: null }, 'bad', 'The token could not be renewed. The keychain is locked or cannot be reached.'],
  ['refresh', { code: 'never-expiring' }, 'plain', 'The token never expires, so there is nothing to renew.'],
  ['refresh', { code: 'keychain-locked' }, 'bad', 'The token could not be renewed. The keychain is locked or cannot be reached.'],
  ['refresh', { code: 'expired' }, 'bad', 'The token could not be renewed. The token has expired.'],
  ['refresh', { code: 'no-app-credentials' }, 'bad', 'The token could not be renewed. Evertoken does not know the app secret.'],
  ['refresh', { code: 'a-new-code' }, 'bad', 'The token could not be renewed.'],
  ['key.created', { keyId: '0a1b', name: 'Order bot' }, 'plain', 'A key was made for “Order bot”.'],
  ['key.created', { keyId: '0a1b' }, 'plain', 'A key was made for a bot.'],
  ['key.revoked', { keyId: '0a1b', name: 'Order bot' }, 'plain', 'The key of “Order bot” was revoked.'],
  ['delivery.added', { kind: 'env-file' }, 'plain', 'A .env file was added: the token is written into it from now on.'],
  ['delivery.added', { kind: 'command' }, 'plain', 'A program was set to run after each new token.'],
  ['delivery.removed', {}, 'plain', 'A delivery was removed.'],
  ['delivery.written', { fingerprint: '…a1b2-01020304' }, 'good', 'The token in use was written into a .env file.'],
  ['delivery.failed', { code: 'read-only', failures: 2 }, 'bad', 'A .env file could not be brought up to date. Evertoken tries again.'],
  ['delivery.command-ended', { how: 'exit', exitCode: 0 }, 'good', 'The program that runs after a new token did its work.'],
  ['delivery.command-ended', { how: 'exit', exitCode: 3 }, 'bad', 'The program that runs after a new token failed.'],
  ['delivery.command-ended', { how: 'timeout', exitCode: null }, 'bad', 'The program that runs after a new token failed.'],
  ['replace', { code: 'same-token' }, 'plain', 'The token that was given is in use already.'],
  ['replace', { code: 'confirm' }, 'plain', 'The token that was given works but differs from the one in use, so Evertoken asked before taking it.'],
  ['replace', { code: 'missing-permission' }, 'bad', `Replacing the token did not work. ${faultWords('missing_permission').what}`],
  ['connect', { code: 'other-vendor' }, 'bad', 'A new connection was not made. What was pasted is no WhatsApp token.'],
  ['connect', { code: 'number-already-connected' }, 'bad', 'A new connection was not made. The phone number is connected already.'],
  ['check', { code: 'storage-failed' }, 'bad', 'The check could not be finished. Evertoken could not write to its data folder.'],
  ['choose-number', { code: 'number-chosen', label: 'Main shop' }, 'good', '“Main shop” was tied to a phone number.'],
  ['choose-number', { code: 'unreachable', label: 'Main shop' }, 'bad', 'Choosing the phone number did not work. Meta gave no answer that counts.'],
  ['remove', { code: 'removed', label: 'Main shop' }, 'plain', '“Main shop” was removed.'],
  ['remove', { code: 'keychain-locked', label: 'Main shop' }, 'bad', 'Removing the connection did not work. The keychain is locked or cannot be reached.'],
  ['acknowledge', { id: 'c-abc123de/keychain-locked/t1' }, 'plain', 'The warning about the locked keychain was marked as seen.'],
  ['alert-told', { id: 'c-abc123de/revoked/t1', code: 'revoked', rung: null, text: 'Main shop: Meta no longer accepts the token.' }, 'bad', 'Main shop: Meta no longer accepts the token.'],
  ['alert-withdrawn', { id: 'app/memory-only/vault' }, 'plain', 'The warning about tokens that are kept in memory only is over.'],
  ['keychain-came', { vault: 'keychain' }, 'good', 'The keychain can be reached now.'],
  ['keychain-unlocked', { vault: 'keychain' }, 'good', 'The keychain was unlocked.'],
  ['secret-written-back', { vault: 'keychain', kept: true }, 'good', 'A secret of this connection was gone from the keychain; Evertoken put it back.'],
  ['secret-written-back', { vault: 'file', kept: false }, 'bad', 'A secret of this connection is gone from the encrypted vault file, and Evertoken could not put it back.'],
  ['token-moved-into-vault', { vault: 'keychain' }, 'good', 'The token was in memory only and now lies in the keychain.'],
  ['attend-failed', { message: 'ENOSPC: no space' }, 'bad', 'Evertoken could not finish its work on this connection and tries again in a minute.'],
  ['tick-failed', { message: 'x' }, 'bad', 'Something inside Evertoken failed. It tries again in a minute.'],
  ['log.lines-lost', { lines: 3 }, 'plain', 'Some lines of the log could not be written, so something may be missing here.'],
];

const RUNS = new Map([['checked', 'check'], ['renewal-ended', 'renewal'], ['refresh', 'renewal'], ['attend-failed', 'work'], ['tick-failed', 'work'], ['delivery.failed', 'delivery']]);

describe('what a log line tells the owner', () => {
  it.each(SENTENCES)('%s %o', (event, facts, tone, text) => {
    expect(news(event, { connection: 'c-abc123de', ...facts })).toEqual({ at: AT, connection: 'c-abc123de', tone, text, run: RUNS.get(event) ?? null });
    expectPlain(text);
  });

  it.each<readonly [event: string, facts: Readonly<Record<string, unknown>>, why: string]>([
    ['graph-call', { call: 'debug_token', status: 200 }, 'a single call'],
    ['gateway.refused', { reason: 'no-key' }, 'a refusal of the gateway'],
    ['gateway.listening', { port: 4000 }, 'the gateway'],
    ['token-dropped', { ...CONNECTION }, 'tidying up'],
    ['connect', { ...CONNECTION }, 'told by the token put to use'],
    ['replace', { ...CONNECTION, code: 'replaced' }, 'told by the token put to use'],
    ['refresh', { ...CONNECTION, code: 'renewed' }, 'told by the token put to use'],
    ['refresh', { ...CONNECTION, code: 'unreachable' }, 'told by the try'],
    ['check', { ...CONNECTION, code: 'healthy' }, 'told by the line of what was found'],
    ['renewal-ended', { ...CONNECTION, result: 'something new' }, 'a result nobody knows'],
    ['alert-told', { id: 'c-abc123de/revoked/t1', text: ' ' }, 'an alert without words'],
    ['alert-told', { id: 'c-abc123de/revoked/t1', text: 7 }, 'an alert without words, of another type'],
    ['alert-withdrawn', { id: 'c-abc123de/constructor/t1' }, 'an alert nobody knows'],
    ['acknowledge', {}, 'an alert without an id'],
    ['constructor', {}, 'an event that is a name of the language'],
    ['made-up', { text: 'Hello' }, 'an event nobody knows'],
  ])('%s is no news: %o (%s)', (event, facts) => {
    expect(news(event, facts)).toBeNull();
  });

  it('needs a time', () => {
    expect(newsOf({ at: 'yesterday', event: 'started', facts: {} })).toBeNull();
    expect(newsOf({ at: '2030-01-15T13:00:00+01:00', event: 'started', facts: {} })?.at).toBe(AT);
  });

  it('belongs to its connection, which an alert names in its id', () => {
    const of = (facts: Readonly<Record<string, unknown>>): string | null | undefined => news('alert-told', { text: 'Words.', ...facts })?.connection;
    expect(of({ id: 'c-abc123de/revoked/t1' })).toBe('c-abc123de');
    expect(of({ id: 'app/settings-broken/settings.json.broken' })).toBeNull();
    expect(of({})).toBeNull();
    expect(of({ connection: 'no id; but a sentence' })).toBeNull();
    expect(news('started')?.connection).toBeNull();
  });

  it('quotes a label and an alert without signs that deceive, and without what looks like a token', () => {
    expect(news('remove', { code: 'removed', label: 'Shop\u202e\u0007 EAAGm0PX4ZCpsBAO' })?.text).toBe('“Shop [***]” was removed.');
    expect(news('alert-told', { id: 'c-a/revoked/t', text: 'Shop: Meta said EAAGm0PX4ZCpsBAO.' })?.text).toBe('Shop: Meta said [***].');
    expect(news('remove', { code: 'removed', label: '\u0007' })?.text).toBe('The connection was removed.');
  });

  it('says since when something lasts', () => {
    expect(lastingWords('Meta could not be reached.', AT)).toBe(`Meta could not be reached. It has been like this since ${dateWords(NOW)}.`);
    expect(lastingWords('Meta could not be reached.', 'never')).toBe('Meta could not be reached.');
  });
});

describe('each code has its words', () => {
  it.each(Object.keys(CAUSE_TRAITS) as Cause[])('the cause %s, as a fact and as an outcome', (cause) => {
    const { what } = faultWords(cause);
    expect(news('renewal-ended', { result: 'refused', cause })?.text).toBe(`The token could not be renewed. ${what}`);
    expect(outcomeWords(cause.replaceAll('_', '-'))).toBe(what);
  });

  it.each(['unreachable', 'keychain-locked', 'keychain-unavailable', 'vault-unavailable', 'vault-lost-it', 'copy-left-behind', 'storage-failed', 'secret-lost', 'already-connected', 'number-already-connected', 'nothing-given', 'bad-app-id', 'app-id-missing', 'bad-app-secret', 'no-token', 'not-checked', 'revoked', 'expiry-unknown', 'app-token', 'no-app-credentials', 'other-app', ...Object.keys(PASTE_WORDS), 'other-vendor'])('the outcome %s', (code) => {
    expectPlain(outcomeWords(code));
  });

  it('and one that nobody knows has none', () => {
    expect(outcomeWords('a-new-code')).toBe('');
    expect(outcomeWords('constructor')).toBe('');
    expect(outcomeWords(null)).toBe('');
  });

  it.each(['expiry', 'data-access', 'revoked', 'access-lost', 'app-credentials-refused', 'cannot-extend', 'renewal-failing', 'renewal-worse', 'scopes-lost', 'keychain-locked', 'keychain-unavailable', 'secret-lost', 'app-secret-lost', 'memory-only', 'kept-in-memory', 'fallback-in-use', 'settings-broken'])('the end of the alert %s', (code) => {
    const text = news('alert-withdrawn', { id: `c-abc123de/${code}/t1` })?.text ?? '';
    expectPlain(text);
    expect(text).toMatch(/^The warning about .+ is over\.$/);
  });

  it('the end of a token, as a fact', () => {
    expect(endFact({ kind: 'at', at: NOW })).toBe(AT);
    expect(endFact({ kind: 'never' })).toBe('never');
    expect(endFact({ kind: 'unknown' })).toBeNull();
  });
});

describe('facts', () => {
  const known = ['connection', 'code', 'cause', 'result', 'source', 'valid', 'access', 'validUntil', 'worse', 'early', 'app', 'sameToken', 'vault', 'kept', 'id', 'message', 'version', 'fingerprint', 'lines', 'port', 'reason', 'note'];
  const events = [...new Set(SENTENCES.map(([event]) => event))];
  const leak = 'leakedX9';

  it('are never echoed, whatever they hold', () => {
    // All but the two that were written for the owner: a connection's label and an alert's text.
    const fact = fc.oneof(fc.constantFrom(leak, `EAA${leak}${leak}`, `x/${leak}/y`, `${leak},${leak}`, `2030-01-15 ${leak}`), fc.boolean(), fc.constantFrom('connect', 'replacement', 'worse', 'refused', 'lost', 'removed', 'number-chosen'));
    const record = fc.record({ event: fc.constantFrom(...events), facts: fc.dictionary(fc.constantFrom(...known), fact) });
    fc.assert(
      fc.property(record, ({ event, facts }) => {
        const said = news(event, facts);
        expect(said?.text ?? '').not.toContain(leak);
        if (said !== null) expectPlain(said.text);
      }),
      { numRuns: 3_000 },
    );
  });

  it('of any kind make no line break the history', () => {
    fc.assert(
      fc.property(fc.constantFrom(...events), fc.dictionary(fc.oneof(fc.constantFrom(...known, 'text', 'label', '__proto__'), fc.string()), fc.anything()), (event, facts) => {
        expect(typeof (news(event, facts)?.text ?? '')).toBe('string');
      }),
    );
  });
});
