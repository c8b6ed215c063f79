import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { buildKeeperHouse, keychainLike, type KeeperHouse } from './keeper-house.ts';

const OTHER_APP = { id: '100000000000009', name: 'Other Bot', secret: 'practice-secret-of-the-other-app' };

describe('things that happen at the same moment, or go wrong half-way', () => {
  let house: KeeperHouse;
  let vault: ReturnType<typeof keychainLike>;

  beforeEach(async () => {
    vault = keychainLike();
    house = await buildKeeperHouse(vault);
    house.meta.world.addApp(OTHER_APP);
  });
  afterEach(() => house.stop());

  const robotToken = (appId: string = SHOP.appId, expiresInMs: number | null = 60 * DAY): string => house.meta.world.issueToken({ appId, userId: SHOP.robotId, expiresInMs });
  const ownerToken = (expiresInMs = 60 * DAY): string => house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs, dataAccessMs: null });

  it('a removal during a tick leaves nothing in the keychain, however the work was queued', async () => {
    for (let shop = 0; shop < 6; shop += 1) await house.connect({ token: robotToken(), label: `Shop ${shop}` });
    const ids = house.keeper.status().connections.map(({ id }) => id);
    house.advance(7 * HOUR);
    const ticking = house.keeper.tick();
    expect(await house.keeper.remove(ids[5] ?? '')).toMatchObject({ ok: true });
    await ticking;
    expect(house.disk().connections).toHaveLength(5);
    expect(vault.items.size).toBe(10);
  });

  it('a replacement asked for while the connection is being removed brings nothing back', async () => {
    await house.connect({ token: robotToken() });
    const { id } = house.only();
    const removing = house.keeper.remove(id);
    const replacing = house.keeper.replace(id, { token: robotToken(SHOP.appId, null), app: null, confirmed: true });
    expect(await removing).toMatchObject({ ok: true });
    expect(await replacing).toMatchObject({ ok: false, code: 'unknown-connection' });
    expect(vault.items.size).toBe(0);
  });

  it('withdraws the alerts of a connection that is removed', async () => {
    await house.connect({ token: ownerToken() });
    house.meta.world.changePassword(SHOP.ownerId);
    await house.pass(7 * HOUR, HOUR);
    const alerts = house.only().alerts.map(({ id }) => id);
    expect(alerts).toHaveLength(1);
    await house.keeper.remove(house.only().id);
    expect(house.withdrawn).toEqual(alerts);
  });

  it('takes a good token although the app secret that it has was reset at Meta, and still sees access', async () => {
    await house.connect({ token: ownerToken(), phoneNumberId: SHOP.phoneNumberId });
    house.meta.world.changeApp(SHOP.appId, { secret: 'practice-new-secret-of-the-corner-shop' });
    house.meta.world.changePassword(SHOP.ownerId);
    await house.pass(7 * HOUR, HOUR);
    expect(house.only().health).toBe('revoked');
    expect(await house.keeper.replace(house.only().id, { token: robotToken(SHOP.appId, null), app: null, confirmed: true })).toMatchObject({ ok: true, code: 'replaced' });
    house.meta.world.unassign(SHOP.robotId, SHOP.wabaId);
    await house.pass(7 * HOUR, HOUR);
    expect(house.only().health).toBe('access-lost');
    house.meta.world.assign(SHOP.robotId, SHOP.wabaId);
  });

  it.each([1, 2, 3, 4])('keeps app id and app secret together when a replacement fails at save %i, and strands no secret', async (nth) => {
    await house.connect({ token: robotToken() });
    const { id } = house.only();
    let saves = 0;
    house.diskIsFull = () => {
      saves += 1;
      return saves >= nth;
    };
    await house.keeper.replace(id, { token: robotToken(OTHER_APP.id), app: { appId: OTHER_APP.id, appSecret: OTHER_APP.secret }, confirmed: true });
    house.diskIsFull = () => false;
    await house.pass(DAY, HOUR);
    expect(await house.keeper.refresh(id)).toMatchObject({ ok: true });
    expect(house.told.map(({ code }) => code)).not.toContain('app-credentials-refused');
    await house.restart();
    expect(await house.keeper.refresh(id)).toMatchObject({ ok: true });
    expect(await house.keeper.remove(id)).toMatchObject({ ok: true });
    expect([...vault.items.values()]).toEqual([]);
  });

  it.each([6, 7, 8, 9])('answers a connect whose disk fills up at save %i, when the connection already stands', async (nth) => {
    let saves = 0;
    house.diskIsFull = () => {
      saves += 1;
      return saves >= nth;
    };
    const outcome = await house.connect({ token: ownerToken(HOUR) });
    house.diskIsFull = () => false;
    expect(outcome).toMatchObject({ ok: true, code: 'connected' });
    await house.pass(HOUR / 2, HOUR / 30);
    expect(house.only()).toMatchObject({ kind: 'long-lived', health: 'healthy' });
  });

  it('in the last day keeps a renewed token in memory when the keychain loses what it takes', async () => {
    await house.connect({ token: robotToken() });
    vault.write = async () => ({ outcome: 'stored' as const });
    await house.pass(61 * DAY, 6 * HOUR);
    expect(house.only().health).toBe('healthy');
    expect(house.only().reasonCodes).toContain('memory-only');
  });

  it('ties no number while one of the accounts did not answer', async () => {
    house.meta.world.addWaba({ id: '300000000000002', name: 'Bakery', phoneNumbers: [{ id: '400000000000002', display: '+1 555-010-0002', verifiedName: 'Bakery' }], templates: [], assignedTo: [SHOP.ownerId] });
    house.meta.faults.set({ kind: 'server-error', status: 503, on: 'waba', times: 1 });
    await house.connect({ token: ownerToken() });
    expect(house.only()).toMatchObject({ phoneNumberId: null });
    expect(house.only().offeredNumbers).toHaveLength(1);
    await house.pass(7 * HOUR, HOUR);
    expect(house.only().offeredNumbers).toHaveLength(2);
  });

  it('keeps a renewal that waits to be proved when a replacement cannot be kept', async () => {
    await house.connect({ token: robotToken(), phoneNumberId: SHOP.phoneNumberId });
    house.advance(31 * DAY);
    house.meta.faults.set({ kind: 'drop', afterEffect: false, on: 'debug' });
    await house.keeper.refresh(house.only().id);
    const roles = (): unknown => house.disk().connections[0]?.tokens.map(({ role }) => role);
    expect(roles()).toEqual(['current', 'candidate']);
    house.meta.faults.clear();
    vault.locked = true;
    expect(await house.keeper.replace(house.only().id, { token: robotToken(SHOP.appId, null), app: null, confirmed: true })).toMatchObject({ ok: false, code: 'keychain-locked' });
    expect(roles()).toEqual(['current', 'candidate']);
    vault.locked = false;
    await house.pass(HOUR, HOUR / 12);
    expect(roles()).toEqual(['previous', 'current']);
    expect(house.meta.journal.count({ endpoint: 'exchange' })).toBe(1);
  });
});
