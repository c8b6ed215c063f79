import { describe, expect, it } from 'vitest';
import { openPageHouse } from './page-house.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const bearer = (key: string): readonly (readonly [string, string])[] => [['Authorization', `Bearer ${key}`]];

describe('a link', () => {
  it('opens a session once, with secrets of 256 bits', async () => {
    const { section, post, refusals } = await openPageHouse();
    const secret = section.makeLink();
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    const first = await post('/session', { secret });
    expect(first.status).toBe(200);
    const { key } = JSON.parse(first.body) as { key: string };
    expect(Buffer.from(key, 'base64url')).toHaveLength(32);
    expect(await post('/session', { secret })).toMatchObject({ status: 401, code: 'link-refused' });
    expect((await post('/session', { secret })).body).toContain('npx evertoken open');
    expect(refusals.map(({ code, method }) => [code, method])).toEqual([['link-refused', 'POST'], ['link-refused', 'POST']]);
  });

  it('lets in one of those who try it at the same time', async () => {
    const { section, post } = await openPageHouse();
    const secret = section.makeLink();
    const tried = await Promise.all(Array.from({ length: 20 }, () => post('/session', { secret })));
    expect([200, 401].map((wanted) => tried.filter(({ status }) => status === wanted).length)).toEqual([1, 19]);
  });

  it('works for five minutes', async () => {
    const { section, post, advance } = await openPageHouse();
    const [early, late] = [section.makeLink(), section.makeLink()];
    advance(5 * MINUTE - 1);
    expect((await post('/session', { secret: early })).status).toBe(200);
    advance(1);
    expect((await post('/session', { secret: late })).status).toBe(401);
  });

  it('gives way to sixteen newer ones', async () => {
    const { section, post } = await openPageHouse();
    const links = Array.from({ length: 17 }, () => section.makeLink());
    expect((await post('/session', { secret: links[0] })).status).toBe(401);
    expect((await post('/session', { secret: links[1] })).status).toBe(200);
  });

  it.each([[{}], [{ secret: '' }], [{ secret: 1 }], [{ secret: 'x'.repeat(43) }], [{ secret: 'x'.repeat(5_000) }], [[]], [null]])('is not %j', async (body) => {
    const { section, post } = await openPageHouse();
    section.makeLink();
    expect(await post('/session', body)).toMatchObject({ status: 401, code: 'link-refused' });
  });

  it('comes as JSON or not at all', async () => {
    const { ask, section } = await openPageHouse();
    const body = JSON.stringify({ secret: section.makeLink() });
    expect((await ask('/session', { method: 'POST', headers: [['Content-Type', 'text/plain']], body })).code).toBe('not-json');
    expect((await ask('/session', { method: 'POST', headers: [['Content-Type', 'application/json']], body: '{' })).code).toBe('bad-json');
    expect((await ask('/session', { headers: [['Content-Type', 'application/json']], body })).code).toBe('method-not-allowed');
    // None of these has used it up.
    expect((await ask('/session', { method: 'POST', headers: [['Content-Type', 'application/json']], body })).status).toBe(200);
  });
});

describe('a session', () => {
  it('answers whoever has its key, and nobody else', async () => {
    const { enter, post, ask } = await openPageHouse();
    const key = await enter();
    expect((await post('/window/view', {}, bearer(key))).status).toBe(200);
    const others = [[], bearer('evk_a-consumer-key'), bearer('the-owner-key'), bearer(''), bearer(`${key}x`), [['Authorization', `Basic ${key}`]], [...bearer(key), ...bearer(key)], [['Cookie', `evertoken-session=${key}`]]] as const;
    for (const headers of others) {
      expect(await post('/window/view', {}, headers), JSON.stringify(headers)).toMatchObject({ status: 401, code: 'session-refused' });
      expect((await ask('/window/events', { headers })).code, JSON.stringify(headers)).toBe('session-refused');
      // Without a key nothing is said about which channels there are.
      expect((await post('/window/no-such-channel', {}, headers)).code).toBe('session-refused');
    }
  });

  it('lasts while it is used, and a day at most', async () => {
    const { enter, post, advance, said } = await openPageHouse();
    const key = await enter();
    advance(12 * HOUR - 1);
    expect((await post('/window/view', {}, bearer(key))).status).toBe(200);
    advance(12 * HOUR - 1);
    expect((await post('/window/view', {}, bearer(key))).status).toBe(200);
    // By now it is as old as a session gets.
    advance(2);
    expect((await post('/window/view', {}, bearer(key))).status).toBe(401);
    expect(said).toEqual(['ended 1']);
  });

  it('ends when nobody used it for twelve hours', async () => {
    const { enter, post, advance } = await openPageHouse();
    const key = await enter();
    advance(12 * HOUR);
    expect((await post('/window/view', {}, bearer(key))).status).toBe(401);
  });

  it('gives way to the seventeenth, the longest unused first', async () => {
    const { enter, post } = await openPageHouse();
    const first = await enter();
    const second = await enter();
    for (let more = 0; more < 14; more += 1) await enter();
    await post('/window/view', {}, bearer(first));
    await enter();
    expect((await post('/window/view', {}, bearer(first))).status).toBe(200);
    expect((await post('/window/view', {}, bearer(second))).status).toBe(401);
  });
});
