import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createKeychainVault } from '../../src-main/adapters/keychain/keychain-vault.ts';
import type { KeychainVault } from '../../src-main/adapters/keychain/keychain-vault.ts';
import { loadKeychain } from '../../src-main/adapters/keychain/keytar-loader.ts';
import type { SecretMarker } from '../../src-main/core/ports.ts';
import { startRemoteKeytar } from './remote-keytar.ts';
import type { RemoteKeytar } from './remote-keytar.ts';
import { envWithoutBus, startKeyring } from './session.ts';
import type { KeyringOptions, KeyringSession, SessionEnv } from './session.ts';

const ACCOUNT = 'inst1/conn1/token';
const SECRET = 'EAATestKeychain000000000001';
const OTHER = 'EAATestKeychain000000000002';
const marker = (id = 'm1', account = ACCOUNT): SecretMarker => ({ id, vault: 'keychain', account, lastFour: '0001', savedAt: 0 });

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function keyring(options: KeyringOptions = {}): Promise<KeyringSession> {
  const session = await startKeyring(options);
  cleanUps.push(() => session.stop());
  return session;
}

/** A vault over the real keytar, with a clock that a test moves to end the pause after "locked". */
function vaultIn(env: SessionEnv, softLimitMs = 5_000): { vault: KeychainVault; keytar: RemoteKeytar; pass: (ms: number) => void } {
  const keytar = startRemoteKeytar(env);
  cleanUps.push(() => keytar.stop());
  let elapsed = 0;
  const clock = { now: () => elapsed, monotonic: () => elapsed };
  const vault = createKeychainVault({ raw: keytar.raw, platform: 'linux', installationId: 'inst1', clock, softLimitMs });
  return { vault, keytar, pass: (ms) => (elapsed += ms) };
}

/** A keyring that holds SECRET, started again on its files so that it is locked and cannot prompt. */
async function lockedKeyring(promptSeconds = 0): Promise<KeyringSession> {
  const first = await startKeyring({ password: 'pw' });
  const { vault, keytar } = vaultIn(first.env);
  expect(await vault.write(marker(), SECRET)).toEqual({ outcome: 'stored' });
  await keytar.stop();
  await first.stop({ keepFolder: true });
  return keyring({ password: 'pw', folder: first.folder, state: 'locked', promptSeconds });
}

