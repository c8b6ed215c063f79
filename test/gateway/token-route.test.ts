import { describe, expect, it } from 'vitest';
import type { HandedToken } from '../../src-main/keeper/api.ts';
import { connectionView, handedToken, statusOf } from '../fakes/keeper.ts';
import { KEY, makeKey, openGateway, request, sendRaw } from './house.ts';

const two = statusOf([connectionView({ id: 'c-main', label: 'Main shop' }), connectionView({ id: 'c-test', label: 'Läden & 50' })]);

/** A gateway whose keeper hands out what the test says, and a bot with a key for it. */
async function openBot(handed: (id: string) => HandedToken | null | Promise<HandedToken | null> = () => handedToken()) {
  const gate = await openGateway({ status: two, accessToken: async (id) => handed(id) });
  const { key } = await makeKey(gate.keys, ['token']);
  const get = async (id = 'c-main', headers: Record<string, string> = {}, method = 'GET') => {
    const answer = await fetch(`http://${gate.host}/v1/connections/${id}/token`, { method, headers: { authorization: `Bearer ${key}`, ...headers } });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  return { ...gate, key, get };
}

describe('the token to use now', () => {
  it('with all that a bot needs, and what must not be kept', async () => {
    const { get } = await openBot(() => handedToken({ proof: 'ab12' }));
    const { status, headers, text } = await get();
    expect([status, JSON.parse(text)]).toEqual([
      200,
      { access_token: handedToken().token, fingerprint: '…abcd 12ab34cd', expires_at: '2030-03-01T12:00:00.000Z', appsecret_proof: 'ab12', warning: null },
    ]);
    expect([headers.get('cache-control'), headers.get('warning'), headers.get('content-type')]).toEqual(['no-store', null, 'application/json; charset=utf-8']);
    expect(headers.get('etag')).toMatch(/^"abcd12ab34cd-[0-9a-f]{8}"$/);
  });

  it('without an end and without a proof', async () => {
    const { get } = await openBot(() => handedToken({ expiresAt: null }));
    expect(JSON.parse((await get()).text)).toMatchObject({ expires_at: null, appsecret_proof: null });
  });

  it.each([
    ['its id', 'c-test', 'c-test'],
    ['its label, encoded', 'L%C3%A4den%20%26%2050', 'c-test'],
    ['its label in another case', 'main%20SHOP', 'c-main'],
  ])('of the connection named by %s', async (_name, id, expected) => {
    const { get } = await openBot((asked) => handedToken({ token: `EAAG-fake-of-${asked}` }));
    expect(JSON.parse((await get(id)).text)).toMatchObject({ access_token: `EAAG-fake-of-${expected}` });
  });

  it("opens for the owner's key too", async () => {
    const { get } = await openBot();
    expect((await get('c-main', { authorization: `Bearer ${KEY}` })).status).toBe(200);
  });

  it('HEAD says the same without the body', async () => {
    const { get } = await openBot();
    const [head, whole] = [await get('c-main', {}, 'HEAD'), await get()];
    expect([head.status, head.text, head.headers.get('etag'), head.headers.get('content-length')]).toEqual([200, '', whole.headers.get('etag'), whole.headers.get('content-length')]);
  });

  it('a fallback says so in the answer and, in plain signs, in a header', async () => {
    const warning = 'Meta says “no” to "Läden" — renew it…\nNow\\soon \u{1f600}';
    const { get } = await openBot(() => handedToken({ warning }));
    const { headers, text } = await get();
    expect(JSON.parse(text)).toMatchObject({ warning });
    expect(headers.get('warning')).toBe(String.raw`199 evertoken "Meta says \"no\" to \"Laden\" - renew it... Now\\soon ?"`);
  });

  it('where there is none at all: 503 with what to do', async () => {
    const gate = await openGateway({ status: statusOf([connectionView({ label: 'Main shop', advice: 'Paste a new token.' })]) });
    const { key } = await makeKey(gate.keys, ['token']);
    const answer = await fetch(`http://${gate.host}/v1/connections/c-main/token`, { headers: { authorization: `Bearer ${key}` } });
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { error: { message: 'There is no token for "Main shop" to hand out. Paste a new token.', type: 'EvertokenError', code: 'no-token' } },
    ]);
    expect(gate.keys.list()[0]).toMatchObject({ calls: 1, errors: 1 });
  });

  it.each([
    ['a connection unknown', 'c-gone', 404, 'no-such-connection'],
    ['an encoded step up', '%2e%2e', 400, 'bad-path'],
    ['an encoded slash', 'c-main%2Fx', 400, 'bad-path'],
    ['an encoded percent sign', 'c-main%252e', 400, 'bad-path'],
    ['a letter encoded for nothing', '%63-main', 400, 'bad-path'],
    ['an encoded line break', 'c-main%0d%0a', 400, 'bad-path'],
    ['an encoded NUL', 'c-main%00', 400, 'bad-path'],
    ['half an escape', 'c-main%2', 400, 'bad-path'],
    ['what is no UTF-8', 'c-main%ff', 400, 'bad-path'],
    ['an overlong slash', 'c%c0%af', 400, 'bad-path'],
  ])('%s: refused', async (_name, id, status, code) => {
    const { host, port, key, lines } = await openBot();
    const answer = await sendRaw(port, [request(`GET /v1/connections/${id}/token`, [`Host: ${host}`, `Authorization: Bearer ${key}`])]);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(lines.filter(({ event }) => event === 'gateway.refused').map(({ facts }) => facts['reason'])).toEqual([code]);
  });

  it('is not handed to a key that was revoked while a renewal was waited for', async () => {
    let release: (handed: HandedToken) => void = () => undefined;
    const held = new Promise<HandedToken>((resolve) => {
      release = resolve;
    });
    let begun: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const bot = await openBot(() => {
      begun();
      return held;
    });
    const waiting = bot.get();
    await asked;
    await bot.keys.revoke(bot.keys.list()[0]?.id ?? '');
    release(handedToken());
    const answer = await waiting;
    expect([answer.status, answer.text.includes(handedToken().token)]).toEqual([401, false]);
  });
});

