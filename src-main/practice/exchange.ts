import type { CandidateChange } from './faults.ts';
import type { PracticeApp, PracticeToken, PracticeUser } from './records.ts';
import type { RefusalRow } from './refusals.ts';

/** What an exchange does. */
export type ExchangePlan =
  | { readonly kind: 'refuse'; readonly row: RefusalRow }
  | { readonly kind: 'same-string' }
  /** A new string; `expiresAt` in ms since 1970, null for never. `shortensOld`: the old token loses its endlessness too. */
  | { readonly kind: 'new'; readonly expiresAt: number | null; readonly shortensOld: boolean };

/**
 * Meta's rules for `fb_exchange_token`: a short-lived user token becomes a long-lived one; the 60-day flag
 * refreshes a system user's token and is for nobody else. Exchanging a never-expiring token is played at its
 * worst (it becomes a 60-day one), so that a product which does it is caught.
 */
export function planExchange(token: PracticeToken, user: PracticeUser, app: PracticeApp, sixtyDays: boolean, now: number): ExchangePlan {
  const anew: ExchangePlan = { kind: 'new', expiresAt: now + app.longLifeMs, shortensOld: token.expiresAt === null };
  const noProgress: ExchangePlan = { kind: 'new', expiresAt: token.expiresAt, shortensOld: false };
  if (user.kind === 'system') {
    if (!sixtyDays && app.sixtyDaysOnly) return { kind: 'refuse', row: 'sixty_days_required' };
    return sixtyDays || token.expiresAt === null ? anew : noProgress;
  }
  if (sixtyDays) return { kind: 'refuse', row: 'sixty_days_not_for_users' };
  if (!token.longLived || token.expiresAt === null) return anew;
  return { extend: anew, 'same-expiry': noProgress, 'same-string': { kind: 'same-string' as const } }[app.longLivedExchange];
}

/** The plan after a fault has had its way with it; a refusal stands. */
export function spoilPlan(plan: ExchangePlan, change: CandidateChange, token: PracticeToken, now: number): ExchangePlan {
  if (plan.kind === 'refuse') return plan;
  if (change.string === 'same') return { kind: 'same-string' };
  if (change.expiry === undefined) return plan;
  const expiresAt = change.expiry === 'same' ? token.expiresAt : change.expiry === 'never' ? null : now + change.expiry.livesMs;
  return { kind: 'new', expiresAt, shortensOld: plan.kind === 'new' && plan.shortensOld };
}
