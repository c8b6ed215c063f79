/**
 * The simulated Meta's wall clock: an offset on top of a base clock. It only moves the practice world; the
 * real time that a latency fault waits is not touched.
 */
export interface PracticeClock {
  /** ms since 1970. */
  now(): number;
  /** Moves the clock on (or back, with a negative number) by `ms`. */
  advance(ms: number): void;
  /** Puts the clock at `at`, ms since 1970; it runs on from there. */
  set(at: number): void;
}

/** Makes a clock on top of `base` (ms since 1970). */
export function createPracticeClock(base: () => number): PracticeClock {
  let offset = 0;
  return {
    now: () => base() + offset,
    advance: (ms) => {
      offset += ms;
    },
    set: (at) => {
      offset = at - base();
    },
  };
}
