import type { Clock } from '../../core/ports.ts';
import { SECOND } from '../../core/time.ts';

const FIRST_MS = 5 * SECOND;
const LONGEST_MS = 60 * SECOND;

/** Holds calls back after "locked". */
export interface LockedPause {
  /** True while the keychain should be left alone. */
  isOn(): boolean;
  /** Another "locked": 5 s of rest at first, twice as long each time, up to 60 s. */
  lockedAgain(): void;
  /** The keychain proved open. */
  clear(): void;
}

/**
 * On a desktop each call to a locked keyring may open its password prompt. A keeper that asks every second would
 * nag an owner who dismissed it, so after "locked" the next calls are answered from memory for a while. Measured on
 * the monotonic clock: a wall clock that was set back must not lengthen the pause.
 */
export function createLockedPause(clock: Clock): LockedPause {
  let lengthMs = 0;
  let until = Number.NEGATIVE_INFINITY;
  return {
    isOn: () => clock.monotonic() < until,
    lockedAgain: () => {
      lengthMs = lengthMs === 0 ? FIRST_MS : Math.min(2 * lengthMs, LONGEST_MS);
      until = clock.monotonic() + lengthMs;
    },
    clear: () => {
      lengthMs = 0;
      until = Number.NEGATIVE_INFINITY;
    },
  };
}
