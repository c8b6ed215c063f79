import type { KeychainProbe } from '../adapters/keychain/keychain-vault.ts';
import type { Clock, SecretMarker, Vault } from '../core/ports.ts';
import { MINUTE } from '../core/time.ts';
import type { Vaults } from '../keeper/ports.ts';

/** A keychain that can be asked whether it is there. */
export type ProbedVault = Vault & { probe(): Promise<KeychainProbe> };

/** The keychain where it can be had, memory until then. */
export interface RoutedVaults {
  readonly vaults: Vaults;
  /** Why secrets are in memory only now; null where they are not. */
  memoryOnly(): string | null;
  /**
   * Asks again for a keychain that was not there, at most once a minute; a keychain that has come is asked no more.
   * True the one time that it came, so that what was kept in memory can be moved.
   */
  lookAgain(): Promise<boolean>;
}

/**
 * Chooses between keychain and memory. A computer starts its services before somebody logs in and the keyring
 * with them, so "no keychain" at the start must not hold for the whole run.
 */
export async function routeVaults(keychain: ProbedVault, memory: Vault, clock: Clock): Promise<RoutedVaults> {
  const first = await keychain.probe();
  // A locked keychain is one to wait for, not to do without.
  let missing: string | null = first.state === 'unavailable' ? first.reason : null;
  let askedAt = clock.monotonic();
  let asking: Promise<boolean> | null = null;

  const ask = async (): Promise<boolean> => {
    const probe = await keychain.probe();
    missing = probe.state === 'unavailable' ? probe.reason : null;
    return missing === null;
  };

  return {
    vaults: {
      get active() {
        return missing === null ? keychain : memory;
      },
      memory,
      // Markers may name the keychain while it is away: it stays reachable beside the memory.
      of: (marker: SecretMarker) => [keychain, memory].find(({ kind }) => kind === marker.vault) ?? null,
    },
    memoryOnly: () => missing,
    lookAgain: () => {
      if (asking !== null) return asking;
      if (missing === null || clock.monotonic() - askedAt < MINUTE) return Promise.resolve(false);
      askedAt = clock.monotonic();
      asking = ask().finally(() => {
        asking = null;
      });
      return asking;
    },
  };
}
