import { randomUUID } from 'node:crypto';
import type { Clock, SecretMarker, SecretRead, SecretWrite, Vault } from '../../core/ports.ts';
import { SECOND } from '../../core/time.ts';
import { openEnvelope, refuseToStore, sealEnvelope } from './envelope.ts';
import { type KeychainFault, NO_DEFAULT_COLLECTION } from './faults.ts';
import { createLockGate } from './gate.ts';
import { createKeychainItems } from './items.ts';
import type { LockState } from './lock-state.ts';
import { createOpenProof } from './open-proof.ts';
import { createNativeQueue } from './queue.ts';
import type { RawKeychain } from './raw.ts';

const SOFT_LIMIT_MS = 8 * SECOND;

/** What the vault stands on. */
export interface KeychainVaultOptions {
  readonly raw: RawKeychain;
  readonly platform: NodeJS.Platform;
  readonly installationId: string;
  readonly clock: Clock;
  /** How long a caller waits for the keychain, ms; 8,000 unless told. */
  readonly softLimitMs?: number;
  /** Whether the keychain is locked, learnt without a prompt; `unknown` unless given. Must not reject. */
  readonly lockState?: () => Promise<LockState>;
}

/** What a start finds. `locked` is a keychain to use all the same; only `unavailable` calls for another vault. */
export type KeychainProbe = { readonly state: 'usable' } | { readonly state: 'locked' } | { readonly state: 'unavailable'; readonly reason: string };

/** The vault over the operating system's keychain. */
export interface KeychainVault extends Vault {
  readonly kind: 'keychain';
  /**
   * Asks whether there is a keychain. At the start that may open a prompt, to unlock it or to make a first keyring. When
   * asked `again` it opens none where `lockState` can tell: nobody has asked for anything.
   */
  probe(again?: boolean): Promise<KeychainProbe>;
  /** True while a native call has not settled; see `endProcess` for why that matters at the end. */
  hasOpenCall(): boolean;
}

const IN_A_FILE = 'This secret is in your encrypted vault file. Start Evertoken with that file and its passphrase.';

/**
 * The `Vault` over keytar. Operations follow one another, and each makes its native calls one at a time. An empty
 * answer of a Linux keyring is believed only with a proof that the keyring is open; see `createOpenProof`. While it
 * is locked nothing is deleted, rewritten or begun anew. Where `lockState` says that it is locked, only the owner's
 * word or a write touches it, as that opens its prompt; where that is not known, see `createLockGate` for how seldom it
 * is asked.
 */
