import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeychainVault } from '../../src-main/adapters/keychain/keychain-vault.ts';
import { createLockState } from '../../src-main/adapters/keychain/lock-state.ts';
import { createLockWatch } from '../../src-main/adapters/keychain/lock-watch.ts';
import { createMemoryVault } from '../../src-main/adapters/memory-vault.ts';
import { DAY, HOUR, MINUTE } from '../../src-main/core/time.ts';
import type { Keeper } from '../../src-main/keeper/api.ts';
import { createKeeper } from '../../src-main/keeper/keeper.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { type RoutedVaults, routeVaults } from '../../src-main/runtime/vault-router.ts';
import { buildKeeperHouse, type KeeperHouse } from '../keeper/keeper-house.ts';
import { keyringHere } from '../requirements.ts';
import { startRemoteKeytar } from './remote-keytar.ts';
import { type KeyringSession, startKeyring } from './session.ts';

const LOCKED_NOTE = 'The keychain is locked. Evertoken goes on with the tokens it holds in memory; unlock it before the next renewal.';

/** One run of Evertoken over the real keyring, with a clock that the test moves. */
interface Run {
  readonly keeper: Keeper;
  readonly routed: RoutedVaults;
  /** What each minute does, so many times, with as much time before each. */
  minutes(count: number, before?: number): Promise<void>;
  stop(): Promise<void>;
}

describe.runIf(keyringHere())('a keyring that is locked and unlocked while Evertoken runs', () => {
  let session: KeyringSession;
  let house: KeeperHouse;
  const runs: Run[] = [];

  beforeEach(async () => {
    session = await startKeyring({ password: 'corner' });
    house = await buildKeeperHouse(createMemoryVault());
  });
  afterEach(async () => {
    for (const run of runs.splice(0)) await run.stop();
    await house.stop();
    await session.stop();
  });

  async function start(): Promise<Run> {
    const { clock } = house.ports;
    const keytar = startRemoteKeytar(session.env);
    const lock = createLockWatch(createLockState({ platform: 'linux', env: session.env }), clock);
    const keychain = createKeychainVault({ raw: keytar.raw, platform: 'linux', installationId: 'inst', clock, lockState: () => lock.recent() });
    const routed = await routeVaults(keychain, createMemoryVault(), clock, lock);
    const keeper = createKeeper({ ...house.ports, vaults: routed.vaults });
    await keeper.start();
    await keeper.wake();
    const run: Run = {
      keeper,
      routed,
      minutes: async (count, before = 0) => {
        for (let minute = 0; minute < count; minute += 1) {
          house.advance(before + MINUTE);
          await ((await routed.lookAgain()) === null ? keeper.tick() : keeper.wake());
        }
      },
      stop: async () => {
        await keeper.stop();
        await keytar.stop();
      },
    };
    runs.push(run);
    house.keeper = keeper;
    return run;
  }

  const connect = async (): Promise<void> => {
    const token = house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
    expect(await house.connect({ token })).toMatchObject({ ok: true, code: 'connected' });
  };

  it('started locked: one prompt at the start and none in an hour; unlocked, it recovers within the minute, without a prompt', async () => {
    await start();
    await connect();
    await runs.pop()?.stop();
    await session.lock();
    const before = session.prompts();

    const { keeper, minutes, routed } = await start();
    expect(session.prompts() - before).toBe(1);
    await minutes(60);
    expect(session.prompts() - before).toBe(1);
    expect(house.only()).toMatchObject({ health: 'unknown', look: 'keychain-locked', reasonCodes: expect.arrayContaining(['keychain-locked']) as string[] });
    expect(await keeper.accessToken(house.only().id)).toBeNull();
    expect(keeper.status().vault).toMatchObject({ kind: 'keychain', locked: true, note: expect.stringMatching(/cannot read every token/) as string });

    expect(await session.unlock()).toBe(true);
    await minutes(1);
    expect(house.only()).toMatchObject({ health: 'healthy', look: 'healthy' });
    expect((await keeper.accessToken(house.only().id))?.token).toMatch(/^EAA/);
    expect(keeper.status().vault).toEqual({ kind: 'keychain', locked: false, note: null });
    expect(session.prompts() - before).toBe(1);
    expect(await routed.lookAgain()).toBeNull();
  });

  it('locked later: the bot goes on, the status says it, listeners hear it, no alert and no prompt; and nothing is left of it after', async () => {
    const { keeper, minutes, routed } = await start();
    await connect();
    const healthy = house.only();
    expect(healthy.health).toBe('healthy');
    const told = house.told.length;
    const heard: boolean[] = [];
    const stopHearing = keeper.onChange(() => heard.push(keeper.status().vault.locked));

    await session.lock();
    expect(await routed.lookAgain()).toBeNull();
    expect(heard).toEqual([true]);
    expect(keeper.status().vault).toEqual({ kind: 'keychain', locked: true, note: LOCKED_NOTE });
    // Over a whole check with Meta, which looks after what the vault may have lost.
    await minutes(32, 14 * MINUTE);
    expect(Date.parse(house.only().lastCheck ?? '')).toBeGreaterThan(Date.parse(healthy.lastCheck ?? '') + HOUR);
    expect(house.only()).toMatchObject({ health: 'healthy', reasonCodes: healthy.reasonCodes, alerts: [], fingerprint: healthy.fingerprint });
    expect((await keeper.accessToken(healthy.id))?.token).toMatch(/^EAA/);
    expect(house.told).toHaveLength(told);
    expect(session.prompts()).toBe(0);

    heard.length = 0;
    expect(await session.unlock()).toBe(true);
    expect(await routed.lookAgain()).toBe('unlocked');
    expect(heard).toEqual([false]);
    stopHearing();
    await session.lock();
    await routed.lookAgain();
    expect(heard).toEqual([false]);
    await session.unlock();
    await routed.lookAgain();
    expect(keeper.status().vault).toEqual({ kind: 'keychain', locked: false, note: null });
    expect(house.only().health).toBe('healthy');
    expect(session.prompts()).toBe(0);
  });

  it('locked for good: a renewal in the last day is kept in memory without a prompt, and stored when it is open', async () => {
    const { keeper, minutes } = await start();
    await connect();
    const old = house.only();
    await session.lock();
    await minutes(1);
    house.advance(Date.parse(old.expiresAt ?? '') - house.now() - 20 * HOUR);
    await minutes(30);
    // Each look at the connection tries to store it.
    await minutes(32, 14 * MINUTE);
    expect(house.only()).toMatchObject({ health: 'healthy', reasonCodes: expect.arrayContaining(['memory-only']) as string[] });
    expect(house.only().fingerprint).not.toBe(old.fingerprint);
    expect(session.prompts()).toBe(0);

    await session.unlock();
    await minutes(2);
    expect(house.only().reasonCodes).not.toContain('memory-only');
    expect(keeper.status().vault.locked).toBe(false);
    expect(session.prompts()).toBe(0);
  });

  it('asks the owner who presses a button, and the owner who connects, once each', async () => {
    await start();
    await connect();
    await runs.pop()?.stop();
    await session.lock();
    const { keeper, minutes } = await start();
    await minutes(5);
    const before = session.prompts();
    expect((await keeper.check(house.only().id)).ok).toBe(false);
    expect(session.prompts() - before).toBe(1);
    await minutes(10);
    expect(session.prompts() - before).toBe(1);
    const token = house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: DAY });
    expect(await house.connect({ token, label: 'Second' })).toMatchObject({ ok: false });
    expect(session.prompts() - before).toBe(2);
  });
});
