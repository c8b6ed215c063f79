import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appSecretProof, createMeta, type MetaOptions } from '../../src-main/adapters/graph.ts';
import type { Clock, Log, Meta } from '../../src-main/core/ports.ts';
import { json, startGraphServer, type GraphServer } from './graph-server.ts';

const TOKEN = 'EAATestTestTestTestTestToken1';
const SECRET = '0123456789abcdef0123456789abcdef';
const APP = { appId: '123456789012345', appSecret: SECRET };
const AUTH = { token: TOKEN, appSecret: SECRET };
const NOW = 1_790_000_000_000;
const DATE = 'Mon, 21 Sep 2026 14:13:20 GMT';

const clock: Clock = { now: () => NOW, monotonic: () => 5 };

let server: GraphServer;
let lines: string[];

beforeEach(async () => {
  server = await startGraphServer();
  lines = [];
});
afterEach(async () => {
  expectCleanLog(lines.join('\n'));
  await server.close();
});

/** Whatever a test did: no token, no secret and no address is in the log. */
function expectCleanLog(logged: string): void {
  expect([TOKEN, SECRET, 'http', '127.0.0.1'].filter((word) => logged.includes(word))).toEqual([]);
}

const log: Log = { write: (level, event, facts) => lines.push(JSON.stringify({ level, event, ...facts })) };
const metaWith = (options: Partial<MetaOptions> = {}): Meta => createMeta({ graphUrl: server.url, clock, log, ...options });

/** Every call of the port, with arguments that pass. */
const CALLS: readonly (readonly [name: string, call: (meta: Meta) => Promise<{ readonly ok: boolean }>])[] = [
  ['debugToken', (meta) => meta.debugToken(TOKEN, APP)],
  ['exchangeToken', (meta) => meta.exchangeToken(TOKEN, APP, false)],
  ['readNumber', (meta) => meta.readNumber('111', AUTH)],
  ['listNumbers', (meta) => meta.listNumbers('222', AUTH)],
  ['readApp', (meta) => meta.readApp(AUTH)],
];

describe('the Date header', () => {
  it('is left alone in a trial whose clock is moved by a file', async () => {
    server.answer = (_request, response) => {
      json(response, 200, { data: { app_id: APP.appId, is_valid: true, expires_at: 0, scopes: [] } }, { date: DATE });
    };
    expect(await metaWith({ trustsDate: false }).debugToken(TOKEN, APP)).toMatchObject({ ok: true, serverTime: null });
  });
});

