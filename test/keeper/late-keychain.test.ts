import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Vault } from '../../src-main/core/ports.ts';
import { DAY } from '../../src-main/core/time.ts';
import { createKeeper } from '../../src-main/keeper/keeper.ts';
import type { KeeperPorts } from '../../src-main/keeper/ports.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { buildKeeperHouse, keychainLike, type KeeperHouse } from './keeper-house.ts';

describe('a keychain that comes after the start', () => {
  let house: KeeperHouse;
  let keychain: ReturnType<typeof keychainLike>;
  let ports: KeeperPorts;
  let here = false;

  beforeEach(async () => {
    here = false;
    keychain = keychainLike();
    house = await buildKeeperHouse(keychain);
    const { memory, of } = house.ports.vaults;
    ports = {
      ...house.ports,
      vaults: {
        get active(): Vault {
          return here ? keychain : memory;
        },
        memory,
        of,
      },
    };
    house.keeper = createKeeper(ports);
    await house.keeper.start();
  });
  afterEach(() => house.stop());

  it('takes token and app secret over from memory, and the words about memory end', async () => {
    await house.connect({ token: house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY }) });
    expect(keychain.items.size).toBe(0);
    expect(house.keeper.status()).toMatchObject({ vault: { kind: 'memory' }, alerts: [{ code: 'memory-only' }] });
    here = true;
    await house.keeper.wake();
    expect(house.keeper.status()).toMatchObject({ vault: { kind: 'keychain', note: null }, alerts: [] });
    expect([...keychain.items.values()]).toContain(SHOP.appSecret);
    expect(keychain.items.size).toBe(2);
    // A restart without that memory goes on where this run ended.
    house.keeper = createKeeper({ ...ports, vaults: { ...house.ports.vaults, active: keychain } });
    await house.keeper.start();
    house.advance(DAY);
    expect(await house.keeper.refresh(house.only().id)).toMatchObject({ code: 'renewed' });
  });
});
