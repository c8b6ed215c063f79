import type { KeychainProbe } from '../adapters/keychain/keychain-vault.ts';
import type { LockWatch } from '../adapters/keychain/lock-watch.ts';
import type { Clock, SecretMarker, Vault } from '../core/ports.ts';
import { MINUTE } from '../core/time.ts';
import type { Vaults } from '../keeper/ports.ts';

/** A keychain that can be asked whether it is there. */
export type ProbedVault = Vault & { probe(again?: boolean): Promise<KeychainProbe> };

/** What a look at the keychain found new: it is there at last, or it was locked and is open. */
export type KeychainNews = 'came' | 'unlocked';

/** The keychain where it can be had, memory until then. */
export interface RoutedVaults {
  readonly vaults: Vaults;
  /** Why secrets are in memory only now; null where they are not. */
  memoryOnly(): string | null;
  /**
   * Looks whether the keychain is locked, and asks again for one that was not there, at most once a minute; a keychain
   * that has come is not asked any more. Each piece of news is told once, so that what was kept in memory can be moved, and
   * what could not be read can be. Opens no prompt where `lock` can tell.
   */
  lookAgain(): Promise<KeychainNews | null>;
}

/**
 * Chooses between keychain and memory. A computer starts its services before somebody logs in and the keyring
 * with them, so "no keychain" at the start must not hold for the whole run. `lock` tells without a prompt whether it is
 * locked; null where nothing can tell.
 */
export async function routeVaults(keychain: ProbedVault, memory: Vault, clock: Clock, lock: LockWatch | null = null): Promise<RoutedVaults> {
  const first = await keychain.probe();
  await lock?.look();
  // A locked keychain is one to wait for, not to do without.
  let missing: string | null = first.state === 'unavailable' ? first.reason : null;
  let askedAt = clock.monotonic();
  let asking: Promise<boolean> | null = null;

  const ask = async (): Promise<boolean> => {
    const probe = await keychain.probe(true);
    missing = probe.state === 'unavailable' ? probe.reason : null;
    return missing === null;
  };

  const comes = (): Promise<boolean> => {
    if (asking !== null) return asking;
    if (missing === null || clock.monotonic() - askedAt < MINUTE) return Promise.resolve(false);
    askedAt = clock.monotonic();
    asking = ask().finally(() => {
      asking = null;
    });
    return asking;
  };

  // Markers may name the keychain while it is away: it stays reachable beside the memory.
  const through = (reached: Vault): Vaults => ({
    get active() {
      return missing === null ? reached : memory;
    },
    memory,
    of: (marker: SecretMarker) => [reached, memory].find(({ kind }) => kind === marker.vault) ?? null,
  });

  return {
    vaults: lock === null ? through(keychain) : withLock(through(keychain), through(unasked(keychain, lock)), lock, () => missing === null),
    memoryOnly: () => missing,
    lookAgain: async () => {
      await lock?.look();
      const came = await comes();
      const unlocked = lock?.takeOpened() ?? false;
      if (came) return 'came';
      return unlocked ? 'unlocked' : null;
    },
  };
}

function withLock(vaults: Vaults, unasked: Vaults, lock: LockWatch, isInUse: () => boolean): Vaults {
  return {
    get active() {
      return vaults.active;
    },
    memory: vaults.memory,
    of: (marker) => vaults.of(marker),
    lock: { isLocked: () => isInUse() && lock.isLocked(), onChange: (listener) => lock.onChange(listener) },
    unasked,
  };
}

/** Reads and erasures hold themselves back from a locked keychain. */
function unasked(keychain: Vault, lock: LockWatch): Vault {
  return {
    kind: keychain.kind,
    read: (marker, ownerSaysUnlocked) => keychain.read(marker, ownerSaysUnlocked),
    write: async (marker, secret) => ((await lock.recent()) === 'locked' ? { outcome: 'locked' } : keychain.write(marker, secret)),
    erase: (marker) => keychain.erase(marker),
  };
}
