import { HOUR, MINUTE } from '../time.ts';

// The steps of certmagic's retry table, stretched to six hours: quick while a hiccup is likely, patient when it is not.
const STEPS: readonly number[] = [1, 2, 5, 10, 20, 40, 60, 120, 240, 360].map((minutes) => minutes * MINUTE);

/** The longest pause between two tries, ms. */
export const LONGEST_BACKOFF = 6 * HOUR;

/**
 * How long to wait after a failed try, ms.
 * @param failures tries that failed in a row, at least 1
 * @param remaining ms until the token dies, null for no known end; near the end the pauses tighten
 * @param jitter in [0, 1); spreads many connections over a tenth of the pause
 */
export function backoffAfter(failures: number, remaining: number | null, jitter: number): number {
  const step = STEPS[Math.min(Math.max(failures, 1), STEPS.length) - 1] ?? LONGEST_BACKOFF;
  const tight = remaining === null ? step : Math.min(step, Math.max(MINUTE, remaining / 20));
  return Math.round(tight * (1 - jitter / 10));
}
