import { readFile } from 'node:fs/promises';
import { openAgeVault } from '../adapters/age-vault/age-vault.ts';
import { createKeychainVault } from '../adapters/keychain/keychain-vault.ts';
import { loadKeychain } from '../adapters/keychain/keytar-loader.ts';
import { createMemoryVault } from '../adapters/memory-vault.ts';
import type { Clock, SecretMarker, Vault } from '../core/ports.ts';
import type { Vaults } from '../keeper/ports.ts';
import type { RunOptions } from './options.ts';

/** The vaults of this run, or a sentence that says why the one the owner chose cannot be used. */
export type OpenedVaults =
  | { readonly ok: true; readonly vaults: Vaults; /** A keychain call hangs, so the process must be ended by force. */ readonly hasOpenCall: () => boolean; /** Why secrets are in memory only; null where they are not. */ readonly memoryOnly: string | null }
  | { readonly ok: false; readonly message: string };

/**
 * Opens the vault that new secrets go to: the encrypted file where the owner chose it, else the keychain, else memory.
 * A locked keychain is one to wait for, not to do without.
 */
export async function openVaults(choice: RunOptions['vaultFile'], installationId: string, clock: Clock, watch: (secret: string) => void): Promise<OpenedVaults> {
  const memory = createMemoryVault();
  if (choice !== null) return openFileVault(choice, memory, watch);
  const loaded = await loadKeychain();
  if (!loaded.ok) return { ok: true, vaults: between(memory, null, memory), hasOpenCall: NONE_OPEN, memoryOnly: loaded.reason };
  const keychain = createKeychainVault({ raw: loaded.raw, platform: process.platform, installationId, clock });
  const hasOpenCall = (): boolean => keychain.hasOpenCall();
  const probe = await keychain.probe();
  // Markers may name the keychain all the same, and it may come back: it stays reachable beside the memory.
  if (probe.state === 'unavailable') return { ok: true, vaults: between(memory, keychain, memory), hasOpenCall, memoryOnly: probe.reason };
  return { ok: true, vaults: between(keychain, keychain, memory), hasOpenCall, memoryOnly: null };
}

const NONE_OPEN = (): boolean => false;

async function openFileVault({ file, passphraseFile }: NonNullable<RunOptions['vaultFile']>, memory: Vault, watch: (secret: string) => void): Promise<OpenedVaults> {
  let passphrase: string;
  try {
    passphrase = (await readFile(passphraseFile, 'utf8')).replace(/\r?\n$/, '');
  } catch {
    return { ok: false, message: `The passphrase file cannot be read: ${passphraseFile}. Check its name and its permissions.` };
  }
  watch(passphrase);
  const opened = await openAgeVault({ file, passphrase });
  if (!opened.ok) return { ok: false, message: opened.message };
  return { ok: true, vaults: between(opened.vault, opened.vault, memory), hasOpenCall: NONE_OPEN, memoryOnly: null };
}

function between(active: Vault, other: Vault | null, memory: Vault): Vaults {
  const byKind = new Map([memory, ...(other === null ? [] : [other]), active].map((vault) => [vault.kind, vault]));
  return { active, memory, of: (marker: SecretMarker) => byKind.get(marker.vault) ?? null };
}
