import { readFile } from 'node:fs/promises';
import { openAgeVault } from '../adapters/age-vault/age-vault.ts';
import { createKeychainVault } from '../adapters/keychain/keychain-vault.ts';
import { loadKeychain } from '../adapters/keychain/keytar-loader.ts';
import { createLockState } from '../adapters/keychain/lock-state.ts';
import { createLockWatch } from '../adapters/keychain/lock-watch.ts';
import { createMemoryVault } from '../adapters/memory-vault.ts';
import type { Clock, SecretMarker, Vault } from '../core/ports.ts';
import type { Vaults } from '../keeper/ports.ts';
import type { RunOptions } from './options.ts';
import { type KeychainNews, routeVaults } from './vault-router.ts';

/** The vaults of this run, or a sentence that says why the one the owner chose cannot be used. */
export type OpenedVaults =
  | {
      readonly ok: true;
      readonly vaults: Vaults;
      /** A keychain call hangs, so the process must be ended by force. */
      readonly hasOpenCall: () => boolean;
      /** Why secrets are in memory only at the start; null where they are not. */
      readonly memoryOnly: string | null;
      /**
       * Looks whether the keychain is locked and asks again for one that was not there; tells once that it came or was
       * unlocked. Cheap to call every few seconds.
       */
      readonly lookAgain: () => Promise<KeychainNews | null>;
    }
  | { readonly ok: false; readonly message: string };

/** Opens the vault that new secrets go to: the encrypted file where the owner chose it, else the keychain, else memory until there is one. */
export async function openVaults(choice: RunOptions['vaultFile'], installationId: string, clock: Clock, watch: (secret: string) => void): Promise<OpenedVaults> {
  const memory = createMemoryVault();
  if (choice !== null) return openFileVault(choice, memory, watch);
  const loaded = await loadKeychain();
  // A library that is missing is not loaded by asking again: that needs a restart, as its words say.
  if (!loaded.ok) return { ok: true, vaults: fixed(memory, memory), hasOpenCall: NO, memoryOnly: loaded.reason, lookAgain: NEVER };
  const { env, platform } = process;
  const lock = createLockWatch(createLockState({ platform, env }), clock);
  const keychain = createKeychainVault({ raw: loaded.raw, platform, installationId, clock, lockState: () => lock.recent() });
  const routed = await routeVaults(keychain, memory, clock, lock);
  return { ok: true, vaults: routed.vaults, hasOpenCall: () => keychain.hasOpenCall(), memoryOnly: routed.memoryOnly(), lookAgain: () => routed.lookAgain() };
}

const NO = (): boolean => false;
const NEVER = (): Promise<null> => Promise.resolve(null);

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
  return { ok: true, vaults: fixed(opened.vault, memory), hasOpenCall: NO, memoryOnly: null, lookAgain: NEVER };
}

function fixed(active: Vault, memory: Vault): Vaults {
  return { active, memory, of: (marker: SecretMarker) => [active, memory].find(({ kind }) => kind === marker.vault) ?? null };
}
