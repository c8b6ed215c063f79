import { repeatsDaily } from '../core/alerts/alert.ts';
import { nextRungAt } from '../core/alerts/rules.ts';
import type { Facts } from '../core/health/facts.ts';
import type { Clock } from '../core/ports.ts';
import { backoffAfter } from '../core/renewal/backoff.ts';
import { pausedUntil, spreadOf } from '../core/renewal/plan.ts';
import { candidateOf } from '../core/renewal/machine.ts';
import { DAY, HOUR, MINUTE } from '../core/time.ts';
import { expiryOf } from '../core/token/life.ts';
import type { Connection } from '../core/state.ts';
import type { Live } from './live.ts';

/** How often Meta is asked about a token that is far from its end, ms. */
export const CHECK_EVERY = 6 * HOUR;

/** The longest wait for a Meta that did not answer, ms. */
const LONGEST_SILENCE = 15 * MINUTE;

/** Works out when a connection needs a look again: a check, a renewal, a rung of a ladder, a locked keychain. */
export function scheduleNext(live: Live, facts: Facts, clock: Clock): void {
  const wall = clock.now();
  // `facts.now` may run ahead of the wall clock where that lags behind Meta's.
  const ahead = facts.now - wall;
  const ordinary = nextCheck(live, facts, wall);
  live.checkAt = live.checkWanted ? Math.min(ordinary, wall + Math.max(0, (live.looked?.until ?? 0) - clock.monotonic())) : ordinary;
  const times = [live.checkAt];
  const renewAt = nextTry(live.connection, facts);
  if (renewAt !== null) times.push(renewAt - ahead);
  const rung = nextRungAt(facts);
  if (rung !== null) times.push(rung - (facts.ladderNow - wall));
  for (const alert of live.connection.alerts) if (repeatsDaily(alert) && alert.acknowledgedAt === null) times.push(alert.toldAt + DAY);
  live.dueAt = live.vaultTrouble === null ? Math.min(...times) : Math.min(wall + MINUTE, ...times);
  live.dueAtMonotonic = clock.monotonic() + Math.max(0, live.dueAt - wall);
}

/** When a renewal is to be tried next by the time that counts, ms, or null where none is possible. */
export function nextTry({ renewal }: Connection, facts: Facts): number | null {
  if (candidateOf(renewal.phase) !== null) return pausedUntil(renewal, facts.now);
  return facts.plan.can ? facts.plan.dueAt : null;
}

/** By the wall clock, as checks are dated. */
function nextCheck(live: Live, { connection, token, now }: Facts, wall: number): number {
  const last = connection.lastCheck;
  // A check dated in the future was dated by a clock that was wrong.
  if (last === null || last.at > wall || token?.snapshot === null) return 0;
  const expiry = token === null ? null : expiryOf(token);
  const remaining = expiry?.kind === 'at' && token?.snapshot?.valid === true ? expiry.at - now : null;
  // Around its end a token is looked at every minute: before, to renew in time; after, to hear what Meta says.
  if (remaining !== null && remaining <= HOUR) return last.at + MINUTE;
  // Without a screen nobody tells us that the network is back.
  if (last.silent > 0) return last.at + Math.min(LONGEST_SILENCE, backoffAfter(last.silent, null, 0));
  const atLastHour = remaining === null ? Number.POSITIVE_INFINITY : wall + remaining - HOUR;
  return Math.min(last.at + CHECK_EVERY * (1 - spreadOf(live.connection.id) / 20), atLastHour);
}
