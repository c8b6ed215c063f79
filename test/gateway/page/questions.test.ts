import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../../src-main/contract/window-channels.ts';
import { openPageHouse } from './page-house.ts';

const bearer = (key: string): readonly (readonly [string, string])[] => [['Authorization', `Bearer ${key}`]];

describe('a question of the page', () => {
  it('is checked, done and answered', async () => {
    const { enter, post, asked } = await openPageHouse();
    const key = await enter();
    const answer = await post('/window/refresh', { connection: 'c-main' }, bearer(key));
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' } });
    expect(JSON.parse(answer.body)).toMatchObject({ ok: true, code: 'refresh' });
    expect(asked).toEqual([{ window: 1, channel: 'refresh', request: { connection: 'c-main' } }]);
  });

  it.each(CHANNELS)('%s has an address, and refuses what its schema does', async (name) => {
    const { enter, post, asked } = await openPageHouse();
    const refused = await post(`/window/${name}`, { nobodyKnowsThis: 'EAAsecret' }, bearer(await enter()));
    expect(refused).toMatchObject({ status: 400, code: 'bad-field' });
    expect(refused.body).not.toContain('EAAsecret');
    expect(asked).toEqual([]);
  });

  it('names the field that is wrong and not what it held', async () => {
    const { enter, post } = await openPageHouse();
    const { body } = await post('/window/replace', { connection: 'c-main', token: null, app: { appId: 'EAAsecret', appSecret: 17 } }, bearer(await enter()));
    expect((JSON.parse(body) as { error: { message: string } }).error.message).toBe('Evertoken refused this call: the field "app.appSecret" is not what it should be.');
    expect(body).not.toContain('EAAsecret');
  });

  it.each(['events', 'nothing', 'constructor', '__proto__', 'view/', 'view/x', ''])('to “%s” finds nothing', async (name) => {
    const { enter, post } = await openPageHouse();
    expect(['not-found', 'method-not-allowed']).toContain((await post(`/window/${name}`, {}, bearer(await enter()))).code);
  });

  it('may hold a whole .env, and no more than 256 kB', async () => {
    const { enter, post, asked } = await openPageHouse();
    const key = await enter();
    const env = `WHATSAPP_ACCESS_TOKEN=x\n${'# a comment\n'.repeat(18_000)}`;
    expect((await post('/window/connect', { token: env }, bearer(key))).status).toBe(200);
    expect(asked[0]?.request).toMatchObject({ token: env });
    expect(await post('/window/connect', { token: 'x'.repeat(256 * 1024) }, bearer(key))).toMatchObject({ status: 413, code: 'body-too-large' });
    expect(asked).toHaveLength(1);
  });

  it('goes to the window of its own session', async () => {
    const { enter, post, asked } = await openPageHouse();
    const [first, second] = [await enter(), await enter()];
    await post('/window/check', { connection: 'a' }, bearer(second));
    await post('/window/check', { connection: 'b' }, bearer(first));
    expect(asked.map(({ window, request }) => [window, request])).toEqual([[2, { connection: 'a' }], [1, { connection: 'b' }]]);
  });
});

const FOREIGN: readonly (readonly [name: string, value: string])[] = [
  ['Origin', 'https://evil.example'],
  ['Origin', 'null'],
  ['Origin', ''],
  ['Origin', 'http://127.0.0.1:1'],
  ['Sec-Fetch-Site', 'cross-site'],
  ['Sec-Fetch-Site', 'same-site'],
  ['Sec-Fetch-Site', 'none'],
];

describe('other pages', () => {
  it.each(FOREIGN)('with %s: %s get nothing, even with a key', async (name, value) => {
    const { enter, post, ask, section, asked } = await openPageHouse();
    const key = await enter();
    const headers = [...bearer(key), [name, value] as const];
    for (const answer of [
      await post('/window/refresh', { connection: 'c-main' }, headers),
      await post('/session', { secret: section.makeLink() }, headers),
      await ask('/window/events', { headers }),
      await ask('/window/refresh', { method: 'OPTIONS', headers: [...headers, ['Access-Control-Request-Method', 'POST']] }),
    ]) {
      expect(answer).toMatchObject({ status: 403, code: 'not-from-our-page' });
      expect(Object.keys(answer.headers).filter((header) => header.startsWith('access-control'))).toEqual([]);
    }
    expect(asked).toEqual([]);
  });

  it('of another host that leads here get nothing', async () => {
    const { enter, post, port } = await openPageHouse();
    const key = await enter();
    for (const host of ['evil.example', `evil.example:${port}`, '']) expect((await post('/window/view', {}, [...bearer(key), ['Host', host], ['Origin', `http://${host}`]])).code, host).toBe('wrong-host');
    expect((await post('/window/view', {}, [...bearer(key), ['Host', `127.0.0.1:${port}`], ['Host', 'evil.example']])).code).toBe('wrong-host');
  });

  it('are not our own, which says where it stands', async () => {
    const { enter, post, origin, port } = await openPageHouse();
    const key = await enter();
    const from = (host: string, origin: string) => post('/window/view', {}, [...bearer(key), ['Host', host], ['Origin', origin], ['Sec-Fetch-Site', 'same-origin']]);
    expect((await from(`127.0.0.1:${port}`, origin)).status).toBe(200);
    expect((await from(`localhost:${port}`, `http://localhost:${port}`)).status).toBe(200);
    // Behind a proxy that speaks TLS.
    expect((await from('keeper.example', 'https://keeper.example')).status).toBe(200);
    expect((await from('keeper.example', 'http://keeper.example')).status).toBe(200);
    expect((await from(`127.0.0.1:${port}`, `https://127.0.0.1:${port}`)).code).toBe('not-from-our-page');
    expect((await from(`127.0.0.1:${port}`, `http://localhost:${port}`)).code).toBe('not-from-our-page');
  });
});
