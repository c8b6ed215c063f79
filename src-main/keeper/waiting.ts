import { tooCloseToHandOut } from '../core/renewal/plan.ts';
import type { Facts } from '../core/health/facts.ts';
import { SECOND } from '../core/time.ts';
import type { HandedToken } from './api.ts';
import { handOut, renewFirst } from './hand-out.ts';
import type { Live } from './live.ts';
import type { KeeperPorts } from './ports.ts';
import type { Roster } from './roster.ts';
import type { ConnectionWork } from './work.ts';

/** How long a caller waits for a renewal before it gets the best token known, ms. */
const PATIENCE = 20 * SECOND;
/** The same where that token is good for a while yet, ms: waiting spares the caller no more than a switch in mid-traffic. */
const PATIENCE_WITH_GOOD_TOKEN = 5 * SECOND;

/** True when the token that was handed out last may be handed out again without a wait. `now` is the wall clock, ms. */
export function isReady(live: Live, now: number): boolean {
  return live.handed !== null && now < live.handUntil && (live.renewing === null || live.waitedOut);
}

/**
 * Hands the token out after the renewal that runs, or that must be tried first; without either at once. All who come
 * meanwhile share one wait: ten thousand callers need neither ten thousand timers nor as many judgements.
 */
export function handOutAfterRenewal(ports: KeeperPorts, roster: Roster, work: ConnectionWork, live: Live): Promise<HandedToken | null> {
  if (live.handing !== null) return live.handing;
  const facts = roster.facts(live);
  const renewing = live.renewing ?? (renewFirst(facts) && live.vaultTrouble === null ? work.renewOnce(live, true) : null);
  if (renewing === null || live.waitedOut) return Promise.resolve(handOut(ports, live, facts));
  live.handing = withPatience(renewing, isGood(facts) ? PATIENCE_WITH_GOOD_TOKEN : PATIENCE)
    .then((isOver) => {
      live.waitedOut = !isOver && live.renewing !== null;
      return handOut(ports, live, roster.facts(live));
    })
    .finally(() => {
      live.handing = null;
    });
  return live.handing;
}

function isGood({ token, now }: Facts): boolean {
  return token !== null && token.snapshot?.valid !== false && !tooCloseToHandOut(token, now);
}

/** Waits for `work`, but not longer than `patience` ms; answers whether it is over. A failure of it is somebody else's to report. */
async function withPatience(work: Promise<unknown>, patience: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, patience, false);
  });
  const isOver = await Promise.race([work.then(() => true, () => true), limit]);
  clearTimeout(timer);
  return isOver;
}
