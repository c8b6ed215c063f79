import { describe, expect, it } from 'vitest';
import { KEY, OTHER_KEY, OWNER_KEY, bearer, call, errorOf, openGraph, recorder } from './house.ts';

const percent = (key: string): string => key.split('').map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join('');
const unicode = (key: string): string => key.split('').map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };

type Init = Omit<RequestInit, 'headers' | 'body'> & { readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Buffer };

async function passing() {
  const { url, seen } = await recorder();
  const graph = await openGraph({ graphUrl: url });
  return { ...graph, seen, base: `${graph.url}/graph/c-main/v26.0` };
}

describe('a key in an odd spelling does not reach Meta', () => {
  it.each<readonly [string, string, Init]>([
    ['beside a broken escape', `?bad=%zz&x=${percent(KEY)}`, {}],
    ['escaped twice', `?x=${percent(KEY).replaceAll('%', '%25')}`, {}],
    ['somebody else’s', `?x=${OTHER_KEY}`, {}],
    ['somebody else’s, escaped', `?x=${percent(OTHER_KEY)}`, {}],
    ['somebody else’s in the path', `/${OTHER_KEY}`, {}],
    ['in JSON, escaped', '', { method: 'POST', headers: JSON_TYPE, body: `{"access_token":"${unicode(KEY)}"}` }],
    ['in JSON of two bytes a letter', '', { method: 'POST', headers: JSON_TYPE, body: Buffer.from(JSON.stringify({ a: KEY }), 'utf16le') }],
    ['in an address in JSON', '', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ a: `https://x/?y=${percent(OTHER_KEY)}` }) }],
    ['somebody else’s in JSON', '', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ a: OTHER_KEY }) }],
    ['in a form beside a broken escape', '', { method: 'POST', headers: FORM, body: `a=%zz&b=${percent(KEY)}` }],
    ['somebody else’s in a form', '', { method: 'POST', headers: FORM, body: `a=${OTHER_KEY}` }],
    ['somebody else’s in a file', '', { method: 'POST', headers: { 'content-type': 'image/png' }, body: `\0${OTHER_KEY}` }],
    ['somebody else’s in a large file', '', { method: 'POST', headers: { 'content-type': 'image/png' }, body: 'x'.repeat(2_000_000) + OTHER_KEY + 'x'.repeat(2_000_000) }],
  ])('%s', async (_name, path, init) => {
    const { base, seen } = await passing();
    const answer = await call(`${base}/me${path}`, { ...init, headers: { ...init.headers, ...bearer() } });
    expect([answer.status, errorOf(answer)['evertoken_code'], seen]).toEqual([400, 'key-elsewhere', []]);
  });

  it('in a header: the header is left out', async () => {
    const { base, seen } = await passing();
    await call(`${base}/me`, { headers: { ...bearer(), 'x-a': percent(KEY), 'x-b': OTHER_KEY, 'x-c': `a ${percent(OTHER_KEY).replaceAll('%', '%25')}`, 'x-kept': `100%25 ${KEY.slice(0, 30)}` } });
    const names = (seen[0]?.headers ?? []).filter((name, index) => index % 2 === 0 && name.startsWith('x-'));
    expect(names).toEqual(['x-kept']);
  });

  it('the owner’s, which has no beginning of its own', async () => {
    const { base, seen } = await passing();
    const answer = await call(`${base}/me?bad=%zz&x=${percent(OWNER_KEY)}`, { headers: bearer(OWNER_KEY) });
    expect([errorOf(answer)['evertoken_code'], seen]).toEqual(['key-elsewhere', []]);
  });

  it('what only resembles one passes', async () => {
    const { base, seen } = await passing();
    const body = JSON.stringify({ a: 'evk_too-short', b: '100 % sure \\u0065' });
    expect((await call(`${base}/me?x=evk_%zz%25`, { method: 'POST', headers: { ...JSON_TYPE, ...bearer() }, body })).status).toBe(200);
    expect(seen.map((one) => [one.url, one.body.toString()])).toEqual([['/v26.0/me?x=evk_%zz%25', body]]);
  });

  it('split between the pieces of a stream', async () => {
    const { base, seen } = await passing();
    const whole = Buffer.concat([Buffer.alloc(1_200_000, 120), Buffer.from(OTHER_KEY), Buffer.alloc(1_000, 120)]);
    const cut = 1_200_000 + 20;
    const pieces = [whole.subarray(0, cut), whole.subarray(cut)];
    const body = new ReadableStream({
      async pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) return controller.close();
        controller.enqueue(piece);
        await new Promise((resolve) => setTimeout(resolve, 50));
      },
    });
    const answer = await call(`${base}/me`, { method: 'POST', headers: { 'content-type': 'image/png', ...bearer() }, body, duplex: 'half' });
    expect([answer.status, errorOf(answer)['evertoken_code'], seen]).toEqual([400, 'key-elsewhere', []]);
  });
});
