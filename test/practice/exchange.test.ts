import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { NOON, at, onStage, tokenIn } from './stage.ts';

const SIXTY = { set_token_expires_in_60_days: 'true' };
const end = (ms: number): number => (NOON + ms) / 1_000;

describe('fb_exchange_token', () => {
  it('makes a 60-day token of a short-lived one; the old one lives on', async () => {
    const { owner, exchange, debug, meta } = await onStage();
    const short = owner();
    const reply = await exchange(short);
    expect(reply).toMatchObject({ status: 200, body: { token_type: 'bearer', expires_in: 5_184_000 } });
    const long = tokenIn(reply);
    expect(long.startsWith('EAA')).toBe(true);
    expect(at((await debug(long)).body, 'data')).toMatchObject({ is_valid: true, type: 'USER', expires_at: end(60 * DAY), issued_at: end(0) });
    expect(at((await debug(short)).body, 'data', 'is_valid')).toBe(true);
    expect(meta.journal.entries({ endpoint: 'exchange' })[0]).toMatchObject({ subject: 't1', effect: { kind: 'exchanged', token: 't2', sameString: false }, sixtyDays: false });
  });

  it('leaves expires_in out when the same token is exchanged again', async () => {
    const { owner, exchange } = await onStage();
    const short = owner();
    await exchange(short);
    const again = await exchange(short);
    expect(again.body).toEqual({ access_token: tokenIn(again), token_type: 'bearer' });
  });

  it('does not move data access', async () => {
    const { meta, owner, exchange, debug } = await onStage();
    const short = owner({ expiresInMs: DAY });
    meta.clock.advance(HOUR);
    expect(at((await debug(tokenIn(await exchange(short)))).body, 'data', 'data_access_expires_at')).toBe(end(90 * DAY));
  });

  it.each([
    ['same-expiry', 60 * DAY, false],
    ['same-string', 60 * DAY, true],
    ['extend', 90 * DAY, false],
  ] as const)('brings for a long-lived user token: %s', async (longLivedExchange, life, sameString) => {
    const { meta, owner, exchange, debug } = await onStage();
    meta.world.changeApp(SHOP.appId, { longLivedExchange });
    const long = tokenIn(await exchange(owner()));
    meta.clock.advance(30 * DAY);
    const next = tokenIn(await exchange(long));
    expect(next === long).toBe(sameString);
    expect(at((await debug(next)).body, 'data', 'expires_at')).toBe(end(life));
  });

  it('refreshes a 60-day system user token with the flag; old and new both live', async () => {
    const { meta, robot, exchange, debug } = await onStage();
    const old = robot({ expiresInMs: 60 * DAY });
    meta.clock.advance(30 * DAY);
    const fresh = tokenIn(await exchange(old, SIXTY));
    expect(at((await debug(fresh)).body, 'data')).toMatchObject({ is_valid: true, type: 'SYSTEM_USER', expires_at: end(90 * DAY) });
    expect(at((await debug(old)).body, 'data')).toMatchObject({ is_valid: true, expires_at: end(60 * DAY) });
    meta.clock.advance(31 * DAY);
    expect([at((await debug(old)).body, 'data', 'is_valid'), at((await debug(fresh)).body, 'data', 'is_valid')]).toEqual([false, true]);
  });

  it('makes no progress without the flag, and refuses where 60 days are a must', async () => {
    const { meta, robot, exchange, debug } = await onStage();
    const old = robot({ expiresInMs: 60 * DAY });
    meta.clock.advance(DAY);
    expect(at((await debug(tokenIn(await exchange(old)))).body, 'data', 'expires_at')).toBe(end(60 * DAY));
    meta.world.changeApp(SHOP.appId, { sixtyDaysOnly: true });
    expect(await exchange(old)).toMatchObject({ status: 400, body: { error: { code: 100 } } });
    expect((await exchange(old, SIXTY)).status).toBe(200);
  });

  it.each([{}, SIXTY])('spoils a never-expiring token, so that exchanging one is noticed (%o)', async (flag) => {
    const { robot, exchange, debug } = await onStage();
    const forever = robot();
    const next = tokenIn(await exchange(forever, flag));
    expect([at((await debug(next)).body, 'data', 'expires_at'), at((await debug(forever)).body, 'data', 'expires_at')]).toEqual([end(60 * DAY), end(60 * DAY)]);
  });

  it('refuses the flag for a person', async () => {
    const { owner, exchange } = await onStage();
    expect(await exchange(owner(), SIXTY)).toMatchObject({ status: 400, body: { error: { code: 100 } } });
  });

  it('refuses an expired token of any kind: it is too late', async () => {
    const { meta, owner, robot, exchange } = await onStage();
    const tokens = [await exchange(owner()).then(tokenIn), robot({ expiresInMs: 60 * DAY })];
    meta.clock.advance(60 * DAY);
    const [person, system] = await Promise.all([exchange(tokens[0] ?? ''), exchange(tokens[1] ?? '', SIXTY)]);
    expect(person).toMatchObject({ status: 400, body: { error: { code: 190, error_subcode: 463, type: 'OAuthException' } } });
    expect(system).toMatchObject({ status: 400, body: { error: { code: 190, error_subcode: 463 } } });
    expect(meta.journal.count({ endpoint: 'exchange', effect: 'exchanged' })).toBe(1);
  });

  it('tells a wrong secret with code 1 and an unknown app with 101', async () => {
    const { owner, exchange } = await onStage();
    const token = owner();
    expect(await exchange(token, { client_secret: 'wrong' })).toMatchObject({ status: 400, body: { error: { code: 1, message: 'Error validating client secret.' } } });
    expect(await exchange(token, { client_id: '999' })).toMatchObject({ status: 400, body: { error: { code: 101 } } });
  });

  it('refuses garbage, a token of another app, and missing parameters', async () => {
    const { meta, owner, exchange } = await onStage();
    meta.world.addApp({ id: '109', name: 'Other', secret: 'practice-other' });
    const codes = await Promise.all([
      exchange('hello'),
      exchange(owner(), { client_id: '109', client_secret: 'practice-other' }),
      exchange(''),
      exchange(owner(), { grant_type: 'client_credentials' }),
      exchange(owner(), { client_id: '' }),
    ]);
    expect(codes.map(({ body }) => at(body, 'error', 'code'))).toEqual([190, 100, 100, 100, 100]);
  });

  it('takes a form by POST too', async () => {
    const { meta, owner } = await onStage();
    const response = await fetch(`${meta.url}/oauth/access_token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'fb_exchange_token', client_id: SHOP.appId, client_secret: SHOP.appSecret, fb_exchange_token: owner() }),
    });
    expect([response.status, meta.journal.count({ effect: 'exchanged' })]).toEqual([200, 1]);
  });

  it('gives the candidate the assets of the old token and not those assigned later', async () => {
    const { meta, owner, exchange, get } = await onStage();
    const short = owner();
    meta.world.addWaba({ id: '309', name: 'Second', phoneNumbers: [], assignedTo: [SHOP.ownerId] });
    const long = tokenIn(await exchange(short));
    expect((await get('/309/phone_numbers', { access_token: long })).status).toBe(400);
    expect((await get(`/${SHOP.wabaId}/phone_numbers`, { access_token: long })).status).toBe(200);
    expect((await get('/309/phone_numbers', { access_token: owner() })).status).toBe(200);
  });
});

describe('oauth/revoke', () => {
  it('ends one token and leaves the other; success is a string, or a boolean where switched', async () => {
    const { meta, robot, get, debug } = await onStage();
    const [old, fresh, third] = [robot(), robot(), robot()];
    const ask = (token: string) => get('/v26.0/oauth/revoke', { client_id: SHOP.appId, client_secret: SHOP.appSecret, revoke_token: token, access_token: fresh });
    expect((await ask(old)).body).toEqual({ success: 'true' });
    expect([at((await debug(old)).body, 'data', 'is_valid'), at((await debug(fresh)).body, 'data', 'is_valid')]).toEqual([false, true]);
    meta.faults.add({ kind: 'wording', wording: { booleanSuccess: true } });
    expect((await ask(third)).body).toEqual({ success: true });
    expect(meta.journal.entries({ effect: 'revoked' }).map(({ subject }) => subject)).toEqual(['t1', 't3']);
  });
});
