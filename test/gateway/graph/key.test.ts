import { describe, expect, it } from 'vitest';
import { SHOP } from '../../../src-main/practice/shop.ts';
import { handedToken } from '../../fakes/keeper.ts';
import { KEY, OTHER_KEY, OWNER_KEY, TEXT, bearer, call, consumer, errorOf, openGraph, openShopGraph, recorder, sendText, valuesOf } from './house.ts';
import type { Seen } from './house.ts';

const everything = ({ url, headers, body }: Seen): string => `${url}\n${headers.join('\n')}\n${body.toString('latin1')}`;
const TOKEN = handedToken().token;

async function passing(proof: string | null = null) {
  const { url, seen } = await recorder();
  const graph = await openGraph({ graphUrl: url, answers: { accessToken: async () => handedToken({ proof }) } });
  return { ...graph, seen, base: `${graph.url}/graph/c-main/v26.0` };
}

describe('where the key may stand', () => {
  it('in the header: Meta gets the token and the proof instead, and counts one message', async () => {
    const { meta, url, counted } = await openShopGraph();
    const answer = await sendText(url);
    expect([answer.status, meta.world.sent().length]).toEqual([200, 1]);
    expect(meta.journal.entries()[0]).toMatchObject({ endpoint: 'messages', signedBy: 'token', token: 't1', proof: 'right', version: 'v26.0' });
    expect(counted).toEqual([['called', 'id-cons', 'c-main', expect.stringContaining('…')]]);
  });

  it.each([
    ['Bearer', `Bearer ${KEY}`],
    ['OAuth', `OAuth ${KEY}`],
    ['whatever case', `bEARER   ${KEY}`],
  ])('in the header: %s', async (_name, authorization) => {
    const { base, seen } = await passing();
    expect((await call(`${base}/me`, { headers: { authorization } })).status).toBe(200);
    expect(valuesOf(seen[0]?.headers ?? [], 'authorization')).toEqual([`Bearer ${TOKEN}`]);
  });

  it.each([
    ['alone', `access_token=${KEY}`, ''],
    ['among others, which stay as they are', `fields=a%2Cb%20c&access_token=${KEY}&x=%C3%A9&y`, 'fields=a%2Cb%20c&x=%C3%A9&y'],
    ['with an escaped name', `a=1&access%5Ftoken=${KEY}`, 'a=1'],
    ['with an escaped key', `access_token=%65vk_${KEY.slice(4)}&a=1`, 'a=1'],
    ['twice', `access_token=${KEY}&a=1&access_token=${KEY}`, 'a=1'],
    ['in a spelling that Meta may fold', `access.token=${KEY}&Access_Token[]=${KEY}&a=1`, 'a=1'],
    ['with proofs of the caller’s, which fit no token of ours', `access_token=${KEY}&appsecret_proof=abc&appsecret_time=1&a=1`, 'a=1'],
  ])('in the query: %s', async (_name, query, left) => {
    const { base, seen } = await passing();
    expect((await call(`${base}/me?${query}`)).status).toBe(200);
    expect([seen[0]?.url, valuesOf(seen[0]?.headers ?? [], 'authorization')]).toEqual([`/v26.0/me${left === '' ? '' : `?${left}`}`, [`Bearer ${TOKEN}`]]);
  });

  it.each([
    ['first', `access_token=${KEY}&to=1&text=a+b%26c`, 'to=1&text=a+b%26c'],
    ['last', `to=1&text=a+b%26c&access_token=${KEY}`, 'to=1&text=a+b%26c'],
    ['alone', `access_token=${KEY}`, ''],
    ['with proofs', `to=1&appsecret_proof=x&access_token=${KEY}&appsecret_time=2`, 'to=1'],
  ])('in a form: %s', async (_name, form, left) => {
    const { base, seen } = await passing();
    const answer = await call(`${base}/1/messages`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' }, body: form });
    expect(answer.status).toBe(200);
    expect([seen[0]?.body.toString(), valuesOf(seen[0]?.headers ?? [], 'content-length')]).toEqual([left, [String(left.length)]]);
  });

  it('in a multipart form: the part is cut out, the rest is the same to the byte', async () => {
    const { base, seen } = await passing();
    const file = Buffer.from(Array.from({ length: 5_000 }, (_, index) => index % 256));
    const part = (name: string, more: string, value: Buffer | string): Buffer => Buffer.concat([Buffer.from(`--b0undary\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`), Buffer.from(value), Buffer.from('\r\n')]);
    const product = part('messaging_product', '', 'whatsapp');
    const upload = part('file', '; filename="a.bin"\r\nContent-Type: application/octet-stream', file);
    const end = Buffer.from('--b0undary--\r\n');
    const sent = Buffer.concat([product, part('access_token', '', KEY), part('appsecret_proof', '', 'abc'), upload, end]);
    const answer = await call(`${base}/1/media`, { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=b0undary' }, body: sent });
    expect(answer.status).toBe(200);
    expect(seen[0]?.body.equals(Buffer.concat([product, upload, end]))).toBe(true);
    expect(seen[0]?.body.length).toBe(Number(valuesOf(seen[0]?.headers ?? [], 'content-length')[0]));
  });

  it('in two places at once: out of both', async () => {
    const { base, seen } = await passing();
    const answer = await call(`${base}/1/messages?access_token=${KEY}`, { method: 'POST', headers: { ...bearer(), 'content-type': 'application/x-www-form-urlencoded' }, body: `a=1&access_token=${KEY}` });
    expect([answer.status, seen[0]?.url, seen[0]?.body.toString()]).toEqual([200, '/v26.0/1/messages', 'a=1']);
    expect(everything(seen[0] ?? { method: '', url: '', headers: [], body: Buffer.alloc(0) })).not.toContain(KEY);
  });

  it('the owner’s own key opens it too, and counts for nobody', async () => {
    const { base, counted } = await passing();
    expect((await call(`${base}/me`, { headers: bearer(OWNER_KEY) })).status).toBe(200);
    expect(counted).toEqual([]);
  });

  it('a client that asks about its own token asks about ours', async () => {
    const { base, seen } = await passing('our-proof');
    await call(`${base}/debug_token?input_token=${KEY}&access_token=${KEY}`);
    await call(`${base}/debug_token?input_token=someone-elses`, { headers: bearer() });
    await call(`${base}/debug_token`, { method: 'POST', headers: { ...bearer(), 'content-type': 'application/x-www-form-urlencoded' }, body: `a=1&input_token=${KEY}` });
    expect(seen.map(({ url, body }) => [url, body.toString()])).toEqual([
      [`/v26.0/debug_token?input_token=${TOKEN}&appsecret_proof=our-proof`, ''],
      ['/v26.0/debug_token?input_token=someone-elses&appsecret_proof=our-proof', ''],
      ['/v26.0/debug_token?appsecret_proof=our-proof', `input_token=${TOKEN}&a=1`],
    ]);
  });
});

describe('who is not let in', () => {
  it.each([
    ['no key at all', {}, 401, 190, 'key-not-found'],
    ['another scheme', { headers: { authorization: `Basic ${KEY}` } }, 401, 190, 'key-not-found'],
    ['an empty key', { headers: { authorization: 'Bearer ' } }, 401, 190, 'key-not-found'],
    ['a wrong key', { headers: bearer(`${KEY}x`) }, 401, 190, 'key-wrong'],
    ['a key that only begins right', { headers: bearer(KEY.slice(0, -1)) }, 401, 190, 'key-wrong'],
    ['JSON with the key in it', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ access_token: KEY }) }, 401, 190, 'key-not-found'],
    ['a form without a key', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' }, 401, 190, 'key-not-found'],
    ['a wrong key in a form', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'access_token=EAATestNotAKey0000000' }, 401, 190, 'key-wrong'],
  ])('%s', async (_name, init, status, code, name) => {
    const { base, seen, lines, counted } = await passing();
    const answer = await call(`${base}/me`, init);
    expect([answer.status, errorOf(answer)['code'], errorOf(answer)['evertoken_code'], errorOf(answer)['is_transient']]).toEqual([status, code, name, false]);
    expect(errorOf(answer)).toMatchObject({ type: 'EvertokenError', fbtrace_id: '', error_data: { details: errorOf(answer)['message'] } });
    expect([answer.headers.get('cache-control'), answer.headers.get('www-authenticate')]).toEqual(['no-store', 'Bearer']);
    expect([seen, counted, lines.filter(({ event }) => event === 'gateway.refused').map(({ facts }) => facts['reason'])]).toEqual([[], [], [name]]);
    expect(JSON.stringify(lines) + answer.text).not.toContain(KEY.slice(0, 30));
  });

  it.each([
    ['header and query', (base: string) => call(`${base}/me?access_token=${OTHER_KEY}`, { headers: bearer() })],
    ['query twice', (base: string) => call(`${base}/me?access_token=${KEY}&access_token=${OTHER_KEY}`)],
    ['header and form', (base: string) => call(`${base}/me`, { method: 'POST', headers: { ...bearer(), 'content-type': 'application/x-www-form-urlencoded' }, body: `access_token=${OTHER_KEY}` })],
  ])('two different keys: %s', async (_name, ask) => {
    const { base, seen } = await passing();
    const answer = await ask(base);
    expect([answer.status, errorOf(answer)['evertoken_code'], seen]).toEqual([401, 'two-keys', []]);
  });

  it.each([
    ['in another parameter', (base: string) => call(`${base}/me?note=${KEY}`, { headers: bearer() })],
    ['in another parameter, escaped', (base: string) => call(`${base}/me?note=a%65vk_${KEY.slice(4)}`, { headers: bearer() })],
    ['in the path', (base: string) => call(`${base}/${KEY}`, { headers: bearer() })],
    ['in a JSON body', (base: string) => call(`${base}/me`, { method: 'POST', headers: { ...bearer(), 'content-type': 'application/json' }, body: JSON.stringify({ access_token: KEY }) })],
    ['in another field of a form', (base: string) => call(`${base}/me`, { method: 'POST', headers: { ...bearer(), 'content-type': 'application/x-www-form-urlencoded' }, body: `a=${KEY.replace('_', '%5F')}` })],
  ])('the key where it cannot be taken out: %s', async (_name, ask) => {
    const { base, seen } = await passing();
    const answer = await ask(base);
    expect([answer.status, errorOf(answer)['evertoken_code'], seen]).toEqual([400, 'key-elsewhere', []]);
  });

  it('the key in a header of another name does not reach Meta', async () => {
    const { base, seen } = await passing();
    await call(`${base}/me`, { headers: { ...bearer(), 'x-api-key': KEY, 'x-note': 'kept' } });
    expect([valuesOf(seen[0]?.headers ?? [], 'x-api-key'), valuesOf(seen[0]?.headers ?? [], 'x-note')]).toEqual([[], ['kept']]);
  });

  it('a key without the right, and one for another connection: 403 in Meta’s shape', async () => {
    const { url } = await recorder();
    const graph = await openGraph({ graphUrl: url, consumers: [consumer(KEY, { rights: ['status'] }), consumer(OTHER_KEY, { connections: ['c-other'] })] });
    for (const key of [KEY, OTHER_KEY]) {
      const answer = await call(`${graph.url}/graph/c-main/me`, { headers: bearer(key) });
      expect([answer.status, errorOf(answer)['code'], errorOf(answer)['evertoken_code']]).toEqual([403, 10, 'key-not-allowed']);
    }
  });

  it('nothing is said about connections before the key is known', async () => {
    const { url } = await passing();
    const known = await call(`${url}/graph/c-main/me`, { headers: bearer('wrong') });
    const unknown = await call(`${url}/graph/nobody/me`, { headers: bearer('wrong') });
    expect(unknown.text).toBe(known.text);
    const told = await call(`${url}/graph/nobody/me`, { headers: bearer() });
    expect([told.status, errorOf(told)['code'], errorOf(told)['evertoken_code']]).toEqual([404, 803, 'no-such-connection']);
  });
});

