import type { Connection, TokenRecord } from '../state.ts';
import { type RenewalPlan, planRenewal } from '../renewal/plan.ts';
import { type Prospects, renewalProspects } from '../renewal/prospects.ts';
import { DAY, MINUTE } from '../time.ts';
import { bestToken } from '../token/life.ts';

/** What stands between us and a secret that the settings say exists. */
export type VaultTrouble = { readonly kind: 'locked' } | { readonly kind: 'lost' } | { readonly kind: 'unavailable'; readonly reason: string };

/** A connection with everything that judging it needs, at one instant. */
export interface Facts {
  readonly connection: Connection;
  /** The token in use, null where there is none. */
  readonly token: TokenRecord | null;
  readonly plan: RenewalPlan;
  readonly prospects: Prospects;
  readonly vaultTrouble: VaultTrouble | null;
  readonly appSecretLost: boolean;
  /** The time that counts, ms: see `countingTime`. */
  readonly now: number;
  /** The time that rungs are told by, ms: never later than Meta's own, since a rung told too early is not told again. */
  readonly ladderNow: number;
}

/** What is known about a connection outside its record. */
export interface Holdings {
  readonly hasAppSecret: boolean;
  readonly vaultTrouble: VaultTrouble | null;
  /** The vault is open and no longer holds the app secret that the settings speak of. */
  readonly appSecretLost?: boolean;
  /** Whether a token's secret is at hand, by the token's id; unless told, all are. */
  readonly isReadable?: (tokenId: string) => boolean;
}

/** Gathers the facts about a connection at a wall-clock instant (ms). */
export function factsOf(connection: Connection, holdings: Holdings, wallNow: number): Facts {
  // A fallback whose secret is gone is not in use, however well its record looks.
  const { isReadable } = holdings;
  const readable = isReadable === undefined ? connection.tokens : connection.tokens.filter(({ id }) => isReadable(id));
  const token = bestToken(readable) ?? bestToken(connection.tokens);
  const now = countingTime(connection, token, wallNow);
  const plan = planRenewal(connection, token, holdings.hasAppSecret, now);
  const prospects: Prospects = token === null ? { who: 'nobody', why: 'no-end' } : renewalProspects(connection, token, plan, now);
  const ladderNow = Math.min(now, wallNow - Math.max(0, clockAheadBy(connection, wallNow)));
  return { connection, token, plan, prospects, vaultTrouble: holdings.vaultTrouble, appSecretLost: holdings.appSecretLost ?? false, now, ladderNow };
}

/**
 * How far Meta's `Date` says this computer's clock is ahead, ms; 0 where it is about right or unknown. What was measured
 * more than a day ago by that clock, or in its future, is forgotten: the clock may have been set since.
 */
function clockAheadBy({ lastCheck }: Connection, wallNow: number): number {
  const ahead = lastCheck?.clockAheadBy ?? 0;
  const measuredAt = lastCheck?.definiteAt ?? null;
  if (measuredAt === null || wallNow < measuredAt || wallNow - measuredAt > DAY) return 0;
  return Math.abs(ahead) < 2 * MINUTE ? 0 : ahead;
}

/**
 * The time deadlines are measured by. Meta decides when a token dies, so where this computer's clock lags behind
 * Meta's, Meta's counts: renewing early harms nobody. A clock that runs ahead is overruled only by proof: Meta
 * called a token alive that is past its end by our clock.
 */
export function countingTime(connection: Connection, token: TokenRecord | null, wallNow: number): number {
  const ahead = clockAheadBy(connection, wallNow);
  if (ahead <= 0) return wallNow - ahead;
  const snapshot = token?.snapshot;
  const provedAhead = snapshot?.valid === true && snapshot.expiry.kind === 'at' && snapshot.saidAt > snapshot.expiry.at;
  return provedAhead ? wallNow - ahead : wallNow;
}