describe('what is sent', () => {
  it('debug_token as the app, with the secrets where Meta documents them', async () => {
    server.answer = (_request, response) => {
      json(response, 200, { data: { app_id: APP.appId, is_valid: true, expires_at: 0, scopes: [] } }, { date: DATE });
    };
    const answer = await metaWith().debugToken(TOKEN, APP);
    expect(server.seen).toEqual([{ method: 'GET', path: '/v26.0/debug_token', query: { input_token: TOKEN, access_token: `${APP.appId}|${SECRET}` }, authorization: undefined }]);
    expect(answer).toMatchObject({ ok: true, value: { saidAt: NOW, valid: true, appId: APP.appId, expiry: { kind: 'never' } }, serverTime: Date.parse(DATE) });
  });

  it('debug_token as the token itself where no app is known', async () => {
    server.answer = (_request, response) => {
      json(response, 200, { data: { app_id: 1, is_valid: false, error: { code: 190, subcode: 463, message: `Error: ${TOKEN}` } } });
    };
    const answer = await metaWith().debugToken(TOKEN, null);
    expect(server.seen[0]?.query).toEqual({ input_token: TOKEN, access_token: TOKEN });
    expect(answer).toMatchObject({ ok: true, value: { valid: false, fault: { cause: 'expired', message: 'Error: [***]' } } });
  });

  it('the exchange, with the 60-day flag only when it is asked for', async () => {
    server.answer = (_request, response) => {
      json(response, 200, { access_token: 'EAATestNew', token_type: 'bearer' });
    };
    const query = { grant_type: 'fb_exchange_token', client_id: APP.appId, client_secret: SECRET, fb_exchange_token: TOKEN };
    expect(await metaWith().exchangeToken(TOKEN, APP, false)).toMatchObject({ ok: true, value: 'EAATestNew' });
    expect(await metaWith({ version: 'v25.0' }).exchangeToken(TOKEN, APP, true)).toMatchObject({ ok: true, value: 'EAATestNew' });
    expect(server.seen).toEqual([
      { method: 'GET', path: '/v26.0/oauth/access_token', query, authorization: undefined },
      { method: 'GET', path: '/v25.0/oauth/access_token', query: { ...query, set_token_expires_in_60_days: 'true' }, authorization: undefined },
    ]);
  });

  it('a number, signed by header and proof', async () => {
    server.answer = (_request, response) => {
      json(response, 200, { id: 111, display_phone_number: '+1 555-000-1111', verified_name: 'Test Shop', quality_rating: 'GREEN' });
    };
    expect(await metaWith().readNumber('111', AUTH)).toMatchObject({ ok: true, value: { id: '111', display: '+1 555-000-1111', verifiedName: 'Test Shop', quality: 'GREEN' } });
    expect(server.seen).toEqual([
      {
        method: 'GET',
        path: '/v26.0/111',
        query: { fields: 'display_phone_number,verified_name,quality_rating,status,name_status,throughput', appsecret_proof: createHmac('sha256', SECRET).update(TOKEN).digest('hex') },
        authorization: `Bearer ${TOKEN}`,
      },
    ]);
  });

  it('no proof where the app secret is not known', async () => {
    server.answer = (_request, response) => {
      json(response, 200, { id: '9', name: 'Test App' });
    };
    expect(await metaWith().readApp({ token: TOKEN, appSecret: null })).toMatchObject({ ok: true, value: { id: '9', name: 'Test App' } });
    expect(server.seen).toEqual([{ method: 'GET', path: '/v26.0/app', query: {}, authorization: `Bearer ${TOKEN}` }]);
  });

  it('a proof that fits a published HMAC vector', () => {
    // RFC 4231, test case 2.
    expect(appSecretProof('what do ya want for nothing?', 'Jefe')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it.each([
    ['readNumber', (meta: Meta) => meta.readNumber('111/../me', AUTH), 'wrong_id_or_no_asset'],
    ['readNumber', (meta: Meta) => meta.readNumber('', AUTH), 'wrong_id_or_no_asset'],
    ['listNumbers', (meta: Meta) => meta.listNumbers('222?x=1', AUTH), 'wrong_id_or_no_asset'],
    ['debugToken', (meta: Meta) => meta.debugToken(TOKEN, { appId: 'abc', appSecret: SECRET }), 'wrong_app_credentials'],
    ['exchangeToken', (meta: Meta) => meta.exchangeToken(TOKEN, { appId: '1', appSecret: '' }, false), 'wrong_app_credentials'],
    ['readApp', (meta: Meta) => meta.readApp({ token: 'EAATest\r\nx: y', appSecret: null }), 'malformed_token'],
    ['readApp', (meta: Meta) => meta.readApp({ token: '', appSecret: null }), 'no_token_sent'],
  ])('nothing at all from %s with bad arguments (%#)', async (_name, call, cause) => {
    expect(await call(metaWith())).toMatchObject({ ok: false, fault: { cause, httpStatus: null }, serverTime: null });
    expect(server.seen).toEqual([]);
  });
});

describe('paging', () => {
  const page = (ids: readonly number[], after: string | null, next: boolean): unknown => ({
    data: ids.map((id) => ({ id: String(id), display_phone_number: `+${id}` })),
    paging: { ...(after === null ? {} : { cursors: { before: 'b', after } }), ...(next ? { next: `http://127.0.0.1:1/evil?access_token=${TOKEN}` } : {}) },
  });

  it('follows the cursor, never the address of the next page', async () => {
    server.answer = (_request, response, { query }) => {
      json(response, 200, query['after'] === undefined ? page([1, 2], 'A/=1', true) : page([3], 'end', false));
    };
    const answer = await metaWith().listNumbers('222', AUTH);
    expect(answer.ok ? answer.value.map(({ id }) => id) : answer.fault).toEqual(['1', '2', '3']);
    expect(server.seen.map(({ path, query }) => [path, query['after'], query['limit']])).toEqual([
      ['/v26.0/222/phone_numbers', undefined, '100'],
      ['/v26.0/222/phone_numbers', 'A/=1', '100'],
    ]);
    expect(server.seen.every(({ authorization }) => authorization === `Bearer ${TOKEN}`)).toBe(true);
  });

  it('goes on after a full page without a next address', async () => {
    const full = Array.from({ length: 25 }, (_, index) => index + 1);
    server.answer = (_request, response, { query }) => {
      json(response, 200, query['after'] === undefined ? page(full, 'A', false) : page([26], 'B', false));
    };
    const answer = await metaWith().listNumbers('222', AUTH);
    expect(answer.ok && answer.value.length).toBe(26);
  });

  it('ends where the cursors never do', async () => {
    let turn = 0;
    server.answer = (_request, response) => {
      turn += 1;
      json(response, 200, page([turn], `c${turn}`, true));
    };
    const answer = await metaWith().listNumbers('222', AUTH);
    expect(answer.ok && answer.value.length).toBe(50);
    expect(server.seen).toHaveLength(50);
  });

  it('ends where the cursor does not move, and counts a number once', async () => {
    server.answer = (_request, response) => {
      json(response, 200, page([1], 'same', true));
    };
    const answer = await metaWith().listNumbers('222', AUTH);
    expect(answer.ok && answer.value.length).toBe(1);
    expect(server.seen).toHaveLength(2);
  });

  it('is a fault as a whole when a later page is one', async () => {
    server.answer = (_request, response, { query }) => {
      if (query['after'] === undefined) json(response, 200, page([1], 'A', true));
      else json(response, 400, { error: { code: 80008, message: 'limit' } });
    };
    expect(await metaWith().listNumbers('222', AUTH)).toMatchObject({ ok: false, fault: { cause: 'throttled' } });
  });
});

describe('refusals', () => {
  it.each([
    [400, { error: { code: '190', error_subcode: '463', message: 'x' } }, { cause: 'expired', code: 190, subcode: 463, httpStatus: 400 }],
    [401, { error: { code: 190, message: `Malformed access token ${TOKEN}` } }, { cause: 'malformed_token', message: 'Malformed access token [***]' }],
    [400, { error: { code: 100, error_subcode: 33, message: 'x' } }, { cause: 'wrong_id_or_no_asset' }],
    [403, { error: { code: 131005, message: 'x' } }, { cause: 'missing_permission' }],
    [200, { error: { code: 10, message: 'x' } }, { cause: 'missing_permission', httpStatus: 200 }],
    [429, { error: { code: 4, message: 'x' } }, { cause: 'throttled' }],
    [400, { error: { code: 100, message: 'Invalid appsecret_proof provided in the API argument' } }, { cause: 'app_secret_proof' }],
  ])('HTTP %i %j', async (status, body, fault) => {
    server.answer = (_request, response) => {
      json(response, status, body, { date: DATE });
    };
    expect(await metaWith().readNumber('111', AUTH)).toMatchObject({ ok: false, fault, serverTime: Date.parse(DATE) });
  });

  it('of the app are told from those of the token', async () => {
    const bodies: unknown[] = [];
    server.answer = (_request, response) => {
      json(response, 400, bodies.shift());
    };
    const meta = metaWith();
    bodies.push({ error: { code: 190, message: 'Error validating application. Invalid application ID.' } });
    expect(await meta.debugToken(TOKEN, APP)).toMatchObject({ ok: false, fault: { cause: 'wrong_app_credentials' } });
    bodies.push({ error: { code: 190, message: 'Invalid OAuth access token signature.' } });
    expect(await meta.debugToken(TOKEN, APP)).toMatchObject({ ok: false, fault: { cause: 'wrong_app_credentials' } });
    bodies.push({ error: { code: 190, message: 'Invalid OAuth access token signature.' } });
    expect(await meta.debugToken(TOKEN, null)).toMatchObject({ ok: false, fault: { cause: 'malformed_token' } });
    bodies.push({ error: { code: 100, message: '(#100) The App_id in the input_token did not match the Viewing App' } });
    expect(await meta.debugToken(TOKEN, APP)).toMatchObject({ ok: false, fault: { cause: 'wrong_app' } });
    bodies.push({ error: { code: 1, message: 'Error validating client secret.' } });
    expect(await meta.exchangeToken(TOKEN, APP, false)).toMatchObject({ ok: false, fault: { cause: 'wrong_app_credentials' } });
  });

  it('inside a successful debug answer are about the token, or no statement at all', async () => {
    const bodies: unknown[] = [];
    server.answer = (_request, response) => {
      json(response, 200, bodies.shift());
    };
    const meta = metaWith();
    bodies.push({ data: { error: { code: 190, message: 'Cannot parse access token' }, is_valid: false, scopes: [] } });
    expect(await meta.debugToken(TOKEN, APP)).toMatchObject({ ok: true, value: { valid: false, fault: { cause: 'malformed_token' } } });
    bodies.push({ data: { error: { code: 190, message: 'x' } } });
    expect(await meta.debugToken(TOKEN, APP)).toMatchObject({ ok: false, fault: { cause: 'unknown_auth' } });
    bodies.push({ data: { error: { code: 100, message: 'did not match the Viewing App' }, is_valid: false } });
    expect(await meta.debugToken(TOKEN, APP)).toMatchObject({ ok: false, fault: { cause: 'wrong_app' } });
    bodies.push({ data: {} });
    expect(await meta.debugToken(TOKEN, APP)).toMatchObject({ ok: false, fault: { cause: 'transient' } });
  });

  it('take out even an app secret and an opaque token by value', async () => {
    server.answer = (_request, response) => {
      json(response, 400, { error: { code: 190, message: `no: opaque-token-1 ${SECRET} opaque%2Dtoken-1` } });
    };
    const answer = await metaWith().readApp({ token: 'opaque-token-1', appSecret: SECRET });
    expect(answer.ok ? '' : answer.fault.message).toBe('no: [***] [***] opaque%2Dtoken-1');
  });
});

describe('silence', () => {
  const silent = { ok: false, fault: { code: null, subcode: null } };

  it.each(CALLS)('%s: an empty, wrong or half success is no value', async (_name, call) => {
    for (const body of ['', '<html>login</html>', '{"access_token":', '[]', '{}', 'null', '{"data":7}', '{"access_token":""}', '{"access_token":"a b"}']) {
      server.answer = (_request, response) => response.end(body);
      expect(await call(metaWith()), body).toMatchObject({ ...silent, fault: { cause: 'transient', httpStatus: 200 } });
    }
  });

  it.each(CALLS)('%s: a page instead of an answer', async (_name, call) => {
    server.answer = (_request, response) => {
      response.writeHead(502, { 'content-type': 'text/html', date: DATE });
      response.end('<html>Bad Gateway</html>');
    };
    expect(await call(metaWith())).toMatchObject({ ...silent, fault: { cause: 'transient', httpStatus: 502 }, serverTime: Date.parse(DATE) });
  });

  it.each(CALLS)('%s: a socket dropped before any answer', async (_name, call) => {
    server.answer = (request) => request.socket.destroy();
    expect(await call(metaWith())).toMatchObject({ ...silent, fault: { cause: 'network', httpStatus: null }, serverTime: null });
  });

  it.each(CALLS)('%s: a socket dropped in the middle of the body', async (_name, call) => {
    server.answer = (request, response) => {
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"access_token":"EAATest', () => request.socket.destroy());
    };
    expect(await call(metaWith())).toMatchObject({ ...silent, fault: { cause: 'transient', httpStatus: 200, message: 'The answer was cut off (HTTP 200).' } });
  });

  it.each(CALLS)('%s: no answer in time', async (_name, call) => {
    server.answer = () => undefined;
    expect(await call(metaWith({ timeoutMs: 60 }))).toMatchObject({ ...silent, fault: { cause: 'network', message: 'Meta’s server did not answer in time.' } });
  });

  it.each(CALLS)('%s: a body that never ends', async (_name, call) => {
    server.answer = (_request, response) => {
      response.writeHead(200);
      response.write('{"data":');
    };
    expect(await call(metaWith({ timeoutMs: 60 }))).toMatchObject({ ...silent, fault: { cause: 'transient', httpStatus: 200 } });
  });

  it.each(CALLS)('%s: a body over the limit', async (_name, call) => {
    server.answer = (_request, response) => {
      response.writeHead(200);
      response.write('{"access_token":"EAATest","pad":"');
      response.end(`${'x'.repeat(1_100_000)}"}`);
    };
    expect(await call(metaWith())).toMatchObject({ ...silent, fault: { cause: 'transient', message: 'The answer was too long (HTTP 200).' } });
  });

  it('a server that is not there', async () => {
    const { url } = server;
    await server.close();
    const answer = await createMeta({ graphUrl: url, clock, log }).debugToken(TOKEN, APP);
    expect(answer).toMatchObject({ ...silent, fault: { cause: 'network', message: 'No connection to Meta’s server could be made (ECONNREFUSED).' } });
    server = await startGraphServer();
  });

  it('an error of fetch that quotes address and token', async () => {
    const loud: typeof fetch = () => Promise.reject(new TypeError(`cannot fetch ${server.url}/v26.0/debug_token?input_token=${TOKEN}`));
    expect(await metaWith({ fetch: loud }).debugToken(TOKEN, APP)).toMatchObject({ ok: false, fault: { cause: 'network', message: 'The connection to Meta’s server broke.' } });
  });
});

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])('%i is not followed, and the token is sent nowhere else', async (status) => {
    const elsewhere = await startGraphServer();
    server.answer = (_request, response) => {
      response.writeHead(status, { location: `${elsewhere.url}/steal` });
      response.end();
    };
    for (const [name, call] of CALLS) {
      expect(await call(metaWith()), name).toMatchObject({ ok: false, fault: { cause: 'transient', httpStatus: status } });
    }
    expect(elsewhere.seen).toEqual([]);
    expect(server.seen).toHaveLength(CALLS.length);
    await elsewhere.close();
  });

  it('to the same server are not followed either', async () => {
    server.answer = (_request, response) => {
      response.writeHead(302, { location: '/v26.0/other' });
      response.end();
    };
    expect(await metaWith().readApp(AUTH)).toMatchObject({ ok: false, fault: { cause: 'transient', message: 'The answer pointed to another address, which is not followed (HTTP 302).' } });
    expect(server.seen).toHaveLength(1);
  });
});

