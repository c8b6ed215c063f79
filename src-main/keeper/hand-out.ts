import type { Facts } from '../core/health/facts.ts';
import { diagnose } from '../core/health/health.ts';
import { HAND_OUT_MARGIN, tooCloseToHandOut } from '../core/renewal/plan.ts';
import { expiryOf } from '../core/token/life.ts';
import { diagnosisWords } from '../core/words/reasons.ts';
import type { HandedToken } from './api.ts';
import { authFor, type Live, tokenInUse } from './live.ts';
import type { KeeperPorts } from './ports.ts';

/** True when the token must not be handed out before a renewal was tried, and one may be tried now. */
export function renewFirst(facts: Facts): boolean {
  return facts.token !== null && facts.plan.can && facts.plan.dueAt <= facts.now && tooCloseToHandOut(facts.token, facts.now);
}

/**
 * The best token there is, as it is handed out, with a warning where it is a fallback. Remembers the answer until
 * the token comes close to its expiry, so that the usual call costs next to nothing.
 */
export function handOut({ clock, entropy }: KeeperPorts, live: Live, facts: Facts): HandedToken | null {
  const inUse = tokenInUse(live);
  if (inUse === null) return null;
  const wallNow = clock.now();
  const expiry = expiryOf(inUse.record);
  const { appSecret } = authFor(live, inUse.token, inUse.record);
  const handed: HandedToken = {
    token: inUse.token,
    fingerprint: inUse.record.fingerprint,
    expiresAt: expiry.kind === 'at' ? expiry.at : null,
    // Meta refuses a call with a wrong proof, also where it asks for none: an app secret that it no longer takes proves nothing.
    proof: appSecret === null || live.connection.appCredentialsFault !== null ? null : entropy.hmacSha256(appSecret, inUse.token),
    warning: warningOf(live, facts),
  };
  live.handed = { token: handed, answer: Promise.resolve(handed) };
  // Facts may count time ahead of the wall clock; the shortcut must not outlive the margin by either.
  const margin = expiry.kind === 'at' ? expiry.at - HAND_OUT_MARGIN - Math.max(0, facts.now - wallNow) : Number.POSITIVE_INFINITY;
  live.handUntil = Math.min(margin, live.dueAt > wallNow ? live.dueAt : margin);
  return handed;
}

function warningOf(live: Live, facts: Facts): string | null {
  const diagnosis = diagnose(facts);
  const failing = live.connection.renewal.failures > 0;
  const fallback = facts.token !== null && facts.token.role !== 'current';
  if (diagnosis.health === 'healthy' && !failing && !fallback) return null;
  const { reasons, advice } = diagnosisWords(facts, failing && diagnosis.health === 'healthy' ? { health: 'healthy', reasons: ['renewal-failing'] } : diagnosis);
  return `${reasons.join(' ')} ${advice}`;
}
