import type { Clock, Entropy, Log, Meta, Notifier, SecretMarker, Vault } from '../core/ports.ts';
import type { StateStore } from '../core/state.ts';

/** The vaults of this run: the one that new secrets go to, and those that older markers may name. */
export interface Vaults {
  readonly active: Vault;
  /** The vault a marker names, or null where this run has no such vault. */
  of(marker: SecretMarker): Vault | null;
  /** A last resort that always takes a secret: this process's memory. */
  readonly memory: Vault;
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
