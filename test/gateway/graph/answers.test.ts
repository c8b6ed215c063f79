import { describe, expect, it } from 'vitest';
import { SHOP } from '../../../src-main/practice/shop.ts';
import { handedToken } from '../../fakes/keeper.ts';
import { at, items } from '../../practice/stage.ts';
import { KEY, bearer, call, errorOf, openGraph, openShopGraph, recorder, sendRaw, sendText, standIn, wire } from './house.ts';

const { token: TOKEN } = handedToken();
const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' };

/** What a caller gets where Meta answers so. */
async function through(status: number, headers: Readonly<Record<string, string>>, body: string | Buffer, query = '') {
  const { url } = await recorder(status, headers, body);
  const graph = await openGraph({ graphUrl: url, answers: { accessToken: async () => handedToken({ proof: 'cafe0123cafe0123cafe0123' }) } });
  return { ...(await call(`${graph.url}/graph/c-main/v26.0/x${query}`, { headers: bearer() })), graphUrl: url, graph };
}

describe('answers that hold nothing to cut', () => {
  it.each([
    ['a sent message', JSON.stringify({ messaging_product: 'whatsapp', contacts: [{ input: '1', wa_id: '1' }], messages: [{ id: 'wamid.HBgLEAAGxxxxEAAxxxxxxxx' }] })],
    ['ids beyond what a number holds, odd spacing, escapes', '{ "id" : 12345678901234567890123, "paging":{}, "n":1.0e2 , "t":"\\u00e9\\/ \\"x\\" é 中" }'],
    ['a page without links of Meta’s', '{"data":[],"paging":{"next":"https://elsewhere.example/?after=1","cursors":{"after":"x"}}}'],
    ['an address that is no media', '{"url":"https://lookaside.fbsbx.com/x","id":"1"}'],
    ['a media address on a foreign host', '{"url":"https://files.example/x","mime_type":"image/png","messaging_product":"whatsapp"}'],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from('{"paging":"'), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('"}')])],
    ['text that only begins like JSON', '{"access": nothing'],
    ['nothing', ''],
  ])('%s: the same to the byte', async (_name, body) => {
    const { url } = await recorder(200, JSON_TYPE, body);
    const graph = await openGraph({ graphUrl: url });
    const response = await fetch(`${graph.url}/graph/c-main/x`, { headers: bearer() });
    expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(body))).toBe(true);
  });

  it('status, reason for it and headers stay, but for what belongs to Meta’s connection or to browsers', async () => {
    const answer = await through(
      409,
      { ...JSON_TYPE, 'x-fb-trace-id': 'abc', 'x-business-use-case-usage': '{"1":[]}', etag: '"1"', 'set-cookie': 'a=b', 'alt-svc': 'h3=":443"', 'strict-transport-security': 'max-age=1', 'access-control-allow-origin': '*', connection: 'keep-alive, x-hop', 'x-hop': '1' },
      '{"a":1}',
    );
    expect(answer.status).toBe(409);
    const names = ['x-fb-trace-id', 'x-business-use-case-usage', 'etag', 'content-type', 'content-length', 'set-cookie', 'alt-svc', 'strict-transport-security', 'access-control-allow-origin', 'x-hop'];
    expect(names.map((name) => answer.headers.get(name))).toEqual(['abc', '{"1":[]}', '"1"', 'application/json; charset=UTF-8', '7', null, null, null, null, null]);
  });
});

