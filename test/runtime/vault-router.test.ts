import { describe, expect, it } from 'vitest';
import { createKeychainVault } from '../../src-main/adapters/keychain/keychain-vault.ts';
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

describe('keychain or memory', () => {
  it('a keychain that comes after the start is used from then on', async () => {
    const { keyring, routed, advance } = await start('no-bus');
    expect(routed.vaults.active.kind).toBe('memory');
    expect(routed.memoryOnly()).toMatch(/\w{3,} .*\.$/);
    keyring.mood = 'open';
    advance(MINUTE);
    expect(await routed.lookAgain()).toBe(true);
    expect([routed.vaults.active.kind, routed.memoryOnly()]).toEqual(['keychain', null]);
    expect(await routed.vaults.active.write(marker('keychain'), SECRET)).toEqual({ outcome: 'stored' });
    expect([...keyring.items.values()].some((item) => item.includes(SECRET))).toBe(true);
  });

  it('is asked at most once a minute, and not at all once it is there', async () => {
    const { keyring, routed, advance } = await start('no-bus');
    const atStart = keyring.calls.length;
    advance(MINUTE - 1);
    expect(await routed.lookAgain()).toBe(false);
    expect(keyring.calls.length).toBe(atStart);
    advance(1);
    expect(await Promise.all([routed.lookAgain(), routed.lookAgain()])).toEqual([false, false]);
    const asked = keyring.calls.length;
    expect(asked).toBeGreaterThan(atStart);
    expect(await routed.lookAgain()).toBe(false);
    expect(keyring.calls.length).toBe(asked);
    keyring.mood = 'open';
    advance(MINUTE);
    expect(await routed.lookAgain()).toBe(true);
    const there = keyring.calls.length;
    advance(10 * MINUTE);
    expect(await routed.lookAgain()).toBe(false);
    expect(keyring.calls.length).toBe(there);
  });

  it('a keychain that comes locked is waited for, and memory still gives what it took', async () => {
    const { keyring, routed, advance } = await start('no-bus');
    await routed.vaults.memory.write(marker('memory'), SECRET);
    keyring.mood = 'locked';
    advance(MINUTE);
    expect(await routed.lookAgain()).toBe(true);
    expect(routed.vaults.active.kind).toBe('keychain');
    expect(await routed.vaults.active.write({ ...marker('keychain'), id: 'm-2' }, SECRET)).toEqual({ outcome: 'locked' });
    expect(await routed.vaults.of(marker('memory'))?.read(marker('memory'))).toEqual({ outcome: 'present', secret: SECRET });
  });

  it('one that was there at the start stays in use while it is away', async () => {
    const { keyring, routed, advance } = await start('open');
    keyring.mood = 'no-bus';
    advance(MINUTE);
    expect([await routed.lookAgain(), routed.vaults.active.kind]).toEqual([false, 'keychain']);
    expect(routed.vaults.of(marker('file'))).toBeNull();
  });
});