describe('the address', () => {
  it('takes the connection by id or label, and puts the version in where it is missing', async () => {
    const { meta, url } = await openShopGraph();
    for (const path of [`/graph/c-main/v26.0/${SHOP.phoneNumberId}`, `/graph/Shop/${SHOP.phoneNumberId}`, `/graph/shop/v25.0/${SHOP.phoneNumberId}`]) {
      expect((await call(`${url}${path}`, { headers: bearer() })).status).toBe(200);
    }
    expect(meta.journal.entries().map(({ version }) => version)).toEqual(['v26.0', 'v26.0', 'v25.0']);
  });

  it('a Graph address with a path of its own keeps it', async () => {
    const { url, seen } = await recorder();
    const graph = await openGraph({ graphUrl: `${url}/trial/graph` });
    await call(`${graph.url}/graph/c-main/1?a=1`, { headers: bearer() });
    expect(seen[0]?.url).toBe('/trial/graph/v26.0/1?a=1');
  });

  it('passes every method on that Node takes', async () => {
    const { base, seen } = await passing();
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'SEARCH', 'PURGE'];
    for (const method of methods) expect((await call(`${base}/me`, { method, headers: bearer(), ...(method === 'GET' ? {} : { body: 'x' }) })).status).toBe(200);
    expect(seen.map((one) => one.method)).toEqual(methods);
    expect(seen.slice(1).map(({ body }) => body.toString())).toEqual(methods.slice(1).map(() => 'x'));
    const head = await call(`${base}/me`, { method: 'HEAD', headers: bearer() });
    expect([head.status, head.text, seen.at(-1)?.method]).toEqual([200, '', 'HEAD']);
  });

  it('a body comes through byte for byte, whatever its type', async () => {
    const { base, seen } = await passing();
    await call(`${base}/1/messages`, { method: 'POST', headers: { ...bearer(), 'content-type': 'application/json' }, body: TEXT });
    expect(seen[0]?.body.toString()).toBe(TEXT);
  });
});