export function createKeychainVault({ raw, platform, installationId, clock, softLimitMs = SOFT_LIMIT_MS, lockState }: KeychainVaultOptions): KeychainVault {
  const gate = createLockGate(clock, lockState ?? null);
  const queue = createNativeQueue({ softLimitMs, onLateAnswer: (answered) => (answered ? gate.foundOpen() : undefined) });
  const items = createKeychainItems(raw, queue);
  const proof = createOpenProof(items, installationId, platform, randomUUID);
  const inTurn = createTurns();
  // Markers whose write never took place, or which were erased: their item is absent, not lost.
  const knownGone = new Set<string>();

  const stoppedBy = (fault: KeychainFault): KeychainFault => {
    if (fault.outcome === 'locked') gate.foundLocked();
    return fault;
  };

  const found = (marker: SecretMarker, stored: string): SecretRead => {
    gate.foundOpen();
    const secret = openEnvelope(marker.id, stored);
    return secret === null ? missing(marker) : { outcome: 'present', secret };
  };
  const missing = (marker: SecretMarker): SecretRead => {
    gate.foundOpen();
    return { outcome: knownGone.has(marker.id) ? 'absent' : 'lost' };
  };

  const read = async (marker: SecretMarker, ownerSaysUnlocked: boolean): Promise<SecretRead> => {
    if (marker.vault === 'file') return { outcome: 'unavailable', reason: IN_A_FILE };
    if (marker.vault === 'memory') return missing(marker);
    if (await gate.isShut(ownerSaysUnlocked)) return { outcome: 'locked' };
    const first = await items.get(marker.account);
    if (!first.ok) return stoppedBy(first.fault);
    if (first.value !== null) return found(marker, first.value);
    // Its prompt was dismissed. Each question more would open another.
    if ((await gate.state()) === 'locked') {
      gate.wasDismissed();
      return { outcome: 'locked' };
    }

    let openness = await proof.bySentinel();
    if (openness === 'not-proved' && ownerSaysUnlocked) openness = await proof.byProbe();
    if (openness === 'not-proved') {
      gate.provedNothing();
      return { outcome: 'locked' };
    }
    if (openness !== 'open') return stoppedBy(openness);
    if (platform !== 'linux') return missing(marker);
    // Once more, now that it is known to be open: it may have been unlocked between the two questions.
    const again = await items.get(marker.account);
    if (!again.ok) return stoppedBy(again.fault);
    return again.value === null ? missing(marker) : found(marker, again.value);
  };

  // Not held back: a write follows something that the owner did, or a renewal, which a locked keychain stops earlier.
  const write = async (marker: SecretMarker, secret: string): Promise<SecretWrite> => {
    const refusal = refuseToStore(marker.id, secret);
    if (refusal !== null) return { outcome: 'unavailable', reason: refusal };
    const written = await items.set(marker.account, sealEnvelope(marker.id, secret));
    if (!written.ok) {
      // A call that was begun and not answered may still store it once the owner unlocks; one that was refused will not.
      if (!written.begun || written.fault.outcome === 'unavailable') knownGone.add(marker.id);
      return stoppedBy(written.fault);
    }
    gate.foundOpen();
    knownGone.delete(marker.id);
    await proof.leaveSentinel();
    return { outcome: 'stored' };
  };

  const erase = async (marker: SecretMarker): Promise<boolean> => {
    if (marker.vault === 'memory') return true;
    if (marker.vault === 'file' || (await gate.isShut())) return false;
    const deleted = await items.delete(marker.account);
    if (!deleted.ok) {
      stoppedBy(deleted.fault);
      return false;
    }
    const gone = deleted.value || (await isCertainlyGone(marker.account));
    if (gone) {
      gate.foundOpen();
      knownGone.add(marker.id);
    }
    return gone;
  };

  const isCertainlyGone = async (account: string): Promise<boolean> => {
    const left = await items.get(account);
    if (!left.ok || left.value !== null) return false;
    const openness = await proof.bySentinel();
    if (openness === 'not-proved') gate.provedNothing();
    return openness === 'open';
  };

  const probe = async (again: boolean): Promise<KeychainProbe> => {
    if (again && (await gate.state()) === 'locked') return { state: 'locked' };
    const there = await items.get(`${installationId}/keychain/sentinel`);
    if (!there.ok) return probeResult(stoppedBy(there.fault));
    if (there.value !== null || platform !== 'linux') return { state: 'usable' };
    const state = await gate.state();
    if (state === 'locked') return probeResult(stoppedBy({ outcome: state }));
    // It answers, and no keyring is the default one: to write would ask the owner to make one, each time anew.
    if (again && state === 'unknown') return probeResult(NO_DEFAULT_COLLECTION);
    const openness = await proof.byProbe();
    return openness === 'open' || openness === 'not-proved' ? { state: 'usable' } : probeResult(stoppedBy(openness));
  };

  return {
    kind: 'keychain',
    read: (marker, ownerSaysUnlocked = false) => inTurn(() => read(marker, ownerSaysUnlocked)),
    write: (marker, secret) => inTurn(() => write(marker, secret)),
    erase: (marker) => inTurn(() => erase(marker)),
    probe: (again = false) => inTurn(() => probe(again)),
    hasOpenCall: () => queue.hasOpenCall(),
  };
}

function probeResult(fault: KeychainFault): KeychainProbe {
  return fault.outcome === 'locked' ? { state: 'locked' } : { state: 'unavailable', reason: fault.reason };
}

/** One operation after the other, so that a read's three questions are not cut through by a write. */
function createTurns(): <T>(operation: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (operation) => {
    const mine = last.then(operation);
    last = mine.catch(() => undefined);
    return mine;
  };
}
