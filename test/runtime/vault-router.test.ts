import { describe, expect, it } from 'vitest';
import { createKeychainVault } from '../../src-main/adapters/keychain/keychain-vault.ts';
import type { LockState } from '../../src-main/adapters/keychain/lock-state.ts';
import { createLockWatch } from '../../src-main/adapters/keychain/lock-watch.ts';
import { createMemoryVault } from '../../src-main/adapters/memory-vault.ts';
import type { SecretMarker } from '../../src-main/core/ports.ts';
import { MINUTE } from '../../src-main/core/time.ts';
import { type RoutedVaults, routeVaults } from '../../src-main/runtime/vault-router.ts';
import { createFakeKeyring, type FakeKeyring, type KeyringMood } from '../adapters/keychain/fake-keyring.ts';

const SECRET = 'EAATestRouterNotReal';
const marker = (vault: SecretMarker['vault']): SecretMarker => ({ id: 'm-1', vault, account: 'i/c/token-m-1', lastFour: 'Real', savedAt: 0 });

async function start(mood: KeyringMood) {
  const keyring: FakeKeyring = createFakeKeyring();
  keyring.mood = mood;
  let at = 0;
  const clock = { now: () => at, monotonic: () => at };
  const keychain = createKeychainVault({ raw: keyring.raw, platform: 'linux', installationId: 'i', clock });
  const routed: RoutedVaults = await routeVaults(keychain, createMemoryVault(), clock);
  return { keyring, routed, advance: (ms: number) => (at += ms) };
}

/** With a Secret Service that tells; it says `unknown` where the keyring has no default collection or is not there. */
async function startTelling(mood: KeyringMood) {
  const keyring: FakeKeyring = createFakeKeyring();
  keyring.mood = mood;
  let at = 0;
  const clock = { now: () => at, monotonic: () => at };
  const ask = async (): Promise<LockState> => (keyring.mood === 'open' || keyring.mood === 'locked' ? keyring.mood : 'unknown');
  const lock = createLockWatch(ask, clock);
  const keychain = createKeychainVault({ raw: keyring.raw, platform: 'linux', installationId: 'i', clock, lockState: () => lock.recent() });
  const routed: RoutedVaults = await routeVaults(keychain, createMemoryVault(), clock, lock);
  const heard: (boolean | undefined)[] = [];
  routed.vaults.lock?.onChange(() => heard.push(routed.vaults.lock?.isLocked()));
  return { keyring, routed, heard, advance: (ms: number) => (at += ms) };
}

describe('keychain or memory', () => {
  it('a keychain that comes after the start is used from then on', async () => {
    const { keyring, routed, advance } = await start('no-bus');
    expect(routed.vaults.active.kind).toBe('memory');
    expect(routed.memoryOnly()).toMatch(/\w{3,} .*\.$/);
    keyring.mood = 'open';
    advance(MINUTE);
    expect(await routed.lookAgain()).toBe('came');
    expect([routed.vaults.active.kind, routed.memoryOnly()]).toEqual(['keychain', null]);
    expect(await routed.vaults.active.write(marker('keychain'), SECRET)).toEqual({ outcome: 'stored' });
    expect([...keyring.items.values()].some((item) => item.includes(SECRET))).toBe(true);
  });

  it('is asked at most once a minute, and not at all once it is there', async () => {
    const { keyring, routed, advance } = await start('no-bus');
    const atStart = keyring.calls.length;
    advance(MINUTE - 1);
    expect(await routed.lookAgain()).toBeNull();
    expect(keyring.calls.length).toBe(atStart);
    advance(1);
    expect(await Promise.all([routed.lookAgain(), routed.lookAgain()])).toEqual([null, null]);
    const asked = keyring.calls.length;
    expect(asked).toBeGreaterThan(atStart);
    expect(await routed.lookAgain()).toBeNull();
    expect(keyring.calls.length).toBe(asked);
    keyring.mood = 'open';
    advance(MINUTE);
    expect(await routed.lookAgain()).toBe('came');
    const there = keyring.calls.length;
    advance(10 * MINUTE);
    expect(await routed.lookAgain()).toBeNull();
    expect(keyring.calls.length).toBe(there);
  });

  it('a keychain that comes locked is waited for, and memory still gives what it took', async () => {
    const { keyring, routed, advance } = await start('no-bus');
    await routed.vaults.memory.write(marker('memory'), SECRET);
    keyring.mood = 'locked';
    advance(MINUTE);
    expect(await routed.lookAgain()).toBe('came');
    expect(routed.vaults.active.kind).toBe('keychain');
    expect(await routed.vaults.active.write({ ...marker('keychain'), id: 'm-2' }, SECRET)).toEqual({ outcome: 'locked' });
    expect(await routed.vaults.of(marker('memory'))?.read(marker('memory'))).toEqual({ outcome: 'present', secret: SECRET });
  });

  it('one that was there at the start stays in use while it is away', async () => {
    const { keyring, routed, advance } = await start('open');
    keyring.mood = 'no-bus';
    advance(MINUTE);
    expect([await routed.lookAgain(), routed.vaults.active.kind]).toEqual([null, 'keychain']);
    expect(routed.vaults.of(marker('file'))).toBeNull();
  });
});

