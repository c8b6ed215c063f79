import { MINUTE, SECOND } from '../time.ts';
import type { DeliveryState } from './delivery.ts';

/** Quick while an editor or a virus scanner may just hold the file, patient when a person is needed. */
const FILE_STEPS: readonly number[] = [SECOND, 5 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE];

const COMMAND_STEPS: readonly number[] = [MINUTE, 5 * MINUTE, 15 * MINUTE];

/** The longest pause between two tries, ms. */
export const LONGEST_PAUSE = 30 * MINUTE;

/** Whether a delivery that failed is to be tried again. `now` and `nextTryAt` are ms since 1970. */
export function isRetryDue({ fault, nextTryAt }: Pick<DeliveryState, 'fault' | 'nextTryAt'>, now: number): boolean {
  if (fault === null || nextTryAt === null) return false;
  const wait = nextTryAt - now;
  // Further away than any pause: the clock was set back.
  return wait <= 0 || wait > LONGEST_PAUSE;
}

/** How long a delivery to a file waits after so many failures in a row (at least 1), ms. It never gives up. */
export function fileRetryAfter(failures: number): number {
  return FILE_STEPS[Math.max(failures, 1) - 1] ?? LONGEST_PAUSE;
}

/** How long a command waits after so many failures in a row, ms; null when it is not run again by itself: it may do harm each time. */
export function commandRetryAfter(failures: number): number | null {
  return COMMAND_STEPS[Math.max(failures, 1) - 1] ?? null;
}