describe('what is not a phone number', () => {
  it('is no proof of access', async () => {
    server.answer = (_request, response) => {
      json(response, 200, { id: '111', name: 'A page' });
    };
    expect(await metaWith().readNumber('111', AUTH)).toMatchObject({
      ok: false,
      fault: { cause: 'wrong_id_or_no_asset', code: null, httpStatus: 200, message: 'Meta knows this id, but it is not the id of a phone number.' },
    });
  });

  it('is told from a number that Meta shows little of', async () => {
    server.answer = (_request, response) => {
      json(response, 200, { status: 'CONNECTED' });
    };
    expect(await metaWith().readNumber('111', AUTH)).toMatchObject({ ok: true, value: { id: '111', display: null, verifiedName: null, quality: null } });
  });
});

describe('createMeta', () => {
  it('refuses an address or a version it cannot use', () => {
    expect(() => createMeta({ graphUrl: 'http://graph.facebook.com', clock })).toThrow('must begin with https://');
    expect(() => createMeta({ graphUrl: 'https://graph.facebook.com', version: '../v1', clock })).toThrow('must look like v26.0');
  });

  it('logs call, status, cause and time, and nothing else', async () => {
    server.answer = (_request, response) => {
      json(response, 400, { error: { code: 190, error_subcode: 463, message: `Session has expired ${TOKEN}` } });
    };
    await metaWith().readNumber('111', AUTH);
    server.answer = (_request, response) => {
      json(response, 200, { id: '1' });
    };
    await metaWith().readApp(AUTH);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { level: 'warn', event: 'graph-call', call: 'number', status: 400, cause: 'expired', code: 190, ms: 0 },
      { level: 'info', event: 'graph-call', call: 'app', status: 200, cause: null, code: null, ms: 0 },
    ]);
  });
});

