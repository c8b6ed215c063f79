import { DAY } from '../time.ts';
import { SHORT_LIFE } from '../token/kind.ts';

/** How near a deadline is. */
export type Band = 'far' | 'soon' | 'urgent';

/**
 * The band of a deadline that only a person can move: soon from 14 days, urgent from 3 days on. For a token whose
 * whole life (ms) is under 3 days: the last third and the last tenth of that life.
 */
export function bandOf(remaining: number, life: number | null): Band {
  const short = life !== null && life < SHORT_LIFE;
  const soon = short ? life / 3 : 14 * DAY;
  const urgent = short ? life / 10 : 3 * DAY;
  if (remaining <= urgent) return 'urgent';
  return remaining <= soon ? 'soon' : 'far';
}

/** True when little life is left for whatever reason: a day, or the last tenth of a short life. */
export function lastOfLife(remaining: number, life: number | null): boolean {
  return life !== null && life < SHORT_LIFE ? remaining <= life / 10 : remaining <= DAY;
}

/** The worse of two bands. */
export function worseBand(a: Band, b: Band): Band {
  const order: readonly Band[] = ['far', 'soon', 'urgent'];
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}
