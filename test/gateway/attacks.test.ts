import { describe, expect, it } from 'vitest';
import { KEY, openGateway, request, sendRaw } from './house.ts';

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
  ['two Hosts behind many headers', ({ host }) => request('GET /admin/token-status', [`Host: ${host}`, ...Array.from({ length: 1_000 }, () => 'a: b'), 'Host: evil.example', auth]), 421, 'wrong-host'],
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
  ['a wrong key at a path unknown', ({ host }) => request('GET /nothing', [`Host: ${host}`]), 401, 'key-missing'],
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
  ['huge headers', ({ host }) => request('GET /healthz', [`Host: ${host}`, `X-Big: ${'x'.repeat(9_000)}`]), 431, 'headers-too-large'],
  ['a huge address', ({ host }) => request(`GET /${'a'.repeat(9_000)}`, [`Host: ${host}`]), 431, 'headers-too-large'],
  ['a header without a colon', ({ host }) => request('GET /healthz', [`Host: ${host}`, 'nonsense']), 400, 'bad-request'],
  ['a space before the colon', ({ host }) => request('GET /healthz', [`Host : ${host}`]), 400, 'bad-request'],
  ['a bare line feed in a header', ({ host }) => request('GET /healthz', [`Host: ${host}\nX: y`]), 400, 'bad-request'],
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

  it('a second request smuggled behind a refused one is judged on its own', async () => {
    const { host, port, calls } = await openGateway();
    const first = `POST /admin/refresh-token HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\n\r\nhello`;
    const second = request('POST /admin/refresh-token', [`Host: evil.example`, auth]);
    const answer = await sendRaw(port, [first + second]);
    expect(answer.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 421']);
    expect(calls).toEqual([]);
  });
});

describe('callers that take their time', () => {
  const hasty = { headersMs: 150, requestMs: 300, sweepMs: 50 };

  it('headers that never end', async () => {
    const { host, port } = await openGateway({}, hasty);
    const answer = await sendRaw(port, [`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n`]);
    expect([answer.status, answer.code]).toEqual([408, 'request-timeout']);
  });

  it('a body that never ends', async () => {
    const { host, port, calls } = await openGateway({}, hasty);
    const head = ['POST /admin/connections HTTP/1.1', `Host: ${host}`, auth, 'Content-Type: application/json', 'Content-Length: 100', '', '{"token":'].join('\r\n');
    const answer = await sendRaw(port, [head]);
    expect([answer.status, answer.code, calls]).toEqual([408, 'request-timeout', []]);
  });

  it('a caller that says nothing at all', async () => {
    const { port } = await openGateway({}, hasty);
    const answer = await sendRaw(port, []);
    expect([answer.status, answer.code]).toEqual([408, 'request-timeout']);
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
});