describe('secrets in answers', () => {
  it.each([
    ['Meta’s own words', 400, `{"error":{"message":"Malformed access token ${TOKEN}","code":100}}`, '{"error":{"message":"Malformed access token [removed]","code":100}}'],
    ['another token in an error', 400, '{"error":{"message":"Bad token EAAGotherTokenOfSomebody1234 here","code":100}}', '{"error":{"message":"Bad token [removed] here","code":100}}'],
    ['an error inside a success', 200, '{"data":{"error":{"message":"EAAGotherTokenOfSomebody1234"},"id":"wamid.EAAGotherTokenOfSomebody1234"}}', '{"data":{"error":{"message":"[removed]"},"id":"wamid.EAAGotherTokenOfSomebody1234"}}'],
    ['a page’s token handed out', 200, '{"data":[{"access_token":"EAAGpage0000000000","id":"1"},{"access_token":["x-y-z"]}]}', '{"data":[{"access_token":"[removed]","id":"1"},{"access_token":["[removed]"]}]}'],
    ['hidden by escapes', 200, `{"t":"\\u0045${TOKEN.slice(1)} é","é":"中"}`, '{"t":"[removed] é","é":"中"}'],
    ['under an escaped key', 200, '{"access\\u005ftoken":"EAAGpage0000000000"}', '{"access\\u005ftoken":"[removed]"}'],
    ['as a key', 200, `{"${TOKEN}":1}`, '{"[removed]":1}'],
    ['the proof', 200, '{"t":"cafe0123cafe0123cafe0123"}', '{"t":"[removed]"}'],
    ['in an address', 200, '{"href":"https:\\/\\/graph.facebook.com\\/x?access_token=somebody&a=1"}', '{"href":"https://graph.facebook.com/x?access_token=[removed]&a=1"}'],
    ['JSON in JSON', 200, JSON.stringify({ body: JSON.stringify({ access_token: TOKEN }) }), JSON.stringify({ body: JSON.stringify({ access_token: '[removed]' }) })],
    ['text that is no JSON', 502, `<p>EAAGotherTokenOfSomebody1234 and ${TOKEN}</p>`, '<p>[removed] and [removed]</p>'],
  ])('%s', async (_name, status, body, expected) => {
    const answer = await through(status, status === 502 ? { 'content-type': 'text/html' } : JSON_TYPE, body);
    expect([answer.status, answer.text]).toEqual([status, expected]);
    expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(expected)));
  });

  it.each(['text/javascript; charset=UTF-8', 'application/problem+json', 'text/plain', ''])('whatever text it is said to be: "%s"', async (type) => {
    const answer = await through(400, type === '' ? {} : { 'content-type': type }, `{"error":{"message":"${TOKEN}"}}`);
    expect(answer.text).toBe('{"error":{"message":"[removed]"}}');
  });

  it('also in headers', async () => {
    const answer = await through(400, { ...JSON_TYPE, 'www-authenticate': `OAuth "Facebook Platform" "invalid_token" "Malformed access token ${TOKEN}"`, 'x-next': 'https://g/?access_token=EAAGotherTokenOfSomebody1234' }, '{}');
    expect([answer.headers.get('www-authenticate'), answer.headers.get('x-next')]).toEqual(['OAuth "Facebook Platform" "invalid_token" "Malformed access token [removed]"', 'https://g/?access_token=[removed]']);
  });

  it('the simulated Meta echoing the token', async () => {
    const { meta, url, token, lines, calls } = await openShopGraph();
    meta.faults.set({ kind: 'wording', wording: { echoToken: true } });
    meta.world.logout(token);
    const answer = await sendText(url);
    expect(errorOf(answer)['code']).toBe(190);
    expect(answer.text).toContain('[removed]');
    expect(answer.text + JSON.stringify([...answer.headers]) + JSON.stringify(lines) + JSON.stringify(calls)).not.toContain(token.slice(0, 20));
  });

  it('a token of before a renewal is cut as well', async () => {
    const { url } = await recorder(200, JSON_TYPE, JSON.stringify({ old: 'EAAG-the-old-token-of-the-shop', now: 'EAAG-the-new-token-of-the-shop' }));
    const tokens = [handedToken({ token: 'EAAG-the-old-token-of-the-shop', fingerprint: 'old' }), handedToken({ token: 'EAAG-the-new-token-of-the-shop', fingerprint: 'new' })];
    const graph = await openGraph({ graphUrl: url, answers: { accessToken: async () => tokens.shift() ?? null } });
    await call(`${graph.url}/graph/c-main/x`, { headers: bearer() });
    expect((await call(`${graph.url}/graph/c-main/x`, { headers: bearer() })).body).toEqual({ old: '[removed]', now: '[removed]' });
  });

  it('a body compressed against our wish is not handed on, since nobody could look through it', async () => {
    const answer = await through(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }, Buffer.from([31, 139, 8, 0]));
    expect([answer.status, errorOf(answer)['code'], errorOf(answer)['evertoken_code'], errorOf(answer)['is_transient']]).toEqual([502, 131000, 'meta-unreadable', false]);
  });

  it.each([
    ['with a length', true],
    ['without one', false],
  ])('a text of 9 MB is looked through as it comes, also where a token is split between chunks (%s)', async (_name, hasLength) => {
    const filler = Buffer.alloc(64 * 1024, 'x');
    const url = await standIn((_request, response) => {
      const size = 144 * filler.length + TOKEN.length;
      response.writeHead(200, { ...JSON_TYPE, ...(hasLength ? { 'content-length': size } : {}) });
      const steps = [...Array.from({ length: 143 }, () => filler), TOKEN.slice(0, 11), TOKEN.slice(11), filler];
      const next = (): void => {
        const step = steps.shift();
        if (step === undefined) response.end();
        else response.write(step, () => setImmediate(next));
      };
      next();
    });
    const graph = await openGraph({ graphUrl: url });
    const { text } = await call(`${graph.url}/graph/c-main/x`, { headers: bearer() });
    expect([text.length, text.replaceAll('x', '')]).toEqual([144 * filler.length + '[removed]'.length, '[removed]'.replaceAll('x', '')]);
  });

  it.each(['image/png', 'audio/ogg', 'video/mp4'])('a file of the type %s is not looked into', async (type) => {
    const body = `\0\x01${TOKEN}`;
    expect((await through(200, { 'content-type': type }, body)).text).toBe(body);
  });
});

