import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { buildKeeperHouse, keychainLike, type KeeperHouse } from './keeper-house.ts';

describe('what the keychain loses while Evertoken runs', () => {
  let house: KeeperHouse;
  let vault: ReturnType<typeof keychainLike>;

  beforeEach(async () => {
    vault = keychainLike();
    house = await buildKeeperHouse(vault);
    await house.connect({ token: house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY }) });
  });
  afterEach(() => house.stop());

  it('is written back at the next check, token and app secret, and survives a restart', async () => {
    const before = new Map(vault.items);
    vault.items.clear();
    await house.pass(7 * HOUR, HOUR);
    expect(Object.fromEntries(vault.items)).toEqual(Object.fromEntries(before));
    await house.restart();
    expect(house.only()).toMatchObject({ health: 'healthy', alerts: [] });
  });

  it('is left alone while the keychain is locked', async () => {
    vault.items.clear();
    vault.locked = true;
    await house.pass(7 * HOUR, HOUR);
    vault.locked = false;
    expect(vault.items.size).toBe(0);
    await house.pass(7 * HOUR, HOUR);
    expect(vault.items.size).toBe(2);
  });

  it('a refusal met by an early try is not told of for a month once Meta takes the app again', async () => {
    house.meta.faults.set({ kind: 'error', error: { code: 1, message: 'Error validating client secret.' }, on: 'exchange' });
    expect(await house.keeper.refresh(house.only().id)).toMatchObject({ ok: false, code: 'wrong-app-credentials' });
    house.meta.faults.clear();
    await house.pass(3 * DAY, 6 * HOUR);
    expect(house.told.map((alert) => alert.code)).toEqual(['app-credentials-refused']);
    expect(house.only()).toMatchObject({ health: 'healthy', alerts: [] });
  });
});
