import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { handedToken } from '../fakes/keeper.ts';
import { KEY, makeKey, openGateway, request, sendRaw } from './house.ts';

const auth = `Authorization: Bearer ${KEY}`;
type Gate = Awaited<ReturnType<typeof openGateway>>;

/** name, request as it goes over the wire, status, code. */
const attacks: readonly (readonly [string, (gate: Gate) => string, number, string])[] = [
  ['no Host', () => request('GET /admin/token-status', [auth]), 421, 'wrong-host'],
  ['an empty Host', () => request('GET /admin/token-status', ['Host:', auth]), 421, 'wrong-host'],
  ['a rebound Host', ({ port }) => request('GET /admin/token-status', [`Host: evil.example:${port}`, auth]), 421, 'wrong-host'],
  ['the Host without port', () => request('GET /admin/token-status', ['Host: 127.0.0.1', auth]), 421, 'wrong-host'],
  ['the Host of another port', ({ port }) => request('GET /admin/token-status', [`Host: 127.0.0.1:${port + 1}`, auth]), 421, 'wrong-host'],
  ['a Host that only begins right', ({ host }) => request('GET /admin/token-status', [`Host: ${host}.evil.example`, auth]), 421, 'wrong-host'],
  ['IPv6 loopback', ({ port }) => request('GET /admin/token-status', [`Host: [::1]:${port}`, auth]), 421, 'wrong-host'],
  ['two Hosts, right one first', ({ host }) => request('GET /admin/token-status', [`Host: ${host}`, 'Host: evil.example', auth]), 421, 'wrong-host'],
  ['two Hosts, right one last', ({ host }) => request('GET /admin/token-status', ['Host: evil.example', `hOST: ${host}`, auth]), 421, 'wrong-host'],
  ['two equal Hosts', ({ host }) => request('GET /admin/token-status', [`Host: ${host}`, `Host: ${host}`, auth]), 421, 'wrong-host'],
  ['two Hosts behind many headers', ({ host }) => request('GET /admin/token-status', [`Host: ${host}`, ...Array.from({ length: 2_100 }, () => 'a: b'), 'Host: evil.example', auth]), 421, 'wrong-host'],
  ['HTTP/1.0 without Host', () => `GET /admin/token-status HTTP/1.0\r\n${auth}\r\n\r\n`, 421, 'wrong-host'],
  ['health of another Host', () => request('GET /healthz', ['Host: evil.example']), 421, 'wrong-host'],
  ['absolute form', ({ host }) => request(`GET http://${host}/admin/token-status`, [`Host: ${host}`, auth]), 400, 'bad-target'],
  ['absolute form of another host', ({ host }) => request('GET http://evil.example/', [`Host: ${host}`, auth]), 400, 'bad-target'],
  ['absolute form that agrees with a foreign Host', () => request('GET http://evil.example/admin/token-status', ['Host: evil.example', auth]), 400, 'bad-target'],
  ['asterisk form', ({ host }) => request('OPTIONS *', [`Host: ${host}`, auth]), 400, 'bad-target'],
  ['authority form', ({ host }) => `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 405, 'method-not-allowed'],
  ['two slashes', ({ host }) => request('GET //evil.example/admin/token-status', [`Host: ${host}`, auth]), 400, 'bad-path'],
  ['a slash too many', ({ host }) => request('GET /admin//token-status', [`Host: ${host}`, auth]), 400, 'bad-path'],
  ['a slash at the end', ({ host }) => request('GET /admin/token-status/', [`Host: ${host}`, auth]), 400, 'bad-path'],
  ['a step up', ({ host }) => request('GET /healthz/../admin/token-status', [`Host: ${host}`, auth]), 400, 'bad-path'],
  ['an encoded step up', ({ host }) => request('GET /healthz/%2e%2e/admin/token-status', [`Host: ${host}`, auth]), 400, 'bad-path'],
  ['an encoded slash', ({ host }) => request('GET /admin%2ftoken-status', [`Host: ${host}`, auth]), 400, 'bad-path'],
  ['an encoded letter', ({ host }) => request('GET /%61dmin/token-status', [`Host: ${host}`, auth]), 400, 'bad-path'],
  ['a backslash', ({ host }) => request('GET /admin\\token-status', [`Host: ${host}`, auth]), 400, 'bad-path'],
  ['a parameter in the path', ({ host }) => request('GET /admin/token-status;x=1', [`Host: ${host}`, auth]), 400, 'bad-path'],
  ['a fragment', ({ host }) => request('GET /admin/token-status#x', [`Host: ${host}`, auth]), 400, 'bad-target'],
  ['other letter case', ({ host }) => request('GET /Admin/Token-Status', [`Host: ${host}`, auth]), 404, 'not-found'],
  ['a path unknown', ({ host }) => request('GET /admin', [`Host: ${host}`, auth]), 404, 'not-found'],
  ['the root', ({ host }) => request('GET /', [`Host: ${host}`, auth]), 404, 'not-found'],
  ['an Origin', ({ host }) => request('GET /admin/token-status', [`Host: ${host}`, auth, 'Origin: https://evil.example']), 403, 'from-a-web-page'],
  ['our own Origin', ({ host }) => request('GET /admin/token-status', [`Host: ${host}`, auth, `Origin: http://${host}`]), 403, 'from-a-web-page'],
  ['Origin null', ({ host }) => request('GET /healthz', [`Host: ${host}`, 'Origin: null']), 403, 'from-a-web-page'],
  ['an empty Origin', ({ host }) => request('GET /healthz', [`Host: ${host}`, 'Origin:']), 403, 'from-a-web-page'],
  ['a preflight', ({ host }) => request('OPTIONS /admin/refresh-token', [`Host: ${host}`, 'Origin: https://evil.example', 'Access-Control-Request-Method: POST']), 403, 'from-a-web-page'],
  ['Sec-Fetch-Site cross-site', ({ host }) => request('GET /healthz', [`Host: ${host}`, 'Sec-Fetch-Site: cross-site']), 403, 'from-a-web-page'],
  ['Sec-Fetch-Site same-origin', ({ host }) => request('GET /admin/token-status', [`Host: ${host}`, auth, 'Sec-Fetch-Site: same-origin']), 403, 'from-a-web-page'],
  ['Sec-Fetch-Site twice', ({ host }) => request('GET /healthz', [`Host: ${host}`, 'Sec-Fetch-Site: none', 'Sec-Fetch-Site: cross-site']), 403, 'from-a-web-page'],
  ['no key', ({ host }) => request('GET /admin/token-status', [`Host: ${host}`]), 401, 'key-missing'],
  ['another scheme', ({ host }) => request('GET /admin/token-status', [`Host: ${host}`, `Authorization: Basic ${KEY}`]), 401, 'key-missing'],
  ['the bare key', ({ host }) => request('GET /admin/token-status', [`Host: ${host}`, `Authorization: ${KEY}`]), 401, 'key-missing'],
  ['an empty key', ({ host }) => request('GET /admin/token-status', [`Host: ${host}`, 'Authorization: Bearer ']), 401, 'key-missing'],
  ['two keys', ({ host }) => request('GET /admin/token-status', [`Host: ${host}`, auth, auth]), 401, 'key-missing'],
  ['a wrong key', ({ host }) => request('GET /admin/token-status', [`Host: ${host}`, `Authorization: Bearer ${KEY}x`]), 401, 'key-wrong'],
  ['the beginning of the key', ({ host }) => request('GET /admin/token-status', [`Host: ${host}`, `Authorization: Bearer ${KEY.slice(0, -1)}`]), 401, 'key-wrong'],
  ['no key at a path unknown', ({ host }) => request('GET /nothing', [`Host: ${host}`]), 401, 'key-missing'],
  ['a wrong key at a path unknown', ({ host }) => request('GET /nothing', [`Host: ${host}`, 'Authorization: Bearer wrong']), 401, 'key-wrong'],
  ["a key that looks like a bot's", ({ host }) => request('GET /v1/connections/c-main/token', [`Host: ${host}`, `Authorization: Bearer evk_${'A'.repeat(43)}`]), 401, 'key-wrong'],
  ['two keys, wrong one first', ({ host }) => request('GET /v1/connections/c-main/token', [`Host: ${host}`, 'Authorization: Bearer wrong', auth]), 401, 'key-missing'],
  ['two keys, wrong one last', ({ host }) => request('GET /v1/connections/c-main/token', [`Host: ${host}`, auth, 'aUTHORIZATION: Bearer wrong']), 401, 'key-missing'],
  ['two keys in one header', ({ host }) => request('GET /v1/connections/c-main/token', [`Host: ${host}`, `${auth}, Bearer wrong`]), 401, 'key-missing'],
  ['the token of a rebound Host', ({ port }) => request('GET /v1/connections/c-main/token', [`Host: evil.example:${port}`, auth]), 421, 'wrong-host'],
  ['the token for a page', ({ host }) => request('GET /v1/connections/c-main/token', [`Host: ${host}`, auth, 'Sec-Fetch-Site: cross-site']), 403, 'from-a-web-page'],
  ['the token with the key in the address', ({ host }) => request(`GET /v1/connections/c-main/token?access_token=${KEY}`, [`Host: ${host}`]), 401, 'key-missing'],
  ['the token by POST', ({ host }) => request('POST /v1/connections/c-main/token', [`Host: ${host}`, auth]), 405, 'method-not-allowed'],
  ['the token by a step up', ({ host }) => request('GET /v1/connections/c-main/../c-test/token', [`Host: ${host}`, auth]), 400, 'bad-path'],
  ['the token by an encoded step up', ({ host }) => request('GET /v1/connections/%2e%2E/token', [`Host: ${host}`, auth]), 400, 'bad-path'],
  ['the token with an at sign', ({ host }) => request('GET /v1/connections/c-main@evil.example/token', [`Host: ${host}`, auth]), 400, 'bad-path'],
  ['the token of nothing', ({ host }) => request('GET /v1/connections//token', [`Host: ${host}`, auth]), 400, 'bad-path'],
  ['the key in the address', ({ host }) => request(`GET /admin/token-status?access_token=${KEY}`, [`Host: ${host}`]), 401, 'key-missing'],
  ['TRACE', ({ host }) => request('TRACE /admin/token-status', [`Host: ${host}`, auth]), 405, 'method-not-allowed'],
  ['OPTIONS', ({ host }) => request('OPTIONS /admin/token-status', [`Host: ${host}`]), 405, 'method-not-allowed'],
  ['PUT', ({ host }) => request('PUT /admin/token-status', [`Host: ${host}`, auth]), 405, 'method-not-allowed'],
  ['a DELETE of the status', ({ host }) => request('DELETE /admin/token-status', [`Host: ${host}`, auth]), 405, 'method-not-allowed'],
  ['a GET that renews', ({ host }) => request('GET /admin/refresh-token', [`Host: ${host}`, auth]), 405, 'method-not-allowed'],
  ['an upgrade', ({ host }) => request('GET /admin/token-status', [`Host: ${host}`, auth, 'Upgrade: websocket']).replace('Connection: close', 'Connection: Upgrade, close'), 400, 'upgrade-refused'],
  ['an unknown parameter', ({ host }) => request('GET /admin/token-status?x=1', [`Host: ${host}`, auth]), 400, 'unknown-parameter'],
  ['a token in the address', ({ host }) => request('POST /admin/refresh-token?access_token=EAATestInAddress', [`Host: ${host}`, auth]), 400, 'unknown-parameter'],
  ['a parameter twice', ({ host }) => request('POST /admin/refresh-token?connection=c-main&connection=c-test', [`Host: ${host}`, auth]), 400, 'duplicate-parameter'],
  ['a parameter twice, once encoded', ({ host }) => request('POST /admin/refresh-token?connection=c-main&%63onnection=c-test', [`Host: ${host}`, auth]), 400, 'duplicate-parameter'],
  ['half an escape', ({ host }) => request('POST /admin/refresh-token?connection=%4', [`Host: ${host}`, auth]), 400, 'bad-query'],
  ['an escape that is no UTF-8', ({ host }) => request('POST /admin/refresh-token?connection=%ff', [`Host: ${host}`, auth]), 400, 'bad-query'],
  ['an encoded line break', ({ host }) => request('POST /admin/refresh-token?connection=a%0d%0ab', [`Host: ${host}`, auth]), 400, 'bad-query'],
  ['huge headers', ({ host }) => request('GET /healthz', [`Host: ${host}`, `X-Big: ${'x'.repeat(17_000)}`]), 431, 'headers-too-large'],
  ['a huge address', ({ host }) => request(`GET /${'a'.repeat(17_000)}`, [`Host: ${host}`]), 431, 'headers-too-large'],
  ['a header without a colon', ({ host }) => request('GET /healthz', [`Host: ${host}`, 'nonsense']), 400, 'bad-request'],
  ['a space before the colon', ({ host }) => request('GET /healthz', [`Host : ${host}`]), 400, 'bad-request'],
  ['a bare line feed in a header', ({ host }) => request('GET /healthz', [`Host: ${host}\nX: y`]), 400, 'bad-request'],
  ['a bare carriage return in a header', ({ host }) => request('GET /healthz', [`Host: ${host}`, 'X-A: b\rX-B: c']), 400, 'bad-request'],
  ['a NUL in a header', ({ host }) => request('GET /healthz', [`Host: ${host}`, 'X-A: b\0c']), 400, 'bad-request'],
  ['a line break in a name', ({ host }) => request('GET /healthz', [`Host: ${host}`, 'X-A\r\n: c']), 400, 'bad-request'],
  ['a megabyte of headers', ({ host }) => request('GET /healthz', [`Host: ${host}`, ...Array.from({ length: 1_000 }, () => `X-Big: ${'x'.repeat(1_000)}`)]), 431, 'headers-too-large'],
  ['chunks with a megabyte of extensions', ({ host }) => request('POST /admin/connections', [`Host: ${host}`, auth, 'Content-Type: application/json', 'Transfer-Encoding: chunked'], `2;${'x'.repeat(1_000_000)}\r\n{}\r\n0\r\n\r\n`), 413, 'body-too-large'],
  ['a body of a megabyte', ({ host }) => request('POST /admin/keys', [`Host: ${host}`, auth, 'Content-Type: application/json', 'Content-Length: 1000000'], 'x'.repeat(1_000_000)), 413, 'body-too-large'],
  ['a body that nests as deep as fits', ({ host }) => request('POST /admin/keys', [`Host: ${host}`, auth, 'Content-Type: application/json', 'Content-Length: 60000'], '['.repeat(30_000) + ']'.repeat(30_000)), 400, 'bad-field'],
  ['a body that would reach the prototype', ({ host }) => request('POST /admin/keys', [`Host: ${host}`, auth, 'Content-Type: application/json', 'Content-Length: 54'], '{"name":"a","rights":["token"],"__proto__":{"key":""}}'), 400, 'bad-field'],
  ['a folded header', ({ host }) => request('GET /healthz', [`Host: ${host}`, 'X-A: b', ' c']), 400, 'bad-request'],
  ['lengths that differ', ({ host }) => request('POST /admin/connections', [`Host: ${host}`, auth, 'Content-Length: 2', 'Content-Length: 3'], '{}x'), 400, 'bad-request'],
  ['length and chunks', ({ host }) => request('POST /admin/connections', [`Host: ${host}`, auth, 'Content-Length: 2', 'Transfer-Encoding: chunked'], '0\r\n\r\n'), 400, 'bad-request'],
  ['no HTTP at all', () => 'EHLO mail.example\r\n\r\n', 400, 'bad-request'],
  ['HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'bad-request'],
  ['an Expect unknown', ({ host }) => request('POST /admin/connections', [`Host: ${host}`, auth, 'Expect: the-impossible']), 417, 'expectation-failed'],
  ['Expect: 100-continue without a key', ({ host }) => request('POST /admin/connections', [`Host: ${host}`, 'Expect: 100-continue']), 401, 'key-missing'],
];

describe('what the loopback server refuses', () => {
  it.each(attacks)('%s', async (_name, wire, status, code) => {
    const gate = await openGateway();
    const answer = await sendRaw(gate.port, [wire(gate)]);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(answer.body).toMatch(/"type":"EvertokenError"/);
    expect(gate.calls).toEqual([]);
    expect(gate.lines.filter(({ event }) => event === 'gateway.refused').map(({ facts }) => facts['reason'])).toEqual([code]);
    const everything = JSON.stringify(gate.lines) + answer.text;
    expect(everything).not.toContain(KEY.slice(0, 20));
    expect(everything).not.toContain('EAATestInAddress');
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('HEAD, with the methods that would do and no body', async () => {
    const { host, port } = await openGateway();
    const answer = await sendRaw(port, [request('HEAD /admin/refresh-token', [`Host: ${host}`, auth])]);
    expect([answer.status, answer.headers.get('allow'), answer.body]).toEqual([405, 'POST', '']);
  });

  it('says which methods would do, and how to show a key', async () => {
    const { host, port } = await openGateway();
    const method = await sendRaw(port, [request('DELETE /admin/token-status', [`Host: ${host}`, auth])]);
    const key = await sendRaw(port, [request('GET /admin/token-status', [`Host: ${host}`])]);
    expect([method.headers.get('allow'), key.headers.get('www-authenticate')]).toEqual(['GET', 'Bearer']);
  });

  it('a second request smuggled behind a refused one is not carried out', async () => {
    const { host, port, calls } = await openGateway();
    const first = `POST /admin/refresh-token HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\n\r\nhello`;
    const second = request('POST /admin/refresh-token', [`Host: ${host}`, auth]);
    const answer = await sendRaw(port, [first + second]);
    expect([answer.text.match(/HTTP\/1\.1 \d+/g), answer.headers.get('connection')]).toEqual([['HTTP/1.1 401'], 'close']);
    expect(calls).toEqual([]);
  });
});

describe('keys of consumers', () => {
  it('a wrong right, on a socket that stays open, then the same key revoked', async () => {
    const gate = await openGateway({ accessToken: async () => handedToken() });
    const { key, id } = await makeKey(gate.keys, ['status']);
    const socket = connect(gate.port, '127.0.0.1');
    const ask = async (path: string): Promise<readonly [string | undefined, string | undefined]> => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${gate.host}\r\nAuthorization: Bearer ${key}\r\n\r\n`);
      let text = '';
      do text += String(((await once(socket, 'data')) as readonly unknown[])[0]);
      while (!text.endsWith('}'));
      expect(text).not.toContain(handedToken().token);
      return [/ (\d+)/.exec(text)?.[1], /"code":"([^"]*)"/.exec(text)?.[1]];
    };
    const before = [await ask('/admin/token-status'), await ask('/v1/connections/c-main/token')];
    await gate.keys.revoke(id);
    const after = [await ask('/admin/token-status'), await ask('/v1/connections/c-main/token'), await ask('/nothing')];
    socket.destroy();
    expect(before).toEqual([['200', undefined], ['403', 'key-not-allowed']]);
    expect(after).toEqual([['401', 'key-wrong'], ['401', 'key-wrong'], ['401', 'key-wrong']]);
    expect(gate.lines.filter(({ event }) => event === 'gateway.refused').map(({ facts }) => facts['reason'])).toEqual(['key-not-allowed', 'key-wrong']);
    expect(JSON.stringify(gate.lines)).not.toContain(key.slice(4, 24));
  });

  it('may not learn by the methods which addresses there are', async () => {
    const { host, port } = await openGateway();
    const ask = async (method: string, path: string) => (await sendRaw(port, [request(`${method} ${path}`, [`Host: ${host}`])])).code;
    expect(await Promise.all(['/admin/keys', '/admin/nothing', '/nothing'].flatMap((path) => ['GET', 'POST', 'DELETE'].map((method) => ask(method, path))))).toEqual(Array(9).fill('key-missing'));
  });
});

describe('callers that take their time', () => {
  const hasty = { headersMs: 150, requestMs: 300, sweepMs: 50 };
  const refusals = ({ lines }: Gate) => lines.filter(({ event }) => event === 'gateway.refused').map(({ facts }) => facts['reason']);

  /** Sends a piece every few milliseconds for as long as the server lets it, and gives back what it said. */
  async function drip(port: number, first: string, piece: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (data) => void (text += String(data)));
    socket.on('error', () => undefined);
    socket.write(first);
    const timer = setInterval(() => socket.write(piece), 10);
    await once(socket, 'close');
    clearInterval(timer);
    return text;
  }

  it('headers that never end', async () => {
    const gate = await openGateway({}, hasty);
    const answer = await sendRaw(gate.port, [`GET /healthz HTTP/1.1\r\nHost: ${gate.host}\r\n`]);
    expect([answer.status, answer.code, refusals(gate)]).toEqual([408, 'request-timeout', ['request-timeout']]);
  });

  it('headers that come a few bytes at a time', async () => {
    const gate = await openGateway({}, hasty);
    const text = await drip(gate.port, `GET /healthz HTTP/1.1\r\nHost: ${gate.host}\r\n`, 'X-A: b\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(refusals(gate)).toEqual(['request-timeout']);
  });

  it('headers that never end, on a connection that was used before', async () => {
    const gate = await openGateway({}, { ...hasty, keepAliveMs: 60_000 });
    const begun = `GET /healthz HTTP/1.1\r\nHost: ${gate.host}\r\n`;
    const text = await drip(gate.port, `${begun}\r\n${begun}`, 'X-A: b\r\n');
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 408']);
    expect(refusals(gate)).toEqual(['request-timeout']);
  });

  const slowBody = (host: string, length: string) => ['POST /admin/connections HTTP/1.1', `Host: ${host}`, auth, 'Content-Type: application/json', length, '', ''].join('\r\n');

  it('a body that never ends', async () => {
    const gate = await openGateway({}, hasty);
    const answer = await sendRaw(gate.port, [`${slowBody(gate.host, 'Content-Length: 100')}{"token":`]);
    expect([answer.status, answer.code, answer.headers.get('connection'), gate.calls, refusals(gate)]).toEqual([408, 'request-timeout', 'close', [], ['request-timeout']]);
  });

  it.each([
    ['of a length that was said', 'Content-Length: 1000000', 'x'],
    ['in chunks', 'Transfer-Encoding: chunked', '1\r\nx\r\n'],
    ['in large chunks without an end', 'Transfer-Encoding: chunked', `4000\r\n${'x'.repeat(0x4000)}\r\n`],
  ])('a body that drips, %s', async (_name, length, piece) => {
    const gate = await openGateway({}, hasty);
    const text = await drip(gate.port, slowBody(gate.host, length), piece);
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 408']);
    expect([gate.calls, refusals(gate)]).toEqual([[], ['request-timeout']]);
  });

  it('a body without a key is not waited for', async () => {
    const gate = await openGateway({}, { ...hasty, requestMs: 60_000 });
    const head = ['POST /admin/connections HTTP/1.1', `Host: ${gate.host}`, 'Connection: close', 'Content-Length: 1000000', '', ''].join('\r\n');
    const answer = await sendRaw(gate.port, [head]);
    expect([answer.status, answer.code]).toEqual([401, 'key-missing']);
  });

  it('a caller that says nothing at all', async () => {
    const gate = await openGateway({}, hasty);
    const answer = await sendRaw(gate.port, []);
    expect([answer.status, answer.code, refusals(gate)]).toEqual([408, 'request-timeout', ['request-timeout']]);
  });

  it('a keeper that takes longer than any request may is waited for', async () => {
    const slow = new Promise<void>((resolve) => void setTimeout(resolve, 600));
    const gate = await openGateway({ refresh: async () => slow.then(() => ({ ok: true, code: 'renewed', message: 'Renewed.', connection: 'c-main', details: [] })) }, hasty);
    const answer = await sendRaw(gate.port, [request('POST /admin/refresh-token', [`Host: ${gate.host}`, auth])]);
    expect([answer.status, answer.code]).toEqual([200, 'renewed']);
  });
});

describe('the log of refusals', () => {
  it('writes a reason once a minute, with the number left out', async () => {
    const { host, port, lines, advance } = await openGateway();
    const wrong = request('GET /admin/token-status', [`Host: ${host}`, 'Authorization: Bearer wrong']);
    for (let asked = 0; asked < 3; asked += 1) await sendRaw(port, [wrong]);
    advance(60_000);
    await sendRaw(port, [wrong]);
    const facts = lines.filter(({ event }) => event === 'gateway.refused').map((line) => line.facts);
    expect(facts).toEqual([
      { reason: 'key-wrong', status: 401, method: 'GET', unwritten: 0 },
      { reason: 'key-wrong', status: 401, method: 'GET', unwritten: 2 },
    ]);
  });

  it('says at the end what went unwritten, once for each reason', async () => {
    const { host, port, lines, close } = await openGateway();
    const ask = (headers: readonly string[]) => sendRaw(port, [request('GET /admin/token-status', headers)]);
    for (let asked = 0; asked < 3; asked += 1) await ask([`Host: ${host}`, 'Authorization: Bearer wrong']);
    for (let asked = 0; asked < 2; asked += 1) await ask(['Host: evil.example']);
    await ask([`Host: ${host}`]);
    await close();
    await close();
    expect(lines.filter(({ event }) => event === 'gateway.refused-besides')).toEqual([
      { level: 'warn', event: 'gateway.refused-besides', facts: { reason: 'key-wrong', status: 401, unwritten: 2 } },
      { level: 'warn', event: 'gateway.refused-besides', facts: { reason: 'wrong-host', status: 421, unwritten: 1 } },
    ]);
  });
});