describe('polling it cheaply', () => {
  it('304 without a body for as long as it is the same', async () => {
    const first = handedToken({ warning: 'Renewal failed.' });
    let handed = first;
    const { get, keys } = await openBot(() => handed);
    const etag = String((await get()).headers.get('etag'));
    const same = await get('c-main', { 'if-none-match': etag });
    expect([same.status, same.text, same.headers.get('etag'), same.headers.get('cache-control'), same.headers.get('warning')]).toEqual([304, '', etag, 'no-store', '199 evertoken "Renewal failed."']);
    handed = { ...first, token: 'EAAG-fake-renewed', fingerprint: '…wxyz 98fe76dc' };
    const renewed = await get('c-main', { 'if-none-match': etag });
    expect([renewed.status, JSON.parse(renewed.text)]).toMatchObject([200, { access_token: 'EAAG-fake-renewed' }]);
    expect(renewed.headers.get('etag')).not.toBe(etag);
    expect(keys.list()[0]).toMatchObject({ calls: 3, errors: 0, renewals: 1 });
  });

  it.each<readonly [string, Partial<HandedToken>]>([
    ['a proof that is known now', { proof: 'ab12' }],
    ['an end that is known now', { expiresAt: Date.UTC(2030, 4, 1) }],
  ])('the same token with %s is news', async (_name, change) => {
    let handed = handedToken();
    const { get } = await openBot(() => handed);
    const etag = String((await get()).headers.get('etag'));
    handed = handedToken(change);
    expect((await get('c-main', { 'if-none-match': etag })).status).toBe(200);
  });

  it.each<readonly [string, (etag: string) => string, number]>([
    ['weak', (etag) => `W/${etag}`, 304],
    ['in a list', (etag) => `"other", ${etag}`, 304],
    ['in a list, weak and without blanks', (etag) => `"a","b",W/${etag},"c"`, 304],
    ['an asterisk', () => '*', 304],
    ['another one', () => '"other"', 200],
    ['the right one without its quotes', (etag) => etag.slice(1, -1), 200],
    ['only its beginning', (etag) => `${etag.slice(0, -2)}"`, 200],
    ['nothing', () => '', 200],
  ])('%s', async (_name, sent, status) => {
    const { get } = await openBot();
    const etag = String((await get()).headers.get('etag'));
    for (const method of ['GET', 'HEAD']) expect((await get('c-main', { 'if-none-match': sent(etag) }, method)).status).toBe(status);
  });

  it('two headers count as one list', async () => {
    const { host, port, key, get } = await openBot();
    const etag = String((await get()).headers.get('etag'));
    const answer = await sendRaw(port, [request('GET /v1/connections/c-main/token', [`Host: ${host}`, `Authorization: Bearer ${key}`, 'If-None-Match: "a"', `if-none-match: ${etag}`])]);
    expect([answer.status, answer.body]).toEqual([304, '']);
  });
});
