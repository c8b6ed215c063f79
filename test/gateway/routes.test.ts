import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openConsumers } from '../../src-main/gateway/consumers.ts';
import { GatewayStartError } from '../../src-main/gateway/start-error.ts';
import { startGateway } from '../../src-main/gateway/server.ts';
import { connectionView, createFakeKeeper, outcome, statusOf } from '../fakes/keeper.ts';
import { ANY_PORT, KEY, fakeDeliveries, memoryConsumers, openGateway, request, sendRaw } from './house.ts';

const TOKEN = 'EAATestRouteTokenNotReal0123456789';
const SECRET = 'test-app-secret-not-real';
const two = statusOf([connectionView({ id: 'c-main', label: 'Main shop' }), connectionView({ id: 'c-test', label: 'Test shop' })]);

async function call(gate: { readonly host: string }, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const answer = await fetch(`http://${gate.host}${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...sent,
  });
  return { status: answer.status, body: (await answer.json()) as { error?: { code: string; message: string; connections?: unknown } } & Record<string, unknown> };
}

function options() {
  const { keeper } = createFakeKeeper();
  const log = { write: () => undefined };
  const clock = { now: () => 0, monotonic: () => 0 };
  const keys = openConsumers({ store: memoryConsumers(), keeper, clock, log, watchSecret: () => undefined });
  return { keeper, apiKey: KEY, keys, deliveries: fakeDeliveries().desk, log, clock };
}

describe('routes that read', () => {
  it('health without a key', async () => {
    const { host } = await openGateway();
    const answer = await fetch(`http://${host}/healthz`);
    expect([answer.status, await answer.json()]).toEqual([200, { ok: true }]);
  });

  it('health with a nonce proves that the key is known, and tells it to nobody', async () => {
    const { host, port } = await openGateway();
    const nonce = 'test-nonce-0123456789';
    const answer = await fetch(`http://${host}/healthz?nonce=${nonce}`);
    const proof = createHmac('sha256', KEY).update(`evertoken-server-proof:${port}:${nonce}`).digest('hex');
    expect([answer.status, await answer.json()]).toEqual([200, { ok: true, proof }]);
  });

  it.each(['short', 'x'.repeat(129), 'with%20blank%20in%20the%20nonce', ''])('refuses a nonce such as "%s"', async (nonce) => {
    const { host } = await openGateway();
    const answer = await fetch(`http://${host}/healthz?nonce=${nonce}`);
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'bad-nonce' } }]);
  });

  it('health at localhost, as typed into a browser', async () => {
    const { port } = await openGateway();
    const answer = await sendRaw(port, [request('GET /healthz', [`Host: localhost:${port}`, 'Sec-Fetch-Site: none'])]);
    expect([answer.status, answer.body]).toEqual([200, '{"ok":true}']);
  });

  it("status is the keeper's answer, unchanged, and the deliveries", async () => {
    const gate = await openGateway({ status: two });
    expect(await call(gate, 'GET', '/admin/token-status')).toEqual({ status: 200, body: { ...two, deliveries: [] } });
  });

  it('the scheme of the key in any letter case', async () => {
    const gate = await openGateway();
    expect((await call(gate, 'GET', '/admin/token-status', undefined, { authorization: `bEARER  ${KEY}` })).status).toBe(200);
  });
});

describe('renewing', () => {
  it.each([
    ['the only one, unnamed', statusOf([connectionView()]), '', 'c-main'],
    ['by id', two, '?connection=c-test', 'c-test'],
    ['by label', two, '?connection=Test+shop', 'c-test'],
    ['by label, encoded, in another case', two, '?connection=test%20SHOP', 'c-test'],
    ['an id wins over an equal label', statusOf([connectionView({ id: 'a', label: 'b' }), connectionView({ id: 'b', label: 'a' })]), '?connection=b', 'b'],
  ])('%s', async (_name, status, query, id) => {
    const gate = await openGateway({ status });
    const answer = await call(gate, 'POST', `/admin/refresh-token${query}`);
    expect(answer).toEqual({ status: 200, body: outcome({ code: 'renewed', message: 'Renewed.' }) });
    expect(gate.calls).toEqual([{ asked: 'refresh', id }]);
  });

  it('answers 200 with ok false where the keeper could not', async () => {
    const failed = outcome({ ok: false, code: 'unreachable', message: 'Meta did not answer.' });
    const gate = await openGateway({ refresh: async () => failed });
    expect(await call(gate, 'POST', '/admin/refresh-token', {})).toEqual({ status: 200, body: failed });
  });

  const names = [
    { id: 'c-main', label: 'Main shop' },
    { id: 'c-test', label: 'Test shop' },
  ];
  const twins = statusOf([connectionView({ id: 'a', label: 'Shop' }), connectionView({ id: 'b', label: 'shop' })]);
  it.each([
    ['several and none named', two, '', 400, 'which-connection', names],
    ['unknown', two, '?connection=c-gone', 404, 'no-such-connection', names],
    ['named as nothing', two, '?connection=', 404, 'no-such-connection', names],
    ['none there', statusOf([]), '', 404, 'nothing-connected', []],
    ['a label that two share', twins, '?connection=SHOP', 400, 'which-connection', [{ id: 'a', label: 'Shop' }, { id: 'b', label: 'shop' }]],
  ])('%s: refused with the choices', async (_name, status, query, http, code, connections) => {
    const gate = await openGateway({ status });
    const { status: answered, body } = await call(gate, 'POST', `/admin/refresh-token${query}`);
    expect([answered, body.error?.code, body.error?.connections]).toEqual([http, code, connections]);
    for (const { id, label } of connections) expect(body.error?.message).toContain(`"${label}" (${id})`);
    expect(gate.calls).toEqual([]);
  });
});

