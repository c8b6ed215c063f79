import type { GraphFault } from '../graph/fault.ts';

/**
 * When something ends. `never` is a state of its own and not the number 0, which Meta uses on the wire:
 * arithmetic on a 0 has made "expired in 1970" out of "never expires" in more than one bot.
 */
export type End =
  | { readonly kind: 'never' }
  | { readonly kind: 'at'; /** Milliseconds since 1970. */ readonly at: number }
  | { readonly kind: 'unknown' };

/** The `End` that never comes. */
export const NEVER: End = { kind: 'never' };
/** The `End` nobody has told us. */
export const UNKNOWN_END: End = { kind: 'unknown' };

/** One entry of `granular_scopes`. Meta's list drifts, so it is advice and never proof of access. */
export interface GranularScope {
  readonly scope: string;
  /** Ids of assets (WABAs, pages …) the scope is limited to; empty where Meta names none. */
  readonly targetIds: readonly string[];
}

/**
 * What Meta last said about a token in a `debug_token` answer, with the time it was said.
 * Every field Meta may leave out is null, never a guess.
 */
export interface Snapshot {
  /** Our wall clock when the answer came, ms. */
  readonly saidAt: number;
  /** Only a literal `is_valid: false` makes a token invalid. */
  readonly valid: boolean;
  readonly appId: string | null;
  readonly userId: string | null;
  /** `USER`, `SYSTEM_USER`, `PAGE`, `APP`, or whatever Meta invents next; null where it says nothing. */
  readonly type: string | null;
  readonly expiry: End;
  /** When Meta stops letting the app read data for this user; only a person can move it. */
  readonly dataAccess: End;
  readonly issuedAt: number | null;
  readonly scopes: readonly string[];
  readonly granularScopes: readonly GranularScope[];
  /** Why the token is invalid, as classified; null for a valid token. */
  readonly fault: GraphFault | null;
}
