import type { Clock } from '../core/ports.ts';

/** The computer's own clocks. `monotonic()` stands still during sleep on Linux and runs on elsewhere. */
export function systemClock(): Clock {
  return { now: () => Date.now(), monotonic: () => performance.now() };
}
