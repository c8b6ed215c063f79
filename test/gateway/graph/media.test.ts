import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createMediaHosts } from '../../../src-main/gateway/graph/media-hosts.ts';
import { createMediaTickets } from '../../../src-main/gateway/graph/media-tickets.ts';
import { SHOP } from '../../../src-main/practice/shop.ts';
import { handedToken } from '../../fakes/keeper.ts';
import { KEY, bearer, call, consumer, errorOf, openGraph, openShopGraph, recorder, sendRaw, standIn, valuesOf, wire } from './house.ts';

const FILE = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256));

function fieldOf(body: unknown, name: string): string {
  return String(typeof body === 'object' && body !== null ? Object.entries(body).find(([key]) => key === name)?.[1] : '');
}

/** A shop with a file uploaded through the gateway; `look` asks for its address. */
async function withFile(limits = {}) {
  const shop = await openShopGraph({ limits });
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', 'application/octet-stream');
  form.set('file', new Blob([FILE], { type: 'application/octet-stream' }), 'order.bin');
  const upload = await call(`${shop.url}/graph/c-main/v26.0/${SHOP.phoneNumberId}/media`, { method: 'POST', headers: bearer(), body: form });
  const id = fieldOf(upload.body, 'id');
  const look = async (): Promise<string> => fieldOf((await call(`${shop.url}/graph/c-main/v26.0/${id}`, { headers: bearer() })).body, 'url');
  return { ...shop, id, look };
}

/** A stand-in for Meta whose media have this address, and the ticket's address for one. */
async function ticketFor(url: (base: string) => string, listener: Parameters<typeof standIn>[0], limits = {}) {
  let base = '';
  base = await standIn((request, response) => {
    if (request.url?.startsWith('/v26.0/') !== true) return listener(request, response);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ messaging_product: 'whatsapp', url: url(base), mime_type: 'image/png', id: '1' }));
  });
  const graph = await openGraph({ graphUrl: base, limits });
  const address = fieldOf((await call(`${graph.url}/graph/c-main/v26.0/1`, { headers: bearer() })).body, 'url');
  return { ...graph, address };
}