describe('links to the next page', () => {
  it.each([
    ['the key in the header: no key in the link', '', ''],
    ['the key in the address: in the link as well', `?access_token=${KEY}`, `&access_token=${KEY}`],
  ])('%s', async (_name, query, added) => {
    const meta = await standIn((request, response) => {
      response.writeHead(200, JSON_TYPE);
      const at = `http://${request.headers.host ?? ''}`;
      const next = `${at}/v26.0/1/phone_numbers?access_token=${TOKEN}&appsecret_proof=abc&limit=2&after=MQ%3D%3D`;
      response.end(JSON.stringify({ data: [], paging: { cursors: {}, next, previous: next } }).replaceAll('/', String.raw`\/`));
    });
    const graph = await openGraph({ graphUrl: meta });
    const answer = await call(`${graph.url}/graph/c-main/v26.0/1/phone_numbers${query}`, { headers: query === '' ? bearer() : {} });
    const link = `${graph.url}/graph/c-main/v26.0/1/phone_numbers?limit=2&after=MQ%3D%3D${added}`;
    expect(answer.body).toEqual({ data: [], paging: { cursors: {}, next: link, previous: link } });
  });

  it.each([
    ['an allowed name behind a proxy that speaks https', 'bots.example', 'https', 'https://bots.example'],
    ['the same by http', 'bots.example', 'http', 'http://bots.example'],
    ['this computer, whatever is said', '', 'https', null],
  ])('and media addresses are those by which the caller came: %s', async (_name, name, proto, expected) => {
    const meta = await standIn((request, response) => {
      response.writeHead(200, JSON_TYPE);
      const base = `http://${request.headers.host ?? ''}`;
      response.end(JSON.stringify({ url: `${base}/file`, mime_type: 'image/png', paging: { next: `${base}/v26.0/1?after=x` } }));
    });
    const { host, port } = await openGraph({ graphUrl: meta, alsoCalled: ['bots.example'] });
    const text = await sendRaw(port, [wire('GET /graph/c-main/v26.0/1', [`Host: ${name === '' ? host : name}`, `Authorization: Bearer ${KEY}`, `X-Forwarded-Proto: ${proto}`])]);
    const base = expected ?? `http://${host}`;
    expect(text).toContain(`{"url":"${base}/media/`);
    expect(text).toContain(`"next":"${base}/graph/c-main/v26.0/1?after=x"`);
  });

  it('lead through the gateway from page to page, as the caller named it', async () => {
    const { meta, gateway, token } = await openShopGraph();
    let next: unknown = `http://localhost:${gateway.port}/graph/shop/v26.0/${SHOP.wabaId}/message_templates?limit=1&access_token=${KEY}`;
    const names: unknown[] = [];
    while (typeof next === 'string') {
      expect(next).toMatch(`http://localhost:${gateway.port}/graph/shop/v26.0/`);
      expect(next).not.toContain(token);
      const { body } = await call(next);
      names.push(...items(body).map((item) => at(item, 'name')));
      next = at(body, 'paging', 'next');
    }
    expect(names).toEqual(['hello_world', 'order_ready']);
    expect(meta.journal.entries().every(({ signedBy }) => signedBy === 'token')).toBe(true);
  });
});

describe('redirects', () => {
  it.each([300, 301, 302, 303, 307, 308])('HTTP %i is neither followed nor handed on', async (status) => {
    const elsewhere = await recorder();
    const answer = await through(status, { location: `${elsewhere.url}/steal` }, '');
    expect([answer.status, errorOf(answer)['evertoken_code'], answer.headers.get('location'), elsewhere.seen]).toEqual([502, 'meta-redirected', null, []]);
    expect(answer.text).not.toContain(elsewhere.url);
  });

  it('the simulated Meta pointing away: nothing goes there and nothing comes of it', async () => {
    const elsewhere = await recorder();
    const { meta, url, counted } = await openShopGraph();
    meta.faults.set({ kind: 'redirect', to: elsewhere.url, status: 307 });
    const answer = await sendText(url);
    expect([answer.status, meta.world.sent().length, elsewhere.seen, counted.map(([what]) => what)]).toEqual([502, 0, [], ['called', 'failed']]);
  });

  it('304 is no redirect', async () => {
    const answer = await through(304, { etag: '"1"' }, '');
    expect([answer.status, answer.headers.get('etag')]).toEqual([304, '"1"']);
  });
});
