import type { Clock } from '../../../src-main/core/ports.ts';

/** When every simulated year begins: 2030-01-01, ms since 1970. */
export const YEAR_START = Date.UTC(2030, 0, 1);

/** Time as it is, and as the simulated computer believes it to be. */
export class SimClock {
  /** True time, ms since 1970: Meta's. */
  now = YEAR_START;
  /** How far the computer's wall clock is ahead of the truth, ms. */
  offset = 0;
  readonly #countsSleep: boolean;
  #monotonic = 1_000;

  constructor(countsSleep: boolean) {
    this.#countsSleep = countsSleep;
  }

  /** Lets time pass; a sleeping computer's monotonic clock may stand still. */
  pass(ms: number, awake: boolean): void {
    this.now += ms;
    if (awake || this.#countsSleep) this.#monotonic += ms;
  }

  get monotonic(): number {
    return this.#monotonic;
  }

  /** The clocks as a program sees them. */
  readonly port: Clock = { now: () => this.now + this.offset, monotonic: () => this.#monotonic };
}