describe('the keychain vault on a real gnome-keyring', () => {
  it('present: what is written is read back, and stands in the keyring for an independent reader', async () => {
    const session = await keyring();
    const { vault } = vaultIn(session.env);
    expect(await vault.probe()).toEqual({ state: 'usable' });
    expect(await vault.write(marker(), SECRET)).toEqual({ outcome: 'stored' });
    expect(await vault.read(marker())).toEqual({ outcome: 'present', secret: SECRET });
    expect(await session.storedSecret(ACCOUNT)).toBe(`evertoken:1:m1:${SECRET}`);
    expect(await session.storedSecret('inst1/keychain/probe')).toBeNull();
  });

  it('absent: what was erased in an open keyring is absent, and gone for the independent reader', async () => {
    const session = await keyring();
    const { vault } = vaultIn(session.env);
    await vault.write(marker(), SECRET);
    expect(await vault.erase(marker())).toBe(true);
    expect(await vault.read(marker())).toEqual({ outcome: 'absent' });
    expect(await session.storedSecret(ACCOUNT)).toBeNull();
  });

  it('lost: a marker stands, the sentinel proves the keyring open, and the item was deleted by somebody else', async () => {
    const session = await keyring();
    const { vault } = vaultIn(session.env);
    await vault.write(marker(), SECRET);
    expect((await session.secretTool(['clear', 'service', 'Evertoken', 'account', ACCOUNT])).code).toBe(0);
    expect(await vault.read(marker())).toEqual({ outcome: 'lost' });
  });

  it('lost only by the word of the owner where the sentinel is gone as well', async () => {
    const session = await keyring();
    const { vault } = vaultIn(session.env);
    expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
    expect(await vault.read(marker(), true)).toEqual({ outcome: 'lost' });
    expect(await session.storedSecret('inst1/keychain/sentinel')).toBe('open');
  });

  it('locked: reads, writes and erasures change nothing, and the owner may say otherwise in vain', async () => {
    const session = await lockedKeyring();
    const { vault } = vaultIn(session.env);
    expect(await vault.probe()).toEqual({ state: 'locked' });
    expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
    expect(await vault.read(marker(), true)).toEqual({ outcome: 'locked' });
    expect(await vault.write(marker('m2'), OTHER)).toEqual({ outcome: 'locked' });
    expect(await vault.erase(marker())).toBe(false);
    expect(await session.unlock()).toBe(true);
    expect(await session.storedSecret(ACCOUNT)).toBe(`evertoken:1:m1:${SECRET}`);
  });

  it('locked: an erasure that does reach the keyring deletes nothing and claims nothing', async () => {
    const session = await lockedKeyring();
    const { vault, keytar } = vaultIn(session.env);
    expect(await vault.erase(marker())).toBe(false);
    expect(keytar.calls).toContain(`deletePassword ${ACCOUNT}`);
    await session.unlock();
    expect(await session.storedSecret(ACCOUNT)).toBe(`evertoken:1:m1:${SECRET}`);
  });

  it('recovers when the keyring is unlocked while the vault is in use', async () => {
    const session = await lockedKeyring();
    const { vault, pass } = vaultIn(session.env);
    expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
    expect(await session.unlock('not the password')).toBe(false);
    pass(60_000);
    expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
    expect(await session.unlock()).toBe(true);
    pass(60_000);
    expect(await vault.read(marker())).toEqual({ outcome: 'present', secret: SECRET });
    await session.lock();
    expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
    await session.unlock();
    expect(await vault.read(marker(), true)).toEqual({ outcome: 'present', secret: SECRET });
  });

  it('locked while the prompt is open: one native call hangs, no second one is begun, and all is well after it', async () => {
    const session = await lockedKeyring(2);
    const { vault, keytar } = vaultIn(session.env, 300);
    expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
    expect(await Promise.all([vault.read(marker(), true), vault.write(marker('m2'), OTHER), vault.erase(marker())])).toEqual([{ outcome: 'locked' }, { outcome: 'locked' }, false]);
    expect(keytar.calls).toEqual([`getPassword ${ACCOUNT}`]);
    expect(vault.hasOpenCall()).toBe(true);
    await vi.waitFor(() => expect(keytar.pending()).toBe(0), { timeout: 10_000 });
    expect(vault.hasOpenCall()).toBe(false);
    expect(await session.unlock()).toBe(true);
    expect(await vault.read(marker(), true)).toEqual({ outcome: 'present', secret: SECRET });
  });

  it('unavailable without a session bus, in words for the owner', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'evertoken-nobus-'));
    cleanUps.push(async () => rmSync(folder, { recursive: true, force: true }));
    const { vault } = vaultIn(envWithoutBus(folder));
    const reason = expect.stringContaining('no running keychain') as string;
    expect(await vault.probe()).toEqual({ state: 'unavailable', reason });
    expect(await vault.read(marker())).toEqual({ outcome: 'unavailable', reason });
    expect(await vault.write(marker(), SECRET)).toEqual({ outcome: 'unavailable', reason });
    expect(await vault.erase(marker())).toBe(false);
  });

  it('unavailable without a default collection, in words for the owner', async () => {
    const session = await keyring({ state: 'locked' });
    const { vault } = vaultIn(session.env);
    const reason = expect.stringContaining('create a default keyring') as string;
    expect(await vault.probe()).toEqual({ state: 'unavailable', reason });
    expect(await vault.write(marker(), SECRET)).toEqual({ outcome: 'unavailable', reason });
    expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
    expect(await vault.read(marker(), true)).toEqual({ outcome: 'unavailable', reason });
    expect(await vault.erase(marker())).toBe(false);
  });

  it('keeps the largest secret whole, and many accounts apart', async () => {
    const session = await keyring();
    const { vault } = vaultIn(session.env);
    const large = 'x'.repeat(2_048 - 'evertoken:1:m1:'.length);
    expect(await vault.write(marker(), large)).toEqual({ outcome: 'stored' });
    expect(await vault.write(marker('m2', 'inst1/conn2/token'), OTHER)).toEqual({ outcome: 'stored' });
    expect(await vault.read(marker())).toEqual({ outcome: 'present', secret: large });
    expect(await vault.read(marker('m2', 'inst1/conn2/token'))).toEqual({ outcome: 'present', secret: OTHER });
  });
});

describe('the real native module', () => {
  it('loads with its three calls where libsecret is installed', async () => {
    const loaded = await loadKeychain();
    expect(loaded.ok ? Object.keys(loaded.raw).toSorted() : loaded.reason).toEqual(['deletePassword', 'getPassword', 'setPassword']);
  });
});
