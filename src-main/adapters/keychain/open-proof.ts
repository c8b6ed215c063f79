import type { KeychainFault } from './faults.ts';
import type { KeychainItems } from './items.ts';

/** Whether an empty answer of the keychain can be believed. */
export type Openness = 'open' | 'not-proved' | KeychainFault;

/** Tells an open keyring from a locked one. */
export interface OpenProof {
  /** Asks the sentinel; on systems that say "locked" by themselves it is always `open`. */
  bySentinel(): Promise<Openness>;
  /** Writes, reads and deletes a probe item, and leaves the sentinel. May open the unlock prompt. */
  byProbe(): Promise<Openness>;
  /** Writes the sentinel where it is missing; call it after a successful write. Never fails the caller. */
  leaveSentinel(): Promise<void>;
}

/**
 * On Linux a locked keyring answers `null`, exactly as one that never held the item. Two things tell them apart: a
 * sentinel item without a secret, written when the keyring was open, that can be read again; or a probe item that
 * can be written and read back. On macOS and Windows a locked keychain is an error, so `null` can be believed.
 *
 * A known limit: an owner who makes another keyring the default one after the sentinel was written may have the
 * sentinel in an open keyring and a secret in a locked one. It is then told as lost, and a paste is offered; nothing
 * is deleted.
 */
export function createOpenProof(items: KeychainItems, installationId: string, platform: NodeJS.Platform, randomId: () => string): OpenProof {
  const sentinel = `${installationId}/keychain/sentinel`;
  const probe = `${installationId}/keychain/probe`;
  const saysLocked = platform !== 'linux';
  let sentinelStands = false;

  const leaveSentinel = async (): Promise<void> => {
    if (sentinelStands || saysLocked) return;
    const there = await items.get(sentinel);
    if (!there.ok) return;
    sentinelStands = there.value !== null || (await items.set(sentinel, 'open')).ok;
  };

  return {
    leaveSentinel,
    bySentinel: async () => {
      if (saysLocked) return 'open';
      const there = await items.get(sentinel);
      if (!there.ok) return there.fault;
      return there.value === null ? 'not-proved' : 'open';
    },
    byProbe: async () => {
      const value = randomId();
      const written = await items.set(probe, value);
      if (!written.ok) return written.fault;
      const back = await items.get(probe);
      if (!back.ok) return back.fault;
      if (back.value !== value) return { outcome: 'locked' };
      await items.delete(probe);
      await leaveSentinel();
      return 'open';
    },
  };
}
