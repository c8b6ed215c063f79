import type { Clock, Entropy, Log, Meta, Notifier, SecretMarker, Vault } from '../core/ports.ts';
import type { StateStore } from '../core/state.ts';

/** Whether the keychain is locked, as it was seen last. */
export interface VaultLock {
  /** False where that is not known, and where secrets go to another vault. */
  isLocked(): boolean;
  /** Calls `listener` whenever that changes; answers how to stop it. */
  onChange(listener: () => void): () => void;
}

/** The vaults of this run: the one that new secrets go to, and those that older markers may name. */
export interface Vaults {
  readonly active: Vault;
  /** The vault a marker names, or null where this run has no such vault. */
  of(marker: SecretMarker): Vault | null;
  /** A last resort that always takes a secret: this process's memory. */
  readonly memory: Vault;
  /** Missing where no vault of this run can be locked, or none can tell. */
  readonly lock?: VaultLock;
  /**
   * The same vaults for work that no owner asked for just now: while the keychain is locked they write nothing, since
   * that would open its prompt. The vaults themselves unless given.
   */
  readonly unasked?: Vaults;
}

/** Hears of live secrets, so that no log line can carry one. */
export interface SecretWatch {
  add(secret: string): void;
  remove(secret: string): void;
}

/** Everything the keeper needs from outside. */
export interface KeeperPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly meta: Meta;
  readonly vaults: Vaults;
  readonly store: StateStore;
  readonly log: Log;
  readonly notifier: Notifier;
  readonly secretWatch: SecretWatch;
}
