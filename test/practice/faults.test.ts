import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src-main/core/time.ts';
import type { FaultDeed } from '../../src-main/practice/faults.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { NOON, at, onStage, tokenIn } from './stage.ts';

const message = { messaging_product: 'whatsapp', to: '15550100002', type: 'text', text: { body: 'Hello' } };
const messages = `/${SHOP.phoneNumberId}/messages`;

describe('silence', () => {
  it('drops the socket before the effect: nothing has happened', async () => {
    const { meta, owner, exchange } = await onStage();
    meta.faults.add({ kind: 'drop', afterEffect: false });
    await expect(exchange(owner())).rejects.toThrow('fetch failed');
    expect(meta.world.tokens.all().length).toBe(1);
    expect(meta.journal.entries()[0]).toMatchObject({ effect: null, result: { kind: 'dropped', afterEffect: false }, faults: ['drop'] });
  });

  it('drops the socket after the effect: the exchange and the send have happened', async () => {
    const { meta, owner, robot, exchange, post, debug } = await onStage();
    meta.faults.add({ kind: 'drop', afterEffect: true, on: ['exchange', 'messages'] });
    const [short, good] = [owner(), robot()];
    await expect(exchange(short)).rejects.toThrow('fetch failed');
    await expect(post(messages, good, message)).rejects.toThrow('fetch failed');
    const made = meta.world.tokens.all()[2];
    expect(at((await debug(made?.value ?? '')).body, 'data')).toMatchObject({ is_valid: true, expires_at: (NOON + 60 * DAY) / 1_000 });
    expect(meta.world.sent().map(({ to }) => to)).toEqual(['15550100002']);
    expect(meta.journal.entries().slice(0, 2).map(({ effect, result }) => [effect?.kind, result])).toEqual([
      ['exchanged', { kind: 'dropped', afterEffect: true }],
      ['sent', { kind: 'dropped', afterEffect: true }],
    ]);
  });

  it.each([true, false])('hangs until the caller gives up (after the effect: %s)', async (afterEffect) => {
    const { meta, robot } = await onStage();
    meta.faults.add({ kind: 'hang', afterEffect });
    const call = fetch(`${meta.url}${messages}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${robot()}`, 'content-type': 'application/json' },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(100),
    });
    await expect(call).rejects.toThrow('aborted');
    expect([meta.world.sent().length, meta.journal.entries()[0]?.result]).toEqual([afterEffect ? 1 : 0, { kind: 'hung', afterEffect }]);
  });

  it('stops although a caller hangs or waits', async () => {
    const { meta, get } = await onStage();
    meta.faults.set({ kind: 'hang', on: 'app' }, { kind: 'latency', ms: 600_000, on: 'debug' });
    const calls = Promise.allSettled([get('/app'), get('/debug_token')]);
    await expect.poll(() => meta.journal.count()).toBe(1);
    await meta.stop();
    expect((await calls).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('waits as long as it is told', async () => {
    const { meta, robot, get } = await onStage();
    const token = robot();
    meta.faults.add({ kind: 'latency', ms: 60, times: 1 });
    const begun = performance.now();
    const { status } = await get('/app', { access_token: token });
    expect([status, performance.now() - begun >= 55]).toEqual([200, true]);
  });
});

describe('spoilt answers', () => {
  it.each([
    ['an HTML 502', { kind: 'html' }, 502, 'text/html; charset=utf-8', '<!DOCTYPE html>'],
    ['an empty 200', { kind: 'empty' }, 200, 'application/json; charset=UTF-8', ''],
    ['an empty 503', { kind: 'empty', status: 503 }, 503, 'application/json; charset=UTF-8', ''],
  ] as const)('%s, before or after the effect', async (_name, deed, status, contentType, start) => {
    const { meta, robot, post } = await onStage();
    const token = robot();
    meta.faults.add({ ...deed, times: 1 });
    const before = await post(messages, token, message);
    expect([before.status, before.headers.get('content-type'), String(before.body).slice(0, 15), meta.world.sent().length]).toEqual([status, contentType, start, 0]);
    meta.faults.add({ ...deed, afterEffect: true });
    const after = await post(messages, token, message);
    expect([after.status, meta.world.sent().length]).toEqual([status, 1]);
  });

  it('a 5xx in JSON is transient', async () => {
    const { meta, robot, get } = await onStage();
    meta.faults.add({ kind: 'server-error', status: 503 });
    expect(await get('/app', { access_token: robot() })).toMatchObject({ status: 503, body: { error: { code: 2, is_transient: true, type: 'OAuthException' } } });
  });

  it('half a body, complete or cut, after the effect', async () => {
    const { meta, robot, post } = await onStage();
    const token = robot();
    meta.faults.set({ kind: 'truncate', how: 'body' });
    await expect(post(messages, token, message)).rejects.toThrow(SyntaxError);
    meta.faults.set({ kind: 'truncate', how: 'socket' });
    await expect(post(messages, token, message)).rejects.toThrow('terminated');
    expect(meta.world.sent().length).toBe(2);
  });

  it('a redirect to another host takes path and query along', async () => {
    const { meta, robot, get } = await onStage();
    meta.faults.add({ kind: 'redirect', to: 'http://127.0.0.1:9' });
    const token = robot();
    const { status, headers } = await get('/app', { access_token: token });
    expect([status, headers.get('location')]).toEqual([302, `http://127.0.0.1:9/app?access_token=${token}`]);
  });
});

describe('worse candidates', () => {
  const candidate = async (...deeds: readonly FaultDeed[]) => {
    const stage = await onStage();
    const { meta, owner, exchange, debug } = stage;
    meta.world.addUser({ id: '209', name: 'Someone Else' });
    meta.world.addApp({ id: '109', name: 'Other', secret: 'practice-other' });
    meta.faults.set(...deeds);
    const old = owner({ expiresInMs: DAY });
    const reply = await exchange(old);
    const token = tokenIn(reply);
    meta.faults.set({ kind: 'wording', wording: { showOtherApp: true } });
    return { ...stage, old, token, expiresIn: at(reply.body, 'expires_in'), data: at((await debug(token)).body, 'data') };
  };

  it('the same string', async () => {
    const { old, token, meta } = await candidate({ kind: 'candidate', change: { string: 'same' } });
    expect([token === old, meta.journal.entries()[0]?.effect]).toEqual([true, { kind: 'exchanged', token: 't1', sameString: true }]);
  });

  it.each([
    ['the same expiry', 'same', (NOON + DAY) / 1_000],
    ['an earlier expiry', { livesMs: HOUR }, (NOON + HOUR) / 1_000],
    ['no expiry', 'never', 0],
  ] as const)('a new string with %s', async (_name, expiry, end) => {
    const { old, token, data } = await candidate({ kind: 'candidate', change: { expiry } });
    expect([token === old, at(data, 'expires_at')]).toEqual([false, end]);
  });

  it('expires_in missing, and lying', async () => {
    expect((await candidate({ kind: 'expires-in', seconds: null })).expiresIn).toBeUndefined();
    const lie = await candidate({ kind: 'expires-in', seconds: 5_184_000 }, { kind: 'candidate', change: { expiry: { livesMs: HOUR } } });
    expect([lie.expiresIn, at(lie.data, 'expires_at')]).toEqual([5_184_000, (NOON + HOUR) / 1_000]);
  });

  it('poorer scopes', async () => {
    const { data, token, post } = await candidate({ kind: 'candidate', change: { withoutScopes: ['whatsapp_business_messaging'] } });
    expect(at(data, 'scopes')).toEqual(['whatsapp_business_management']);
    expect(await post(messages, token, message)).toMatchObject({ status: 403, body: { error: { code: 10 } } });
  });

  it('another user, another app, no access, dead on arrival', async () => {
    expect(at((await candidate({ kind: 'candidate', change: { userId: '209' } })).data, 'user_id')).toBe('209');
    expect(at((await candidate({ kind: 'candidate', change: { appId: '109' } })).data, 'app_id')).toBe('109');
    const { get, token, data } = await candidate({ kind: 'candidate', change: { wabas: [] } });
    expect([at(data, 'is_valid'), (await get(`/${SHOP.phoneNumberId}`, { access_token: token })).status]).toEqual([true, 400]);
    expect(at((await candidate({ kind: 'candidate', change: { ended: 'lost_role' } })).data, 'error', 'subcode')).toBe(492);
  });
});

describe('wording', () => {
  it('code as a string, no subcode, status 401, transient, inside and outside', async () => {
    const { meta, owner, get, debug } = await onStage();
    const token = owner();
    meta.world.changePassword(SHOP.ownerId);
    meta.faults.add({ kind: 'wording', wording: { codeAsString: true, omitSubcodes: true, authStatus: 401, transient: true } });
    const { status, body } = await get('/app', { access_token: token });
    expect([status, at(body, 'error', 'code'), at(body, 'error', 'error_subcode'), at(body, 'error', 'is_transient')]).toEqual([401, '190', undefined, true]);
    const inner = at((await debug(token)).body, 'data', 'error');
    expect([at(inner, 'code'), at(inner, 'subcode')]).toEqual(['190', undefined]);
  });

  it('echoes the token', async () => {
    const { meta, get, debug } = await onStage();
    meta.faults.add({ kind: 'wording', wording: { echoToken: true } });
    expect(at((await get('/app', { access_token: 'EAATestGarbage' })).body, 'error', 'message')).toBe('Malformed access token EAATestGarbage');
    expect(at((await debug('EAATestGarbage')).body, 'data', 'error', 'message')).toBe('Malformed access token EAATestGarbage');
  });

  it.each([
    ['unix', 'Error validating access token: Session has expired at unix time 1753189200. The current unix time is 1753189200.'],
    ['localised', 'Error validating access token: Die Sitzung ist am Dienstag, 22. Juli 2025 um 06:00 abgelaufen. Jetzt ist Dienstag, 22. Juli 2025 um 06:00.'],
  ] as const)('an expiry said in the style %s', async (sessionText, words) => {
    const { meta, owner, get } = await onStage();
    const token = owner();
    meta.clock.advance(HOUR);
    meta.faults.add({ kind: 'wording', wording: { sessionText } });
    expect(at((await get('/app', { access_token: token })).body, 'error', 'message')).toBe(words);
  });
});

describe('the switchboard', () => {
  it('limits a fault to endpoints, a count, a predicate, and forgets it on demand', async () => {
    const { meta, robot, get, debug } = await onStage();
    const [one, two] = [robot(), robot()];
    const off = meta.faults.add({ kind: 'refuse', row: 4, on: 'app', times: 2, when: ({ token }) => token?.label === 't1' });
    const ask = async (token: string) => (await get('/app', { access_token: token })).status;
    expect([await ask(two), (await debug(one)).status, await ask(one), await ask(one), await ask(one)]).toEqual([200, 200, 400, 400, 200]);
    off();
    const again = meta.faults.add({ kind: 'refuse', row: 4 });
    expect(await ask(one)).toBe(400);
    again();
    expect(await ask(one)).toBe(200);
    meta.faults.add({ kind: 'refuse', row: 4 });
    meta.faults.clear();
    expect(await ask(one)).toBe(200);
  });

  it('gives any raw error', async () => {
    const { meta, robot, get } = await onStage();
    meta.faults.add({ kind: 'error', error: { code: 99, subcode: 7, status: 418, message: 'Tea', details: 'Pot', transient: true } });
    const { status, body } = await get('/app', { access_token: robot() });
    expect(status).toBe(418);
    expect(at(body, 'error')).toMatchObject({ message: 'Tea', type: 'OAuthException', code: 99, error_subcode: 7, error_data: { details: 'Pot' }, is_transient: true });
  });
});