describe('changing', () => {
  it('connect hands the keeper every field', async () => {
    const gate = await openGateway();
    const answer = await call(gate, 'POST', '/admin/connections', { token: ` ${TOKEN}\n`, label: ' Main ', appId: '1', appSecret: ` ${SECRET}\n`, source: 'import' });
    expect(answer.status).toBe(200);
    const input = { token: ` ${TOKEN}\n`, label: 'Main', environment: null, appId: '1', appSecret: SECRET, phoneNumberId: null, wabaId: null, source: 'import' };
    expect(gate.calls).toEqual([{ asked: 'connect', input }]);
  });

  it('connect with the token alone; empty texts count as not given', async () => {
    const gate = await openGateway();
    await call(gate, 'POST', '/admin/connections', { token: TOKEN, label: '', appId: ' ', appSecret: '' });
    const input = { token: TOKEN, label: null, environment: null, appId: null, appSecret: null, phoneNumberId: null, wabaId: null, source: 'connect' };
    expect(gate.calls).toEqual([{ asked: 'connect', input }]);
  });

  it('replace, check, remove and acknowledge', async () => {
    const gate = await openGateway({ status: two });
    const app = { appId: '9', appSecret: SECRET };
    const answers = [
      await call(gate, 'POST', '/admin/connections/c-test/replace', { token: TOKEN, app, confirmed: true }),
      await call(gate, 'POST', '/admin/connections/c-test/replace', { token: TOKEN }),
      await call(gate, 'POST', '/admin/connections/c-test/replace', { app }),
      await call(gate, 'POST', '/admin/connections/c-test/replace', { token: null, app }),
      await call(gate, 'POST', '/admin/connections/c-main/check'),
      await call(gate, 'DELETE', '/admin/connections/c-test'),
      await call(gate, 'POST', '/admin/alerts/acknowledge', { id: 'c-main/expiry/token' }),
    ];
    expect(answers.map(({ status, body }) => [status, body['code']])).toEqual([
      [200, 'replaced'],
      [200, 'replaced'],
      [200, 'replaced'],
      [200, 'replaced'],
      [200, 'checked'],
      [200, 'removed'],
      [200, 'acknowledged'],
    ]);
    expect(gate.calls).toEqual([
      { asked: 'replace', id: 'c-test', input: { token: TOKEN, app, confirmed: true } },
      { asked: 'replace', id: 'c-test', input: { token: TOKEN, app: null, confirmed: false } },
      { asked: 'replace', id: 'c-test', input: { token: null, app, confirmed: false } },
      { asked: 'replace', id: 'c-test', input: { token: null, app, confirmed: false } },
      { asked: 'check', id: 'c-main' },
      { asked: 'remove', id: 'c-test' },
      { asked: 'acknowledge', id: 'c-main/expiry/token' },
    ]);
  });

  it.each([
    ['a number as token', { token: 5 }, 'bad-field', 'token'],
    ['no token', {}, 'bad-field', 'token'],
    ['no body', undefined, 'bad-field', 'JSON object'],
    ['a list', [], 'bad-field', 'JSON object'],
    ['a field unknown', { token: TOKEN, [TOKEN]: 1 }, 'bad-field', 'not known'],
    ['a label that paints', { token: TOKEN, label: 'a\u001b[2Jb' }, 'bad-field', 'label'],
    ['a label too long', { token: TOKEN, label: 'x'.repeat(201) }, 'bad-field', 'label'],
    ['another source', { token: TOKEN, source: 'renewal' }, 'bad-field', 'source'],
    ['broken JSON', `{"token":"${TOKEN}`, 'bad-json', 'JSON'],
  ])('%s: refused without repeating it', async (_name, body, code, says) => {
    const gate = await openGateway();
    const answer = await call(gate, 'POST', '/admin/connections', body);
    expect([answer.status, answer.body.error?.code, gate.calls]).toEqual([400, code, []]);
    expect(answer.body.error?.message).toContain(says);
    expect(JSON.stringify([answer.body, gate.lines])).not.toContain(TOKEN);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp'])('%s is not JSON', async (type) => {
    const gate = await openGateway();
    const answer = await call(gate, 'POST', '/admin/connections', { token: TOKEN }, { 'content-type': type });
    expect([answer.status, answer.body.error?.code, gate.calls]).toEqual([415, 'not-json', []]);
  });

  it('a body of a megabyte gets its answer, a body at the limit is taken', async () => {
    const gate = await openGateway();
    const large = await call(gate, 'POST', '/admin/connections', { token: 'x'.repeat(1_000_000) });
    const wrapping = JSON.stringify({ token: '' }).length;
    const atLimit = await call(gate, 'POST', '/admin/connections', { token: 'x'.repeat(64 * 1024 - wrapping) });
    const above = await call(gate, 'POST', '/admin/connections', { token: 'x'.repeat(64 * 1024 - wrapping + 1) });
    expect([large.status, large.body.error?.code, atLimit.status, above.status]).toEqual([413, 'body-too-large', 200, 413]);
    expect(gate.calls).toHaveLength(1);
  });

  it('Expect: 100-continue is answered before the body', async () => {
    const gate = await openGateway();
    const body = JSON.stringify({ token: TOKEN });
    const headers = [`Host: ${gate.host}`, `Authorization: Bearer ${KEY}`, 'Content-Type: application/json', `Content-Length: ${body.length}`, 'Expect: 100-continue'];
    const answer = await sendRaw(gate.port, [request('POST /admin/connections', headers, body)]);
    expect(answer.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 100', 'HTTP/1.1 200']);
  });
});

describe('failures inside', () => {
  it('a calm sentence outside; in the log the reason without what was pasted', async () => {
    const gate = await openGateway({ connect: async (input) => Promise.reject(new Error(`cannot read ${input.token} with ${input.appSecret}`)) });
    const answer = await call(gate, 'POST', '/admin/connections', { token: TOKEN, appSecret: SECRET });
    expect([answer.status, answer.body.error?.code]).toEqual([500, 'failed-inside']);
    expect(JSON.stringify(answer.body)).not.toMatch(/cannot read|\.ts|at /);
    expect(gate.lines.filter(({ event }) => event === 'gateway.failed')).toEqual([
      { level: 'error', event: 'gateway.failed', facts: { method: 'POST', error: 'Error: cannot read [from the request] with [from the request]' } },
    ]);
  });

  it('a status that throws at once', async () => {
    const { keeper } = createFakeKeeper();
    const gateway = await startGateway({ ...options(), keeper: { ...keeper, status: () => { throw new TypeError('broken'); } }, listen: ANY_PORT });
    const answer = await call({ host: `127.0.0.1:${gateway.port}` }, 'GET', '/admin/token-status');
    await gateway.close();
    expect([answer.status, answer.body.error?.code]).toEqual([500, 'failed-inside']);
  });
});

describe('starting and stopping', () => {
  it('a taken port is said, with the way out', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => void squatter.listen(0, '127.0.0.1', resolve));
    const address = squatter.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const error: unknown = await startGateway({ ...options(), listen: { ...ANY_PORT, port } }).catch((thrown: unknown) => thrown);
    squatter.close();
    expect(error).toBeInstanceOf(GatewayStartError);
    expect(error).toMatchObject({ code: 'port-taken', message: `Port ${port} of this computer is in use by another program. Close that program, or choose another port.` });
  });

  it('an empty key starts nothing', async () => {
    await expect(startGateway({ ...options(), apiKey: '', listen: ANY_PORT })).rejects.toThrow('The API key is empty.');
  });

  it('close lets the request under way finish, refuses the next, and frees the port', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun: () => void = () => undefined;
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const gate = await openGateway({
      refresh: async () => {
        begun();
        await held;
        return outcome({ code: 'renewed', message: 'Renewed.' });
      },
    }, { closeMs: 5_000 });
    const waiting = sendRaw(gate.port, [request('POST /admin/refresh-token', [`Host: ${gate.host}`, `Authorization: Bearer ${KEY}`])]);
    await started;
    const closing = gate.close();
    await expect(fetch(`http://${gate.host}/healthz`)).rejects.toThrow('fetch failed');
    release();
    const answer = await waiting;
    await closing;
    expect([answer.status, answer.code]).toEqual([200, 'renewed']);
    const again = await startGateway({ ...options(), listen: { ...ANY_PORT, port: gate.port } });
    expect(again.port).toBe(gate.port);
    await again.close();
  });

  it('close cuts what does not end within its time', async () => {
    const gate = await openGateway({ refresh: () => new Promise(() => undefined) }, { closeMs: 50 });
    const waiting = sendRaw(gate.port, [request('POST /admin/refresh-token', [`Host: ${gate.host}`, `Authorization: Bearer ${KEY}`])]);
    while (gate.calls.length === 0) await new Promise((resolve) => void setImmediate(resolve));
    await gate.close();
    expect((await waiting).text).toBe('');
  });

  it('close does not wait for idle kept-alive connections', async () => {
    const gate = await openGateway({}, { closeMs: 60_000, keepAliveMs: 60_000 });
    await fetch(`http://${gate.host}/healthz`).then((answer) => answer.text());
    await gate.close();
    await expect(fetch(`http://${gate.host}/healthz`)).rejects.toThrow('fetch failed');
  });

  it('listens on 127.0.0.1 and nowhere else', async () => {
    const gate = await openGateway();
    await expect(fetch(`http://127.0.0.2:${gate.port}/healthz`)).rejects.toThrow('fetch failed');
  });
});
