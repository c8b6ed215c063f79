import { describe, expect, it } from 'vitest';
import { DAY } from '../../src-main/core/time.ts';
import { startPracticeMeta } from '../../src-main/practice/meta.ts';
import { createRecent } from '../../src-main/practice/recent.ts';
import { pacificTime } from '../../src-main/practice/session-text.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { NOON, at, onStage, tokenIn } from './stage.ts';

describe('the practice Meta', () => {
  it('shows its own clock in the Date header, moved or set', async () => {
    const { meta, robot, get } = await onStage();
    const token = robot();
    const date = async () => (await get('/app', { access_token: token })).headers.get('date');
    expect(await date()).toBe('Tue, 22 Jul 2025 12:00:00 GMT');
    meta.clock.advance(3 * DAY);
    expect(await date()).toBe('Fri, 25 Jul 2025 12:00:00 GMT');
    meta.clock.set(0);
    expect(await date()).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
    meta.faults.add({ kind: 'html' });
    expect(await date()).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
    expect(meta.journal.entries().map(({ at: when }) => when)).toEqual([NOON, NOON + 3 * DAY, 0, 0]);
  });

  it('gives the same tokens for the same seed and calls, and others for another seed', async () => {
    const story = async (seed: number) => {
      const { owner, robot, exchange } = await onStage(seed);
      const [short, forever] = [owner(), robot()];
      return [short, forever, tokenIn(await exchange(short))];
    };
    const [first, again, other] = [await story(1), await story(1), await story(2)];
    expect(again).toEqual(first);
    expect(new Set([...first, ...other]).size).toBe(6);
    expect(first.every((token) => /^EAAPractice[A-Za-z0-9]{180}$/.test(token))).toBe(true);
  });

  it('does not change its tokens because of an error in between', async () => {
    const story = async (stumble: boolean) => {
      const { owner, exchange, get } = await onStage();
      const short = owner();
      if (stumble) await get('/app', { access_token: 'hello' });
      return tokenIn(await exchange(short));
    };
    expect(await story(true)).toBe(await story(false));
  });

  it('writes down who called and how, and no secret', async () => {
    const { meta, owner, exchange, debug, get } = await onStage();
    const token = owner();
    const fresh = tokenIn(await exchange(token, { set_token_expires_in_60_days: 'false' }));
    await debug(token);
    await get('/v26.0/app', { access_token: token });
    await get('/app', { access_token: 'hello' });
    await get('/app');
    expect(meta.journal.entries().map((entry) => [entry.endpoint, entry.version, entry.signedBy, entry.token, entry.subject, entry.result])).toEqual([
      ['exchange', 'v26.0', 'nobody', null, 't1', { kind: 'answered', status: 200, code: null, subcode: null }],
      ['debug', 'v26.0', 'app', null, 't1', { kind: 'answered', status: 200, code: null, subcode: null }],
      ['app', 'v26.0', 'token', 't1', null, { kind: 'answered', status: 200, code: null, subcode: null }],
      ['app', null, 'stranger', null, null, { kind: 'answered', status: 400, code: 190, subcode: null }],
      ['app', null, 'nobody', null, null, { kind: 'answered', status: 403, code: 200, subcode: null }],
    ]);
    const written = JSON.stringify(meta.journal.entries());
    expect([token, fresh, SHOP.appSecret].map((secret) => written.includes(secret))).toEqual([false, false, false]);
    meta.journal.clear();
    expect(meta.journal.count()).toBe(0);
  });

  it('listens on the loopback interface only, and says so when the port is taken', async () => {
    const { meta } = await onStage();
    expect(new URL(meta.url).hostname).toBe('127.0.0.1');
    await expect(startPracticeMeta({ port: Number(new URL(meta.url).port) })).rejects.toThrow('EADDRINUSE');
  });

  it('starts at the wall clock of this computer', async () => {
    const meta = await startPracticeMeta();
    const ahead = Math.abs(meta.clock.now() - Date.now());
    await meta.stop();
    expect(ahead < 5_000).toBe(true);
  });

  it('answers 413 to a body that is too large', async () => {
    const { meta, robot } = await onStage();
    const response = await fetch(`${meta.url}/${SHOP.phoneNumberId}/media`, { method: 'POST', headers: { authorization: `Bearer ${robot()}` }, body: new Uint8Array(21 * 1024 * 1024) });
    expect([response.status, at(await response.json(), 'error', 'code')]).toEqual([413, 131053]);
  });

  it('tells whoever sets it up of a mistake', async () => {
    const { meta } = await onStage();
    expect(() => meta.world.issueToken({ appId: '1', userId: SHOP.ownerId, expiresInMs: 1 })).toThrow('no app 1');
    expect(() => meta.world.token('hello')).toThrow('no such token');
    expect(() => meta.world.addUser({ id: SHOP.ownerId, name: 'Twice' })).toThrow('is there already');
  });
});

describe('a practice world that runs for weeks', () => {
  it('forgets the oldest expired tokens and never a living one', async () => {
    const { meta, owner, robot } = await onStage();
    const forever = robot();
    for (let n = 0; n < 6_000; n += 1) {
      owner({ expiresInMs: 60_000 });
      meta.clock.advance(30_000);
    }
    const last = owner();
    expect([meta.world.tokens.all().length, meta.world.token(forever).label, meta.world.token(last).label]).toEqual([5_000, 't1', 't6002']);
  });
});

describe('pacificTime', () => {
  it('says PDT in summer and PST in winter', () => {
    expect(pacificTime(Date.UTC(2025, 6, 22, 12))).toBe('Tuesday, 22-Jul-25 05:00:00 PDT');
    expect(pacificTime(Date.UTC(2026, 0, 5, 8))).toBe('Monday, 05-Jan-26 00:00:00 PST');
  });
});

describe('createRecent', () => {
  it('keeps the newest and forgets the rest', () => {
    const recent = createRecent<number>(3);
    for (const n of [1, 2, 3, 4, 5, 6, 7]) recent.add(n);
    expect(recent.list()).toEqual([5, 6, 7]);
  });
});
