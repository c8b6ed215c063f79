import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { REFUSED } from '../fakes/pasted-texts.ts';
import { buildKeeperHouse, keychainLike, type KeeperHouse } from './keeper-house.ts';

describe('bad input changes nothing', () => {
  const vault = keychainLike();
  let house: KeeperHouse;
  let id = '';

  beforeAll(async () => {
    house = await buildKeeperHouse(vault);
    await house.connect({ token: house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY }), phoneNumberId: SHOP.phoneNumberId });
    id = house.only().id;
  });
  afterAll(() => house.stop());

  const everything = (): string => JSON.stringify([house.disk(), [...vault.items], house.keeper.status()]);

  it('covers at least 60 pasted texts', () => {
    expect(REFUSED.length).toBeGreaterThanOrEqual(60);
  });

  it.each(REFUSED.map(([text, code]) => [`${code}: ${JSON.stringify(text.slice(0, 40))}`, text, code] as const))('%s', async (_name, text, code) => {
    house.meta.journal.clear();
    const before = everything();
    const connected = await house.connect({ token: text });
    const replaced = await house.keeper.replace(id, { token: text, app: null, confirmed: true });
    expect(connected).toMatchObject({ ok: false, code, connection: null });
    expect(replaced).toMatchObject({ ok: false, code });
    expect(connected.message.length).toBeGreaterThan(20);
    // Refused offline: what is plainly no Meta token, another vendor's key above all, is never sent to Meta.
    expect(house.meta.journal.count()).toBe(0);
    expect(everything()).toBe(before);
  });

  it.each([
    ['a token that Meta does not know', 'qW3rT5yU7iO9pA1sD3fG5hJ7kL9zX1cV3bN5mQ7w', {}, 'malformed-token'],
    ['an app secret without its app id', 'EAATestEAATestEAATestEAATest', { appId: null, appSecret: 'practice-secret' }, 'app-id-missing'],
    ['an app id that is none', 'EAATestEAATestEAATestEAATest', { appId: 'my app' }, 'bad-app-id'],
    ['an app secret with a space', 'EAATestEAATestEAATestEAATest', { appSecret: 'two words here' }, 'bad-app-secret'],
  ])('%s', async (_name, token, input, code) => {
    const before = everything();
    expect(await house.connect({ token, ...input })).toMatchObject({ ok: false, code });
    expect(everything()).toBe(before);
  });

  it.each([
    ['a token of another app names both', (h: KeeperHouse) => h.meta.world.issueToken({ appId: '100000000000009', userId: SHOP.ownerId, expiresInMs: DAY }), {}, /100000000000009.*100000000000001/],
    ['a wrong app secret is not blamed on the token', (h: KeeperHouse) => h.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: DAY }), { appSecret: 'practice-secret-that-is-wrong' }, /app secret/],
    ['a token without the messaging permission names it', (h: KeeperHouse) => h.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: DAY, scopes: ['whatsapp_business_management'] }), {}, /whatsapp_business_messaging/],
    ['the WABA id pasted as phone-number id lists the numbers', (h: KeeperHouse) => h.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: DAY }), { phoneNumberId: SHOP.wabaId }, /is the id of a WhatsApp Business Account/],
    ['a second connection to the same number', (h: KeeperHouse) => h.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: DAY }), { phoneNumberId: SHOP.phoneNumberId }, /already connected as “Shop”/],
  ])('%s', async (_name, issue, input, words) => {
    if (!house.meta.world.directory.app('100000000000009')) house.meta.world.addApp({ id: '100000000000009', name: 'Other', secret: 'practice-secret-of-the-other-app' });
    const before = everything();
    const outcome = await house.connect({ token: issue(house), ...input });
    expect(`${outcome.message} ${outcome.details.join(' ')}`).toMatch(words);
    expect(outcome.ok, outcome.message).toBe(false);
    expect(everything()).toBe(before);
  });

  it('a Meta that does not answer refuses nothing for good: nothing is stored and the words say to try again', async () => {
    const before = everything();
    house.meta.faults.set({ kind: 'drop', afterEffect: false });
    const outcome = await house.connect({ token: 'qW3rT5yU7iO9pA1sD3fG5hJ7kL9zX1cV3bN5mQ7w' });
    house.meta.faults.clear();
    expect(outcome).toMatchObject({ ok: false, code: 'unreachable' });
    expect(everything()).toBe(before);
  });
});
