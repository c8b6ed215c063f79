import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { buildKeeperHouse, keychainLike, type KeeperHouse } from './keeper-house.ts';

describe('a disk that refuses', () => {
  let house: KeeperHouse;
  let vault: ReturnType<typeof keychainLike>;

  beforeEach(async () => {
    vault = keychainLike();
    house = await buildKeeperHouse(vault);
  });
  afterEach(() => house.stop());

  const token = (): string => house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
  /** Refuses every save from the n-th on. */
  const refuseFrom = (nth: number): void => {
    let saves = 0;
    house.diskIsFull = () => {
      saves += 1;
      return saves >= nth;
    };
  };

  it.each([1, 2, 3, 4])('leaves nothing behind when connecting fails at save %i, and works once there is room', async (nth) => {
    refuseFrom(nth);
    const refused = await house.connect({ token: token() });
    expect(refused).toMatchObject({ ok: false, code: 'storage-failed' });
    expect(refused.message).toMatch(/disk is full/i);
    expect(house.keeper.status().connections).toEqual([]);
    expect([...vault.items.values()]).toEqual([]);
    house.diskIsFull = () => false;
    await house.restart();
    expect(house.keeper.status().connections).toEqual([]);
    expect(await house.connect({ token: token() })).toMatchObject({ ok: true });
  });

  it.each([1, 2, 3, 4, 5, 6])('keeps a valid token in use when a renewal fails at save %i, and renews once there is room', async (nth) => {
    await house.connect({ token: token() });
    house.advance(31 * DAY);
    refuseFrom(nth);
    await house.keeper.tick();
    const handed = await house.keeper.accessToken(house.only().id);
    expect(house.meta.world.whyDead(house.meta.world.token(handed?.token ?? 'none'))).toBeNull();
    house.diskIsFull = () => false;
    await house.pass(HOUR, HOUR / 30);
    expect(house.only()).toMatchObject({ health: 'healthy', alerts: [] });
    expect(Date.parse(house.only().expiresAt ?? '')).toBeGreaterThan(house.now() + 59 * DAY);
    await house.restart();
    expect(Date.parse(house.only().expiresAt ?? '')).toBeGreaterThan(house.now() + 59 * DAY);
  });

  it('says so when a replacement cannot be written down, and the old token stays after a restart', async () => {
    const old = token();
    await house.connect({ token: old });
    refuseFrom(1);
    const refused = await house.keeper.replace(house.only().id, { token: token(), app: null, confirmed: true });
    expect(refused).toMatchObject({ ok: false, code: 'storage-failed' });
    house.diskIsFull = () => false;
    await house.restart();
    expect((await house.keeper.accessToken(house.only().id))?.token).toBe(old);
  });
});
