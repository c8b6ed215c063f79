import type { Clock } from '../../core/ports.ts';
import { SECOND } from '../../core/time.ts';
import type { LockState } from './lock-state.ts';

/** How long an answer serves those who need not ask anew, ms: a start that reads a thousand secrets asks once a second. */
const RECENT_MS = SECOND;

/** Knows whether the keychain is locked, and hears of a change. */
export interface LockWatch {
  /** As it was last seen; false where that is not known. */
  isLocked(): boolean;
  /** Asks now. Whoever comes while a question is under way shares its answer. */
  look(): Promise<LockState>;
  /** The last answer where it is younger than a second, else a new one. */
  recent(): Promise<LockState>;
  /** True the one time that the keychain was found open after it was found locked. */
  takeOpened(): boolean;
  /** Calls `listener` whenever what `isLocked` says has changed; answers how to stop that. */
  onChange(listener: () => void): () => void;
}

/** Remembers what `ask` answers; `ask` must not reject. */
export function createLockWatch(ask: () => Promise<LockState>, clock: Clock): LockWatch {
  const listeners = new Set<() => void>();
  let last: { readonly state: LockState; readonly at: number } | null = null;
  let asking: Promise<LockState> | null = null;
  let locked = false;
  let awaitsOpening = false;
  let opened = false;

  const note = (state: LockState): LockState => {
    last = { state, at: clock.monotonic() };
    // A bus that is away for a while between "locked" and "open" must not swallow that it was opened.
    if (state === 'locked') awaitsOpening = true;
    if (state === 'open' && awaitsOpening) {
      awaitsOpening = false;
      opened = true;
    }
    if (locked !== (state === 'locked')) {
      locked = !locked;
      for (const listener of listeners) listener();
    }
    return state;
  };

  const look = (): Promise<LockState> => {
    asking ??= ask().then((state) => {
      asking = null;
      return note(state);
    });
    return asking;
  };

  return {
    isLocked: () => locked,
    look,
    recent: () => (last !== null && clock.monotonic() - last.at < RECENT_MS ? Promise.resolve(last.state) : look()),
    takeOpened: () => {
      const was = opened;
      opened = false;
      return was;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
