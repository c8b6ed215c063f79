import type { Connection, TokenRecord } from '../state.ts';
import { type RenewalPlan, planRenewal } from '../renewal/plan.ts';
import { type Prospects, renewalProspects } from '../renewal/prospects.ts';
import { MINUTE } from '../time.ts';
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
  /** The time that counts, ms: see `countingTime`. */
  readonly now: number;
}

/** What is known about a connection outside its record. */
export interface Holdings {
  readonly hasAppSecret: boolean;
  readonly vaultTrouble: VaultTrouble | null;
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
  return { connection, token, plan, prospects, vaultTrouble: holdings.vaultTrouble, now };
}

/**
 * The time deadlines are measured by. Meta decides when a token dies, so where this computer's clock lags behind
 * Meta's, Meta's counts: renewing early harms nobody. A clock that runs ahead is overruled only by proof: Meta
 * called a token alive that is past its end by our clock.
 */
export function countingTime(connection: Connection, token: TokenRecord | null, wallNow: number): number {
  const ahead = connection.lastCheck?.clockAheadBy ?? null;
  if (ahead === null || Math.abs(ahead) < 2 * MINUTE) return wallNow;
  if (ahead < 0) return wallNow - ahead;
  const snapshot = token?.snapshot;
  const provedAhead = snapshot?.valid === true && snapshot.expiry.kind === 'at' && snapshot.saidAt > snapshot.expiry.at;
  return provedAhead ? wallNow - ahead : wallNow;
}
