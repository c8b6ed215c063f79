import { describe, expect, it } from 'vitest';
import { handedToken } from '../../fakes/keeper.ts';
import { KEY, OTHER_KEY, bearer, call, errorOf, openGraph, recorder, sendRaw, valuesOf, wire } from './house.ts';

const auth = `Authorization: Bearer ${KEY}`;

function wireOf(line: string, headers: readonly string[] = [], body = ''): (host: string) => string {
  return (host) => wire(line, [`Host: ${host}`, auth, ...headers], body);
}

/** name, request as it goes over the wire, status, `evertoken_code`. */
const attacks: readonly (readonly [string, (host: string, port: number) => string, number, string])[] = [
  ['no Host', () => wire('GET /graph/c-main/me', [auth]), 421, 'wrong-host'],
  ['an empty Host', () => wire('GET /graph/c-main/me', ['Host:', auth]), 421, 'wrong-host'],
  ['a rebound Host', (_host, port) => wire('GET /graph/c-main/me', [`Host: evil.example:${port}`, auth]), 421, 'wrong-host'],
  ['two Hosts', (host) => wire('GET /graph/c-main/me', [`Host: ${host}`, 'Host: evil.example', auth]), 421, 'wrong-host'],
  ['two equal Hosts', (host) => wire('GET /graph/c-main/me', [`Host: ${host}`, `Host: ${host}`, auth]), 421, 'wrong-host'],
  ['an Origin', (host) => wire('POST /graph/c-main/me', [`Host: ${host}`, auth, 'Origin: https://evil.example']), 403, 'from-a-web-page'],
  ['our own Origin', (host) => wire('POST /graph/c-main/me', [`Host: ${host}`, auth, `Origin: http://${host}`]), 403, 'from-a-web-page'],
  ['Sec-Fetch-Site', (host) => wire('GET /graph/c-main/me', [`Host: ${host}`, auth, 'Sec-Fetch-Site: cross-site']), 403, 'from-a-web-page'],
  ['an upgrade', (host) => wire('GET /graph/c-main/me', [`Host: ${host}`, auth, 'Upgrade: websocket']), 400, 'upgrade-refused'],
  ['TRACE', (host) => wire('TRACE /graph/c-main/me', [`Host: ${host}`, auth]), 405, 'method-not-allowed'],
  ['two Authorizations', (host) => wire('GET /graph/c-main/me', [`Host: ${host}`, auth, auth]), 401, 'key-not-found'],
  ['two Authorizations that differ', (host) => wire('GET /graph/c-main/me', [`Host: ${host}`, auth, `Authorization: Bearer ${OTHER_KEY}`]), 401, 'key-not-found'],
  ...[
    '/graph/c-main/../admin', '/graph/c-main/v26.0/..', '/graph/c-main/./me', '/graph/..', '/graph/c-main/v26.0/me/.', '/graph/c-main//me', '/graph//me', '/graph/c-main/me/', '/graph/',
    '/graph/c-main/@evil.example/me', '/graph/c-main/v26.0@evil.example', '/graph/c-main\\me', '/graph/c-main/%2e%2e/me', '/graph/c-main/a%2fb', '/graph/c-main/%6de', '/graph/c-main/me;x', '/graph/c-main/me%00',
    '/graph/c-main/me%0d%0aX:y', '/graph/c-main/http://evil.example', '/graph/c-main/*', '/media/', '/media/../graph', '/media/a/b', '/media/a%2e',
  ].map((path): readonly [string, (host: string) => string, number, string] => [`the path ${path}`, (host) => wire(`GET ${path}`, [`Host: ${host}`, auth]), 400, 'bad-graph-path']),
  ['a fragment', (host) => wire('GET /graph/c-main/me#x', [`Host: ${host}`, auth]), 400, 'bad-target'],
  ['an address of 9,000 characters', (host) => wire(`GET /graph/c-main/me?a=${'x'.repeat(9_000)}`, [`Host: ${host}`, auth]), 400, 'bad-target'],
  ...['/graph/c-main/oauth/access_token', '/graph/c-main/v26.0/oauth/revoke', '/graph/c-main/v26.0/OAuth/access_token', '/graph/c-main/v26.0/v26.0/oauth/access_token', '/graph/c-main/oauth', '/graph/c-main/v26.0/1/oauth/x', '/graph/c-main/v26.0/oauth.', '/graph/c-main/v26.0/oauth,x/access_token', '/graph/c-main/v26.0/x,oauth/access_token', '/graph/c-main/oauth:x', '/graph/c-main/.../oauth'].map(
    (path): readonly [string, (host: string) => string, number, string] => [`the path ${path}`, (host) => wire(`GET ${path}?grant_type=fb_exchange_token`, [`Host: ${host}`, auth]), 403, 'not-for-clients'],
  ),
  ['ids that lead to it', (host) => wire('GET /graph/c-main?ids=oauth/access_token', [`Host: ${host}`, auth]), 403, 'not-for-clients'],
  ...[
    wireOf('DELETE /graph/c-main/v26.0/me/permissions'),
    wireOf('DELETE /graph/c-main/v26.0/me/Permissions,x'),
    wireOf('DELETE /graph/c-main/permissions?ids=me'),
    wireOf('POST /graph/c-main/me/permissions?method=delete'),
    wireOf('GET /graph/c-main/me/permissions?m%65thod=delete'),
    wireOf('GET /graph/c-main/me/permissions', ['X-HTTP-Method-Override: DELETE']),
    wireOf('GET /graph/c-main/me/permissions', ['X-Method-Override: DELETE']),
    wireOf('GET /graph/c-main/me/permissions', ['X-HTTP-Method: DELETE']),
    wireOf('GET /graph/c-main/me/permissions', ['Content-Length: 13'], 'method=delete'),
  ].map((request): readonly [string, (host: string) => string, number, string] => [`an end of the app’s permissions: ${request('…').slice(0, 60).replaceAll('\r\n', ' ')}`, request, 403, 'not-for-clients']),
  ['a compressed body', (host) => wire('POST /graph/c-main/me', [`Host: ${host}`, auth, 'Content-Encoding: gzip', 'Content-Length: 2'], '{}'), 415, 'body-encoded'],
  ['a thousand fields and one', (host) => wire(`GET /graph/c-main/me?${'a&'.repeat(1_000)}`, [`Host: ${host}`, auth]), 400, 'too-many-fields'],
  ['a batch', (host) => wire('POST /graph/c-main/v26.0', [`Host: ${host}`, auth, 'Content-Type: application/json', 'Content-Length: 2'], '{}'), 403, 'no-batches'],
  ['a batch by GET', (host) => wire('GET /graph/c-main?b%61tch=[]&method=post', [`Host: ${host}`, auth]), 403, 'no-batches'],
];

