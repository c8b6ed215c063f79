import type { Clock } from '../../core/ports.ts';
import { SECOND } from '../../core/time.ts';
import type { LockState } from './lock-state.ts';
import { createLockedPause } from './pause.ts';

/** How long a prompt that was dismissed counts for all that the owner asked for with one press, ms. */
const SAME_PRESS_MS = SECOND;

/** Decides who may touch a keychain that is locked or may be: each touch can open its password prompt. */
export interface LockGate {
  /** Whether it is locked, learnt without a prompt; null where nothing was given that could tell. */
  state(): Promise<LockState | null>;
  /** Whether a question must not be asked now. The word of the owner passes, but for a press whose prompt was just dismissed. */
  isShut(ownerSaysUnlocked?: boolean): Promise<boolean>;
  /** A call found it locked. */
  foundLocked(): void;
  /** A call found it locked, and its prompt is gone without having unlocked it. */
  wasDismissed(): void;
  /** It gave nothing, and nothing proved that it is open. */
  provedNothing(): void;
  /** A call found it open. */
  foundOpen(): void;
}

/** Where `ask` says that it is locked only the owner gets through; where that is not known, a pause holds the others back. */
export function createLockGate(clock: Clock, ask: (() => Promise<LockState>) | null): LockGate {
  const pause = createLockedPause(clock);
  let last: LockState | null = null;
  let dismissedAt = Number.NEGATIVE_INFINITY;

  const state = async (): Promise<LockState | null> => (ask === null ? null : ask());

  const foundLocked = (): void => {
    pause.lockedAgain();
    last = null;
  };

  return {
    state,
    isShut: async (ownerSaysUnlocked = false) => {
      // One press reads several secrets, and each would open a prompt of its own.
      if (ownerSaysUnlocked) return clock.monotonic() - dismissedAt < SAME_PRESS_MS && (await state()) === 'locked';
      const now = await state();
      // The pause ends with the lock. A keychain that was open before and yet gave nothing is asked as seldom as ever.
      if (now === 'open' && last !== 'open') pause.clear();
      last = now;
      return now === 'locked' || pause.isOn();
    },
    foundLocked,
    wasDismissed: () => {
      dismissedAt = clock.monotonic();
      foundLocked();
    },
    provedNothing: () => pause.lockedAgain(),
    foundOpen: () => pause.clear(),
  };
}