describe('media', () => {
  it('are uploaded, found at an address of the gateway’s, and fetched there without a key and with one', async () => {
    const { meta, url, look, token } = await withFile();
    const address = await look();
    expect(address).toMatch(new RegExp(`^${url}/media/[\\w-]{43}$`));
    for (const headers of [{}, bearer(), bearer('a-wrong-key')]) {
      const file = await fetch(address, { headers });
      expect([file.status, createHash('sha256').update(Buffer.from(await file.arrayBuffer())).digest('hex')]).toEqual([200, createHash('sha256').update(FILE).digest('hex')]);
    }
    expect(meta.journal.entries({ endpoint: 'download' }).map(({ signedBy, tokenLastFour }) => [signedBy, tokenLastFour])).toEqual(Array.from({ length: 3 }, () => ['token', token.slice(-4)]));
  });

  it('each look gives a ticket of its own, and each works as often as it is asked', async () => {
    const { look } = await withFile();
    const [first, second] = [await look(), await look()];
    expect(first).not.toBe(second);
    for (const address of [first, second, first]) expect((await call(address)).status).toBe(200);
  });

  it('with a newer token where the one in use was refused', async () => {
    const { meta, look, issue, handed, answers, token } = await withFile();
    const address = await look();
    const newer = issue();
    meta.world.logout(token);
    answers.currentToken = () => handed(newer);
    expect((await call(address)).status).toBe(200);
  });

  it('the ticket ends after five minutes, in words', async () => {
    const { look, advance } = await withFile();
    const address = await look();
    advance(5 * 60_000 - 1);
    expect((await call(address)).status).toBe(200);
    advance(1);
    const late = await call(address);
    expect([late.status, errorOf(late)['evertoken_code'], String(errorOf(late)['message']).includes('expired')]).toEqual([410, 'ticket-expired', true]);
  });

  it.each(['nothing-of-the-kind', 'a'.repeat(43)])('a made-up ticket: %s', async (ticket) => {
    const { url } = await openShopGraph();
    expect((await call(`${url}/media/${ticket}`)).status).toBe(410);
  });

  it('a ticket ends with the key that asked for it', async () => {
    const { look, keys } = await withFile();
    const address = await look();
    await keys.revoke(consumer(KEY).id);
    expect((await call(address)).status).toBe(410);
  });

  it('is for reading only, and for nobody’s web page', async () => {
    const { look, host, port } = await withFile();
    const address = await look();
    expect((await call(address, { method: 'POST', body: 'x' })).status).toBe(405);
    expect((await call(address, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    const path = new URL(address).pathname;
    const statusFor = async (headers: readonly string[]): Promise<string> => (await sendRaw(port, [wire(`GET ${path}`, headers)])).slice(9, 12);
    expect(await statusFor([`Host: ${host}`])).toBe('200');
    expect(await statusFor([`Host: evil.example:${port}`])).toBe('421');
    // The client @great-detail/whatsapp names Meta's media host, wherever the file is; no browser could, without the port.
    expect(await statusFor(['Host: lookaside.fbsbx.com'])).toBe('200');
    expect(await statusFor([`Host: lookaside.fbsbx.com:${port}`])).toBe('421');
    expect(await statusFor(['Host: lookaside.fbsbx.com', `Host: ${host}`])).toBe('421');
    expect(await statusFor(['Host: lookaside.fbsbx.com', 'Origin: https://lookaside.fbsbx.com'])).toBe('403');
    expect((await sendRaw(port, [wire('GET /graph/c-main/me', ['Host: lookaside.fbsbx.com', `Authorization: Bearer ${KEY}`])])).slice(9, 12)).toBe('421');
  });

  it('ranges and conditions pass, and so does their answer; the caller’s key and cookies do not', async () => {
    const seen: (readonly string[])[] = [];
    const { address } = await ticketFor(
      (base) => `${base}/file?hash=a%2Fb&x=1`,
      (request, response) => {
        seen.push([request.url ?? '', ...request.rawHeaders]);
        response.writeHead(206, { 'content-type': 'image/png', 'content-range': 'bytes 2-3/9', 'content-length': '2', 'accept-ranges': 'bytes', 'set-cookie': 'a=b' });
        response.end('cd');
      },
    );
    const answer = await call(address, { headers: { ...bearer(), range: 'bytes=2-3', 'if-none-match': '"1"', cookie: 'a=b', 'x-api-key': KEY, 'x-note': 'any', 'accept-language': KEY, accept: 'image/png', 'user-agent': `bot ${KEY}` } });
    expect([answer.status, answer.text, answer.headers.get('content-range'), answer.headers.get('set-cookie')]).toEqual([206, 'cd', 'bytes 2-3/9', null]);
    const [url, ...headers] = seen[0] ?? [];
    expect(headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()).toSorted()).toEqual(['accept', 'accept-encoding', 'authorization', 'connection', 'host', 'if-none-match', 'range']);
    expect(headers.join()).not.toContain(KEY);
    expect([url, valuesOf(headers, 'range'), valuesOf(headers, 'if-none-match'), valuesOf(headers, 'cookie'), valuesOf(headers, 'authorization')]).toEqual(['/file?hash=a%2Fb&x=1', ['bytes=2-3'], ['"1"'], [], [`Bearer ${handedToken().token}`]]);
  });

  it('a text file comes without our token in it, and so does an error', async () => {
    const { token } = handedToken();
    let status = 200;
    const { address } = await ticketFor(
      (base) => `${base}/file`,
      (_request, response) => void response.writeHead(status, { 'content-type': 'text/plain' }).end(`text ${token}`),
    );
    expect((await call(address)).text).toBe('text [removed]');
    status = 404;
    expect((await call(address)).text).toBe('text [removed]');
  });

  it('a redirect is not followed, not even by Meta', async () => {
    const elsewhere = await recorder();
    const { address } = await ticketFor(
      (base) => `${base}/file`,
      (_request, response) => void response.writeHead(302, { location: elsewhere.url }).end(),
    );
    const answer = await call(address);
    expect([answer.status, errorOf(answer)['evertoken_code'], elsewhere.seen]).toEqual([502, 'meta-redirected', []]);
  });

  it.each([
    ['another port of this computer', 'http://127.0.0.1:1/file'],
    ['one of Meta’s, while Meta is a trial on this computer', 'https://lookaside.fbsbx.com/file'],
    ['anybody’s', 'https://evil.example/file'],
    ['that of the Graph API itself, under /oauth', 'own/oauth/access_token?grant_type=fb_exchange_token'],
    ['the same, escaped', 'own/v26.0/%6Fauth/access_token'],
  ])('an address elsewhere gets no ticket: %s', async (_name, url) => {
    const { address } = await ticketFor(
      (base) => url.replace('own', base),
      () => undefined,
    );
    expect(address).not.toContain('/media/');
  });
});

describe('the hosts that media are fetched from', () => {
  const fits = createMediaHosts('https://graph.facebook.com', false);

  it.each(['https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1', 'https://scontent.xx.fbcdn.net/v/a.jpg', 'https://mmg.whatsapp.net/d/f', 'https://media.whatsapp.com/x', 'https://facebook.com/x'])('%s', (url) => {
    expect(fits(url)).toBe(true);
  });

  it.each([
    'http://lookaside.fbsbx.com/x', 'https://lookaside.fbsbx.com:8443/x', 'https://user@lookaside.fbsbx.com/x', 'https://lookaside.fbsbx.com.evil.example/x', 'https://evilfbsbx.com/x',
    'https://graph.facebook.com/x', 'https://graph.facebook.com/v26.0/oauth/access_token', 'https://graph-video.facebook.com/x', 'https://b-graph.facebook.com/x', 'https://graph.whatsapp.com/x', 'https://api.facebook.com/x',
    'https://facebook.com/oauth/access_token', 'https://www.facebook.com/v26.0/dialog/oauth?x', 'https://www.facebook.com/dialog/%6fauth', 'https://evil.example/?lookaside.fbsbx.com', 'https://evil.example\\@lookaside.fbsbx.com/x', 'https://127.0.0.1/x', 'file:///etc/passwd', 'nonsense', '',
  ])('not %s', (url) => {
    expect(fits(url)).toBe(false);
  });
});

describe('tickets', () => {
  it('are bounded in number, the oldest going first', () => {
    let now = 0;
    const tickets = createMediaTickets({ now: () => 0, monotonic: () => now }, 100, 3, 3);
    const ids = ['a', 'b', 'c', 'd'].map((url) => tickets.issue({ url, connection: 'c', consumerDigest: null }));
    expect(ids.map((id) => tickets.find(id)?.url)).toEqual([undefined, 'b', 'c', 'd']);
    now = 100;
    expect(ids.map((id) => tickets.find(id))).toEqual([null, null, null, null]);
  });

  it('are bounded for each key, so that one cannot take the others’ away', () => {
    const tickets = createMediaTickets({ now: () => 0, monotonic: () => 0 }, 100, 10, 2);
    const issue = (url: string, consumerDigest: string | null): string => tickets.issue({ url, connection: 'c', consumerDigest });
    const ids = [issue('a', 'one'), issue('b', null), ...['c', 'd', 'e'].map((url) => issue(url, 'one')), issue('f', null)];
    expect(ids.map((id) => tickets.find(id)?.url)).toEqual([undefined, 'b', undefined, 'd', 'e', 'f']);
  });
});