describe('a Meta that reads the token in the query only', () => {
  const onlyQuery = (code: number, message: string): void => {
    server.answer = (_request, response, { query }) => {
      if (query['access_token'] === TOKEN) json(response, 200, { id: '111', display_phone_number: '+1 555-000-1111' });
      else json(response, 400, { error: { code, message, type: 'OAuthException' } });
    };
  };

  it.each([
    [200, 'Provide valid app ID'],
    [2500, 'An active access token must be used to query information about the current user.'],
    [104, 'An access token is required to request this resource.'],
  ])('%i %s: is asked again with it there, and from then on at once', async (code, message) => {
    onlyQuery(code, message);
    const meta = metaWith();
    expect(await meta.readNumber('111', AUTH)).toMatchObject({ ok: true, value: { id: '111' } });
    expect(server.seen.map(({ authorization, query }) => [authorization, query['access_token'], query['appsecret_proof']])).toEqual([
      [`Bearer ${TOKEN}`, undefined, appSecretProof(TOKEN, SECRET)],
      [undefined, TOKEN, appSecretProof(TOKEN, SECRET)],
    ]);
    expect(await meta.readApp(AUTH)).toMatchObject({ ok: true, value: { id: '111' } });
    expect(server.seen).toHaveLength(3);
    expect(server.seen[2]?.authorization).toBeUndefined();
  });

  it('is asked only twice where the query does not help either, and the next call begins with the header again', async () => {
    server.answer = (_request, response) => {
      json(response, 400, { error: { code: 200, message: 'Provide valid app ID' } });
    };
    const meta = metaWith();
    expect(await meta.readApp(AUTH)).toMatchObject({ ok: false, fault: { cause: 'no_token_sent' } });
    expect(server.seen).toHaveLength(2);
    await meta.readApp(AUTH);
    expect(server.seen[2]?.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it('another refusal is not asked twice', async () => {
    server.answer = (_request, response) => {
      json(response, 401, { error: { code: 190, message: 'Session has expired' } });
    };
    await metaWith().readApp(AUTH);
    expect(server.seen).toHaveLength(1);
  });
});

describe('a list without cursors', () => {
  it('goes on with the cursor in the address of the next page, and never calls that address', async () => {
    server.answer = (_request, response, { query }) => {
      const next = `https://elsewhere.example/v26.0/222/phone_numbers?access_token=${TOKEN}&after=page-2`;
      json(response, 200, query['after'] === 'page-2' ? { data: [{ id: '2' }] } : { data: [{ id: '1' }], paging: { next } });
    };
    expect(await metaWith().listNumbers('222', AUTH)).toMatchObject({ ok: true, value: [{ id: '1' }, { id: '2' }] });
    expect(server.seen.map(({ path, query }) => [path, query['after']])).toEqual([['/v26.0/222/phone_numbers', undefined], ['/v26.0/222/phone_numbers', 'page-2']]);
  });

  it.each(['not an address', 'https://elsewhere.example/?before=x', ''])('ends at a next page of "%s"', async (next) => {
    server.answer = (_request, response) => {
      json(response, 200, { data: [{ id: '1' }], paging: { next } });
    };
    expect(await metaWith().listNumbers('222', AUTH)).toMatchObject({ ok: true, value: [{ id: '1' }] });
    expect(server.seen).toHaveLength(1);
  });
});