describe('a keychain that tells whether it is locked', () => {
  it('asks a locked one once at the start, and never again by itself', async () => {
    const { keyring, routed, advance } = await startTelling('locked');
    expect(keyring.calls.length).toBeGreaterThan(0);
    const atStart = keyring.calls.length;
    for (let minute = 0; minute < 90; minute += 1) {
      advance(MINUTE);
      expect(await routed.lookAgain()).toBeNull();
      expect(await routed.vaults.active.read(marker('keychain'))).toEqual({ outcome: 'locked' });
    }
    expect(keyring.calls).toHaveLength(atStart);
    expect(routed.vaults.lock?.isLocked()).toBe(true);
  });

  it('tells once that it was unlocked, and whoever listens hears of each change', async () => {
    const { keyring, routed, heard, advance } = await startTelling('open');
    expect([routed.vaults.lock?.isLocked(), await routed.lookAgain()]).toEqual([false, null]);
    keyring.mood = 'locked';
    expect([await routed.lookAgain(), routed.vaults.lock?.isLocked()]).toEqual([null, true]);
    keyring.mood = 'open';
    advance(1);
    expect([await routed.lookAgain(), routed.vaults.lock?.isLocked()]).toEqual(['unlocked', false]);
    expect(await routed.lookAgain()).toBeNull();
    expect(heard).toEqual([true, false]);
  });

  it('writes nothing unasked while it is locked, and what the owner asked for all the same', async () => {
    const { keyring, routed, advance } = await startTelling('open');
    const unasked = routed.vaults.unasked?.active;
    expect(await unasked?.write(marker('keychain'), SECRET)).toEqual({ outcome: 'stored' });
    expect(await unasked?.read(marker('keychain'))).toEqual({ outcome: 'present', secret: SECRET });
    keyring.mood = 'locked';
    await routed.lookAgain();
    const before = keyring.calls.length;
    const other = { ...marker('keychain'), id: 'm-2' };
    expect(await unasked?.write(other, SECRET)).toEqual({ outcome: 'locked' });
    expect(keyring.calls).toHaveLength(before);
    expect(await routed.vaults.active.write(other, SECRET)).toEqual({ outcome: 'locked' });
    expect(keyring.calls.length).toBeGreaterThan(before);
    keyring.mood = 'open';
    advance(1_000);
    expect(await unasked?.erase(marker('keychain'))).toBe(true);
    expect(routed.vaults.unasked?.of(marker('memory'))).toBe(routed.vaults.memory);
  });

  it('one that comes locked is in use and locked, without a prompt, and news again when it is unlocked', async () => {
    const { keyring, routed, advance } = await startTelling('no-bus');
    expect([routed.vaults.active.kind, routed.vaults.lock?.isLocked()]).toEqual(['memory', false]);
    const atStart = keyring.calls.length;
    keyring.mood = 'locked';
    expect([await routed.lookAgain(), routed.vaults.lock?.isLocked()]).toEqual([null, false]);
    advance(MINUTE);
    expect([await routed.lookAgain(), routed.vaults.active.kind, routed.vaults.lock?.isLocked()]).toEqual(['came', 'keychain', true]);
    expect(keyring.calls).toHaveLength(atStart);
    keyring.mood = 'open';
    expect(await routed.lookAgain()).toBe('unlocked');
  });

  it('asks for a first keyring once at the start, and not each minute', async () => {
    const { keyring, routed, advance } = await startTelling('no-collection');
    const writes = (): number => keyring.calls.filter((call) => call.startsWith('set')).length;
    expect(writes()).toBe(1);
    for (let minute = 0; minute < 10; minute += 1) {
      advance(MINUTE);
      expect(await routed.lookAgain()).toBeNull();
    }
    expect(writes()).toBe(1);
    keyring.mood = 'open';
    advance(MINUTE);
    expect([await routed.lookAgain(), routed.vaults.active.kind]).toEqual(['came', 'keychain']);
  });
});
