import { net, powerMonitor } from 'electron';
import { MINUTE, SECOND } from '../core/time.ts';

/** How often it is looked whether the network is there, ms: there is no event for it in the main process. */
const LOOK_EVERY = 15 * SECOND;
/** How long a computer that woke up is given to find its network, ms. */
const NETWORK_WITHIN = MINUTE;
/** An owner who goes back and forth between windows asks Meta nothing more often than this, ms. */
const FOCUS_EVERY = 5 * MINUTE;

/** What is done when the owner or the network is back. */
export interface WakeActions {
  /** Look at everything now. */
  readonly wake: () => void;
  /** The computer woke up or was unlocked: the owner is here. */
  readonly ownerIsBack: () => void;
  /** The computer woke up: its panel may have lost the icon. */
  readonly resumed: () => void;
  /** Each time that it is looked for the network; cheap things only. */
  readonly look: () => void;
}

/** Listens for the end of sleep, the unlocking of the screen and the return of the network. Answers what to call on window focus, and how to stop. */
export function watchForWaking(actions: WakeActions): { readonly focused: () => void; readonly stop: () => void } {
  let online = net.isOnline();
  let waitingSince: number | null = null;
  let focusedAt = performance.now();

  const timer = setInterval(() => {
    const now = net.isOnline();
    const cameBack = now && !online;
    // After a sleep the first call would only fail; it is not waited for longer than a minute, since a probe can be wrong.
    const waitedOut = waitingSince !== null && performance.now() - waitingSince > NETWORK_WITHIN;
    online = now;
    if (cameBack || waitedOut || (waitingSince !== null && now)) {
      waitingSince = null;
      actions.wake();
    }
    actions.look();
  }, LOOK_EVERY);

  const resumed = (): void => {
    online = net.isOnline();
    actions.resumed();
    actions.ownerIsBack();
    if (online) actions.wake();
    else waitingSince = performance.now();
  };
  const unlocked = (): void => {
    actions.ownerIsBack();
    actions.wake();
  };
  powerMonitor.on('resume', resumed);
  powerMonitor.on('unlock-screen', unlocked);
  return {
    focused: () => {
      if (performance.now() - focusedAt < FOCUS_EVERY) return;
      focusedAt = performance.now();
      actions.wake();
    },
    stop: () => {
      clearInterval(timer);
      powerMonitor.off('resume', resumed);
      powerMonitor.off('unlock-screen', unlocked);
    },
  };
}
