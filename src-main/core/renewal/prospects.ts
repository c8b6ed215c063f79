import type { Connection, TokenRecord } from '../state.ts';
import { DAY } from '../time.ts';
import { bornAt, lifespan } from '../token/life.ts';
import type { RenewalPlan } from './plan.ts';

/** Failing this long while awake (ms) is told to the owner. */
export const FAILING_TOO_LONG = 3 * DAY;
/** So many renewals without progress show that Meta will not extend this token. */
export const NO_PROGRESS_LIMIT = 3;
/** So many failures in a row while Meta is silent are more than a network that is not back yet: about eight minutes. */
export const HICCUPS = 4;

/** Whether Evertoken can still move a token's expiry by itself, or a person must. */
export type Prospects =
  | { readonly who: 'nobody'; /** It has no end to move. */ readonly why: 'no-end' }
  | { readonly who: 'evertoken' }
  | {
      readonly who: 'person';
      readonly why: 'no-app-credentials' | 'other-app' | 'app-credentials-refused' | 'cannot-extend' | 'renewal-failing' | 'not-renewable';
    };

/**
 * Who must move the expiry. Automatic renewal counts as working until it is shown not to: three tries without
 * progress, three days of failing while awake, or two thirds of the life gone without success although Meta answers.
 * Silence alone proves nothing before those three days. A Meta that answers the check and then fails the exchange, asked
 * twice, is no silence (see `exchangeToken` in the keeper).
 */
export function renewalProspects(connection: Connection, token: TokenRecord, plan: RenewalPlan, now: number): Prospects {
  if (token.snapshot?.expiry.kind !== 'at') return { who: 'nobody', why: 'no-end' };
  if (!plan.can) {
    if (plan.why === 'no-app-credentials' || plan.why === 'other-app') return { who: 'person', why: plan.why };
    return { who: 'person', why: 'not-renewable' };
  }
  if (connection.appCredentialsFault !== null) return { who: 'person', why: 'app-credentials-refused' };
  const { renewal } = connection;
  if (renewal.noProgress >= NO_PROGRESS_LIMIT) return { who: 'person', why: 'cannot-extend' };
  if (renewal.failingFor >= FAILING_TOO_LONG) return { who: 'person', why: 'renewal-failing' };
  const attempt = renewal.lastAttempt;
  if (attempt === null || attempt.result === 'renewed' || attempt.at < bornAt(token)) return { who: 'evertoken' };
  const life = lifespan(token) ?? 0;
  if (now < bornAt(token) + (life * 2) / 3) return { who: 'evertoken' };
  if (attempt.result === 'no-progress') return { who: 'person', why: 'cannot-extend' };
  if (attempt.result !== 'unreachable' || metaTalks(connection)) return { who: 'person', why: 'renewal-failing' };
  return { who: 'evertoken' };
}

/** Whether Meta answered the last check; a connection that was never checked counts as one that it answers. */
export function metaTalks({ lastCheck }: Connection): boolean {
  return (lastCheck?.silent ?? 0) === 0;
}