describe('what the pass-through refuses', () => {
  it('a label with a blank: it says to use the id', async () => {
    const { url } = await recorder();
    const graph = await openGraph({ graphUrl: url });
    const answer = await call(`${graph.url}/graph/Main%20shop/me`, { headers: bearer() });
    expect([errorOf(answer)['evertoken_code'], String(errorOf(answer)['message'])]).toEqual(['bad-graph-path', expect.stringContaining('write its id instead')]);
  });

  it('reading the permissions is no harm', async () => {
    const { url, seen } = await recorder();
    const graph = await openGraph({ graphUrl: url });
    expect((await call(`${graph.url}/graph/c-main/me/permissions?fields=a`, { headers: bearer() })).status).toBe(200);
    expect(seen.map((one) => one.url)).toEqual(['/v26.0/me/permissions?fields=a']);
  });

  it.each(attacks)('%s', async (_name, request, status, code) => {
    const { url, seen } = await recorder();
    const { host, port, lines, calls, counted } = await openGraph({ graphUrl: url });
    const text = await sendRaw(port, [request(host, port)]);
    expect([text.slice(9, 12), /"evertoken_code":"([^"]*)"/.exec(text)?.[1]]).toEqual([String(status), code]);
    expect(text).toMatch(/"type":"EvertokenError","code":\d+/);
    expect([seen, calls, counted]).toEqual([[], [], []]);
    expect(lines.filter(({ event }) => event === 'gateway.refused').map(({ facts }) => facts['reason'])).toEqual([code]);
    expect(JSON.stringify(lines) + text).not.toContain(KEY.slice(0, 30));
    expect(text.toLowerCase()).not.toContain('access-control');
  });

  it.each([
    ['absolute form', (host: string) => wire(`GET http://${host}/graph/c-main/me`, [`Host: ${host}`, auth]), 400],
    ['two slashes', (host: string) => wire('GET //graph/c-main/me', [`Host: ${host}`, auth]), 400],
    ['lengths that differ', (host: string) => wire('POST /graph/c-main/me', [`Host: ${host}`, auth, 'Content-Length: 2', 'Content-Length: 3'], '{}x'), 400],
    ['length and chunks', (host: string) => wire('POST /graph/c-main/me', [`Host: ${host}`, auth, 'Content-Length: 2', 'Transfer-Encoding: chunked'], '0\r\n\r\n'), 400],
    ['chunks under another name', (host: string) => wire('POST /graph/c-main/me', [`Host: ${host}`, auth, 'Transfer-Encoding: chunked, identity'], '0\r\n\r\n'), 400],
    ['chunks twice', (host: string) => wire('POST /graph/c-main/me', [`Host: ${host}`, auth, 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity'], '0\r\n\r\n'), 400],
    ['a length with a sign', (host: string) => wire('POST /graph/c-main/me', [`Host: ${host}`, auth, 'Content-Length: +2'], '{}'), 400],
    ['a folded header', (host: string) => wire('GET /graph/c-main/me', [`Host: ${host}`, auth, 'X-A: b', ' c']), 400],
    ['a space before the colon', (host: string) => wire('GET /graph/c-main/me', [`Host: ${host}`, auth, 'Transfer-Encoding : chunked']), 400],
    ['a bare line feed', (host: string) => wire('GET /graph/c-main/me', [`Host: ${host}`, `${auth}\nX: y`]), 400],
    ['a NUL in a header', (host: string) => wire('GET /graph/c-main/me', [`Host: ${host}`, auth, 'X-A: a\0b']), 400],
    ['an Expect unknown', (host: string) => wire('POST /graph/c-main/me', [`Host: ${host}`, auth, 'Expect: the-impossible']), 417],
    ['headers without end', (host: string) => wire('GET /graph/c-main/me', [`Host: ${host}`, auth, `X-Big: ${'x'.repeat(20_000)}`]), 431],
    ['CONNECT', (host: string) => `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 405],
  ])('is refused before it: %s', async (_name, request, status) => {
    const { url, seen } = await recorder();
    const { host, port } = await openGraph({ graphUrl: url });
    expect([(await sendRaw(port, [request(host)])).slice(9, 12), seen]).toEqual([String(status), []]);
  });

  it('a line break in a query value stays the escape that it is', async () => {
    const { url, seen } = await recorder();
    const graph = await openGraph({ graphUrl: url });
    await call(`${graph.url}/graph/c-main/me?a=1%0d%0aX-Evil:%201%0d%0a&input_token=%0d%0aX-Evil:1`, { headers: bearer() });
    expect([seen[0]?.url, valuesOf(seen[0]?.headers ?? [], 'x-evil')]).toEqual(['/v26.0/me?a=1%0d%0aX-Evil:%201%0d%0a&input_token=%0D%0AX-Evil%3A1', []]);
  });

  it('what belongs to one connection, to the caller’s network or to a session does not reach Meta', async () => {
    const { url, seen } = await recorder();
    const { host, port } = await openGraph({ graphUrl: url });
    const dropped = ['Cookie: a=b', 'Referer: http://x/', 'Forwarded: for=1', 'X-Forwarded-For: 1', 'X-Forwarded-Host: evil', 'Proxy-Authorization: Basic x', 'Proxy-Connection: keep-alive', 'Via: 1.1 x', 'X-Real-IP: 1', 'TE: trailers', 'Keep-Alive: timeout=9', 'X-Hop: 1', 'Accept-Encoding: gzip, br'];
    const text = await sendRaw(port, [`GET /graph/c-main/me HTTP/1.1\r\nHost: ${host}\r\n${auth}\r\n${dropped.join('\r\n')}\r\nX-Kept: é\r\nUser-Agent: bot\r\nConnection: close, X-Hop\r\n\r\n`]);
    expect(text).toMatch(/^HTTP\/1\.1 200/);
    const headers = seen[0]?.headers ?? [];
    const names = headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
    expect(names.toSorted()).toEqual(['accept-encoding', 'authorization', 'connection', 'host', 'user-agent', 'x-kept']);
    expect([valuesOf(headers, 'accept-encoding'), valuesOf(headers, 'host'), valuesOf(headers, 'authorization')]).toEqual([['identity'], [new URL(url).host], [`Bearer ${handedToken().token}`]]);
  });

  it('a second request smuggled behind a body is judged on its own', async () => {
    const { url, seen } = await recorder();
    const { host, port } = await openGraph({ graphUrl: url });
    const first = `POST /graph/c-main/1/messages HTTP/1.1\r\nHost: ${host}\r\n${auth}\r\nContent-Length: 4\r\n\r\nbody`;
    const text = await sendRaw(port, [first + wire('GET /graph/c-main/oauth/revoke', [`Host: ${host}`, auth])]);
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 403']);
    expect(seen.map(({ body }) => body.toString())).toEqual(['body']);
  });

  it('leave to send a body is given to whoever has a key, and to a form that may hold one', async () => {
    const { url, seen } = await recorder();
    const { host, port } = await openGraph({ graphUrl: url });
    const ask = (headers: readonly string[], body: string): Promise<string> => sendRaw(port, [wire('POST /graph/c-main/me', [`Host: ${host}`, 'Expect: 100-continue', `Content-Length: ${body.length}`, ...headers], body)]);
    const statuses = async (headers: readonly string[], body: string): Promise<unknown> => (await ask(headers, body)).match(/HTTP\/1\.1 \d+/g);
    expect(await statuses([auth], 'body')).toEqual(['HTTP/1.1 100', 'HTTP/1.1 200']);
    expect(await statuses([`${auth}x`], 'body')).toEqual(['HTTP/1.1 401']);
    expect(await statuses([], 'body')).toEqual(['HTTP/1.1 401']);
    expect(await statuses(['Content-Type: application/x-www-form-urlencoded'], `access_token=${KEY}`)).toEqual(['HTTP/1.1 100', 'HTTP/1.1 200']);
    expect(seen.every(({ headers }) => valuesOf(headers, 'expect').length === 0)).toBe(true);
  });
});
