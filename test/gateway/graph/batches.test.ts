import { describe, expect, it } from 'vitest';
import { KEY, bearer, call, errorOf, openGraph, recorder } from './house.ts';

const BATCH = JSON.stringify([{ method: 'GET', relative_url: 'oauth/access_token?grant_type=fb_exchange_token' }]);
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };
const MULTIPART = { 'content-type': 'multipart/form-data; boundary=b' };
type Init = Omit<RequestInit, 'headers' | 'body'> & { readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Buffer };
const part = (disposition: string, value: string): string => `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${value}\r\n`;
const FILE = part('name="file"; filename="a"', 'x'.repeat(1_200_000));

async function passing() {
  const { url, seen } = await recorder();
  const graph = await openGraph({ graphUrl: url });
  return { ...graph, seen, base: `${graph.url}/graph/c-main/v26.0` };
}

describe('a batch is refused at any path', () => {
  it.each<readonly [string, string, Init]>([
    ['in the address', `/me?batch=${encodeURIComponent(BATCH)}`, { method: 'POST' }],
    ['in the address of a GET', `/me?method=post&b%61tch=${encodeURIComponent(BATCH)}`, {}],
    ['in a form', '/1/messages', { method: 'POST', headers: FORM, body: `a=1&batch=${encodeURIComponent(BATCH)}` }],
    ['in a form, item by item', '/1/messages', { method: 'POST', headers: FORM, body: 'Batch%5B0%5D%5Brelative_url%5D=oauth' }],
    ['in a multipart form', '/1/media', { method: 'POST', headers: MULTIPART, body: `${part('name="batch"', BATCH)}--b--\r\n` }],
    ['in a multipart form without an end', '/1/media', { method: 'POST', headers: MULTIPART, body: part('name=batch', BATCH) }],
    ['before a large file', '/1/media', { method: 'POST', headers: MULTIPART, body: `${part('name="batch"', BATCH)}${FILE}--b--\r\n` }],
    ['behind a large file', '/1/media', { method: 'POST', headers: MULTIPART, body: `${FILE}${part('name="Batch[0]"', BATCH)}--b--\r\n` }],
    ['in JSON', '/me', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ a: { b: 1 }, batch: BATCH }) }],
    ['in JSON, escaped', '/me', { method: 'POST', headers: JSON_TYPE, body: `{"b\\u0061tch":${BATCH}}` }],
    ['in JSON behind a byte order mark', '/me', { method: 'POST', headers: JSON_TYPE, body: `\u{FEFF}{"batch":${BATCH}}` }],
    ['in what is nearly JSON', '/me', { method: 'POST', headers: JSON_TYPE, body: `{"batch":${BATCH},}` }],
    ['in JSON of two bytes a letter', '/me', { method: 'POST', headers: JSON_TYPE, body: Buffer.from(`{"batch":${BATCH}}`, 'utf16le') }],
    ['in JSON that says it is text', '/me', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: `{"batch":${BATCH}}` }],
    ['by DELETE', '/me', { method: 'DELETE', headers: FORM, body: `batch=${BATCH}` }],
  ])('%s', async (_name, path, init) => {
    const { base, seen } = await passing();
    const answer = await call(`${base}${path}`, { ...init, headers: { ...init.headers, ...bearer() } });
    expect([answer.status, errorOf(answer)['evertoken_code'], errorOf(answer)['code'], seen]).toEqual([403, 'no-batches', 10, []]);
  });

  it.each<readonly [string, { readonly headers: Readonly<Record<string, string>>; readonly body: string }]>([
    ['a message about one', { headers: JSON_TYPE, body: JSON.stringify({ text: { body: '"batch": the batch=1 is ready \\u0062', batch: 1 } }) }],
    ['a field about one', { headers: FORM, body: 'text=batch&batches=1' }],
    ['a file that holds one', { headers: MULTIPART, body: `${part('name="file"; filename="batch"', part('name=batch', BATCH).replaceAll('--b', '--c'))}${FILE}--b--\r\n` }],
  ])('%s is none', async (_name, init) => {
    const { base, seen } = await passing();
    expect([(await call(`${base}/1/messages`, { method: 'POST', ...init, headers: { ...init.headers, ...bearer() } })).status, seen.map(({ body }) => body.toString())]).toEqual([200, [init.body]]);
  });

  it('also with the key in the form', async () => {
    const { base, seen } = await passing();
    const answer = await call(`${base}/1/messages`, { method: 'POST', headers: FORM, body: `access_token=${KEY}&batch=x` });
    expect([errorOf(answer)['evertoken_code'], seen]).toEqual(['no-batches', []]);
  });

  it.each([
    ['JSON', JSON_TYPE, `{"a":"${'x'.repeat(1024 * 1024)}","batch":[]}`],
    ['a form', FORM, `a=${'x'.repeat(1024 * 1024)}&batch=x`],
  ])('%s that is too long to be looked through is not passed on', async (_name, headers, body) => {
    const { base, seen } = await passing();
    const answer = await call(`${base}/me`, { method: 'POST', headers: { ...headers, ...bearer() }, body });
    const chunked = await call(`${base}/me`, { method: 'POST', headers: { ...headers, ...bearer() }, body: new Blob([body]).stream(), duplex: 'half' });
    for (const one of [answer, chunked]) expect([one.status, errorOf(one)['evertoken_code'], seen]).toEqual([413, 'body-too-large', []]);
  });

  it('a form of very many fields holds nobody up', async () => {
    const { base, seen } = await passing();
    const answer = await call(`${base}/me`, { method: 'POST', headers: { ...FORM, ...bearer() }, body: '%41=+&'.repeat(170_000) });
    expect([answer.status, errorOf(answer)['evertoken_code'], seen]).toEqual([400, 'too-many-fields', []]);
  });
});
