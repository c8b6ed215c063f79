import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { OVER_A_DEAD_TOKEN } from '../../src-main/keeper/api.ts';
import { buildKeeperHouse, keychainLike, type KeeperHouse } from './keeper-house.ts';

const OTHER_APP = { id: '100000000000009', name: 'Other Bot', secret: 'practice-secret-of-the-other-app' };

describe('replacing a token', () => {
  let house: KeeperHouse;
  let vault: ReturnType<typeof keychainLike>;

  beforeEach(async () => {
    vault = keychainLike();
    house = await buildKeeperHouse(vault);
    house.meta.world.addApp(OTHER_APP);
  });
  afterEach(() => house.stop());

  const userToken = (): string => house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: 60 * DAY });
  const robotToken = (appId: string = SHOP.appId): string => house.meta.world.issueToken({ appId, userId: SHOP.robotId, expiresInMs: null });
  const inUse = async (): Promise<string | undefined> => (await house.keeper.accessToken(house.only().id))?.token;

  it('states another user over a live token, takes it only when confirmed, and keeps the old one as the previous', async () => {
    const old = userToken();
    await house.connect({ token: old });
    const fresh = robotToken();
    const asked = await house.keeper.replace(house.only().id, { token: fresh, app: null, confirmed: false });
    expect(asked).toMatchObject({ ok: false, code: 'confirm' });
    expect(asked.details.join(' ')).toContain(SHOP.robotId);
    expect(asked.details.join(' ')).toContain('System User');
    expect(await inUse()).toBe(old);

    const done = await house.keeper.replace(house.only().id, { token: fresh, app: null, confirmed: true });
    expect(done).toMatchObject({ ok: true, code: 'replaced' });
    expect(await inUse()).toBe(fresh);
    expect(house.only()).toMatchObject({ kind: 'never-expiring', expiresAt: null, health: 'healthy' });
    expect(house.disk().connections[0]?.tokens.map((token) => token.role)).toEqual(['previous', 'current']);
  });

  it('states both another user and another app over a dead token; accepts it when confirmed, or where nobody is there to be asked, and tells what differs', async () => {
    await house.connect({ token: userToken() });
    house.advance(61 * DAY);
    house.meta.world.changePassword(SHOP.ownerId);
    await house.keeper.tick();
    expect(['expired', 'revoked']).toContain(house.only().health);
    const fresh = robotToken(OTHER_APP.id);
    const asked = await house.keeper.replace(house.only().id, { token: fresh, app: null, confirmed: false });
    expect(asked.code).toBe('confirm');
    expect(asked.details).toHaveLength(2);
    const done = await house.keeper.replace(house.only().id, { token: fresh, app: null, confirmed: OVER_A_DEAD_TOKEN });
    expect(done.code).toBe('replaced');
    expect(done.details).toHaveLength(2);
    expect(done.details.join(' ')).toContain(OTHER_APP.id);
    expect(done.details.join(' ')).toContain(SHOP.robotId);
    expect(await inUse()).toBe(fresh);
    expect(house.only()).toMatchObject({ health: 'healthy', alerts: [] });
    // The old app's secret must not be used to prove calls of the new app's token.
    await house.pass(7 * HOUR, HOUR);
    expect(house.only().health).toBe('healthy');
    expect(house.meta.journal.entries({ endpoint: 'number' }).every((entry) => entry.proof !== 'wrong')).toBe(true);
  });

  it('asks over a living token, also where nobody is there to be asked', async () => {
    await house.connect({ token: userToken() });
    expect(await house.keeper.replace(house.only().id, { token: robotToken(), app: null, confirmed: OVER_A_DEAD_TOKEN })).toMatchObject({ ok: false, code: 'confirm' });
  });

  it('takes one of another user over one that is cut off from the number', async () => {
    await house.connect({ token: userToken(), phoneNumberId: SHOP.phoneNumberId });
    house.meta.world.unassign(SHOP.ownerId, SHOP.wabaId);
    await house.pass(7 * HOUR, HOUR);
    expect(house.only().health).toBe('access-lost');
    const fresh = robotToken();
    expect(await house.keeper.replace(house.only().id, { token: fresh, app: null, confirmed: OVER_A_DEAD_TOKEN })).toMatchObject({ ok: true, code: 'replaced', details: [expect.stringContaining(SHOP.robotId)] });
    expect(await inUse()).toBe(fresh);
    expect(house.only().health).toBe('healthy');
  });

  it('still asks over a dead token where no number says whether the other is the right one', async () => {
    const second = { id: '400000000000002', display: '+1 555-010-0002', verifiedName: 'Corner Shop Bakery' };
    house.meta.world.addWaba({ id: '300000000000002', name: 'Bakery', phoneNumbers: [second], templates: [], assignedTo: [SHOP.ownerId, SHOP.robotId] });
    const old = userToken();
    await house.connect({ token: old });
    expect(house.only()).toMatchObject({ phoneNumberId: null, wabaId: null });
    house.meta.world.changePassword(SHOP.ownerId);
    await house.pass(7 * HOUR, HOUR);
    expect(house.only().health).toBe('revoked');
    expect(await house.keeper.replace(house.only().id, { token: robotToken(), app: null, confirmed: OVER_A_DEAD_TOKEN })).toMatchObject({ ok: false, code: 'confirm' });
    expect(house.disk().connections[0]?.tokens).toHaveLength(1);
  });

  it('states a shorter life and fewer permissions', async () => {
    await house.connect({ token: robotToken() });
    const poorer = house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY, scopes: ['whatsapp_business_messaging'] });
    const asked = await house.keeper.replace(house.only().id, { token: poorer, app: null, confirmed: false });
    expect(asked.details.join(' ')).toMatch(/ends earlier/);
    expect(asked.details.join(' ')).toContain('whatsapp_business_management');
  });

  it('refuses a token that does not reach the number; the old one stays', async () => {
    const old = userToken();
    await house.connect({ token: old });
    house.meta.world.addSystemUser({ id: '200000000000077', name: 'Without assets' });
    const stranger = house.meta.world.issueToken({ appId: SHOP.appId, userId: '200000000000077', expiresInMs: null });
    const before = JSON.stringify(house.disk());
    const refused = await house.keeper.replace(house.only().id, { token: stranger, app: null, confirmed: true });
    expect(refused.ok).toBe(false);
    expect(refused.message).toMatch(/does not reach/);
    expect(await inUse()).toBe(old);
    expect(JSON.stringify(house.disk())).toBe(before);
  });

  it('refuses an expired token with the sentence that says what to do', async () => {
    const old = userToken();
    await house.connect({ token: old });
    const dead = house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: HOUR });
    house.advance(2 * HOUR);
    const refused = await house.keeper.replace(house.only().id, { token: dead, app: null, confirmed: true });
    expect(refused).toMatchObject({ ok: false, code: 'expired' });
    expect(refused.message).toMatch(/cannot be renewed/);
    expect(await inUse()).toBe(old);
  });

  it('takes a new app secret with the new token and renews with it', async () => {
    await house.connect({ token: userToken() });
    const fresh = house.meta.world.issueToken({ appId: OTHER_APP.id, userId: SHOP.robotId, expiresInMs: 60 * DAY });
    const done = await house.keeper.replace(house.only().id, { token: fresh, app: { appId: OTHER_APP.id, appSecret: OTHER_APP.secret }, confirmed: true });
    expect(done.code).toBe('replaced');
    const renewed = await house.keeper.refresh(house.only().id);
    house.meta.journal.clear();
    expect(renewed).toMatchObject({ code: 'no-progress' });
    await house.pass(31 * DAY, DAY);
    expect(house.meta.journal.count({ endpoint: 'exchange' })).toBeGreaterThan(0);
    expect(Date.parse(house.only().expiresAt ?? '')).toBeGreaterThan(house.now() + 50 * DAY);
    expect([...vault.items.values()]).toContain(OTHER_APP.secret);
    expect([...vault.items.values()]).not.toContain(SHOP.appSecret);
  });

  it('changes nothing while the keychain is locked', async () => {
    const old = userToken();
    await house.connect({ token: old });
    const before = JSON.stringify([...vault.items]);
    vault.locked = true;
    const refused = await house.keeper.replace(house.only().id, { token: robotToken(), app: null, confirmed: true });
    vault.locked = false;
    expect(refused).toMatchObject({ ok: false, code: 'keychain-locked' });
    expect(JSON.stringify([...vault.items])).toBe(before);
    expect(await inUse()).toBe(old);
    await house.restart();
    expect(await inUse()).toBe(old);
  });
});
