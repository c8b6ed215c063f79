import { describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../../src-main/contract/content-security-policy.ts';
import { openPageHouse } from './page-house.ts';

const PAGE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

describe('the files of the page', () => {
  it('are sent with every header that confines them, the page never to be kept, the rest for ever', async () => {
    const { ask } = await openPageHouse();
    const page = await ask('/');
    expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>Evertoken</title>', headers: { ...PAGE_HEADERS, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } });
    expect(page.headers['permissions-policy']).toContain('camera=()');
    const script = await ask('/assets/index-abc12345.js');
    expect(script).toMatchObject({ status: 200, body: 'export {};', headers: { ...PAGE_HEADERS, 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' } });
    for (const { headers } of [page, script]) expect(Object.keys(headers).filter((name) => name === 'set-cookie' || name.startsWith('access-control'))).toEqual([]);
  });

  it.each(['/assets/other.js', '/assets/../index.html', '/assets/%2e%2e/index.html', '/assets/', '/assets//index-abc12345.js'])('%s is none of them', async (path) => {
    const { ask } = await openPageHouse();
    expect(await ask(path)).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('take no parameter and no other method', async () => {
    const { ask } = await openPageHouse();
    expect(await ask('/?open=x')).toMatchObject({ status: 400, code: 'unknown-parameter' });
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) expect(await ask('/', { method }), method).toMatchObject({ status: 405, code: 'method-not-allowed', headers: { allow: 'GET' } });
  });

  it('leave every other address to the rest of the server', async () => {
    const { section } = await openPageHouse();
    expect(['/admin/token-status', '/healthz', '/graph/x', '/v1/connections/x/token', '/sessions', '/windows', '//', '/index.html'].filter((path) => section.takes(path))).toEqual([]);
  });
});

const NOT_TYPED: readonly (readonly [what: string, headers: readonly (readonly [string, string])[]])[] = [
  ['a link on a page elsewhere', [['Sec-Fetch-Site', 'cross-site'], ['Sec-Fetch-Mode', 'navigate'], ['Sec-Fetch-Dest', 'document']]],
  ['a page on another port of this computer', [['Sec-Fetch-Site', 'same-site']]],
  ['a frame', [['Sec-Fetch-Site', 'same-origin'], ['Sec-Fetch-Mode', 'navigate'], ['Sec-Fetch-Dest', 'iframe']]],
  ['a fetch', [['Sec-Fetch-Site', 'same-origin'], ['Sec-Fetch-Mode', 'cors'], ['Sec-Fetch-Dest', 'empty']]],
  ['a site told twice', [['Sec-Fetch-Site', 'none'], ['Sec-Fetch-Site', 'cross-site']]],
  ['an origin', [['Origin', 'null']]],
];

describe('the page itself', () => {
  it.each(NOT_TYPED)('is not shown to %s', async (_what, headers) => {
    const { ask, refusals } = await openPageHouse();
    expect(await ask('/', { headers })).toMatchObject({ status: 403, code: 'from-another-page' });
    expect(refusals.map(({ code }) => code)).toEqual(['from-another-page']);
  });

  it.each(['none', 'same-origin'])('is shown to a navigation from %s', async (site) => {
    const { ask } = await openPageHouse();
    expect((await ask('/', { headers: [['Sec-Fetch-Site', site], ['Sec-Fetch-Mode', 'navigate'], ['Sec-Fetch-Dest', 'document']] })).status).toBe(200);
  });

  it('is shown under its own names alone', async () => {
    const { ask, port } = await openPageHouse();
    for (const host of [`localhost:${port}`, 'keeper.example']) expect((await ask('/', { headers: [['Host', host]] })).status, host).toBe(200);
    for (const host of ['evil.example', `evil.example:${port}`, `127.0.0.1:${port + 1}`, 'localhost']) expect((await ask('/', { headers: [['Host', host]] })).code, host).toBe('wrong-host');
  });

  it.each(['none', 'same-site', 'cross-site'])('has files that are not given to %s', async (site) => {
    const { ask } = await openPageHouse();
    expect(await ask('/assets/index-abc12345.js', { headers: [['Sec-Fetch-Site', site]] })).toMatchObject({ status: 403, code: 'not-from-our-page' });
  });
});
