import type { GraphFault } from '../graph/fault.ts';

/** Where a renewal stands; kept in the settings, so that a crash in the middle is seen at the next start. */
export type RenewalPhase =
  | { readonly phase: 'resting' }
  /** The exchange may have been asked for; no candidate is known yet. */
  | { readonly phase: 'fetching'; readonly at: number }
  /** A candidate is being written to the vault. */
  | { readonly phase: 'staging'; readonly tokenId: string }
  /** The candidate is in the vault and was read back; its proof is due. */
  | { readonly phase: 'proving'; readonly tokenId: string }
  /** Proved; the switch is being written. */
  | { readonly phase: 'promoting'; readonly tokenId: string };

/** What keeps a candidate from replacing the current token. */
export type ProofFailure = 'invalid' | 'other-app' | 'other-user' | 'messaging-scope-missing' | 'access-lost' | 'expires-earlier';

/** How one try to renew ended. */
export type RenewalResult =
  | 'renewed'
  | 'no-progress'
  /** The candidate failed the renewal proof: worse than what we have. */
  | 'worse'
  /** Meta refused the exchange or the proof definitely. */
  | 'refused'
  /** No definite answer: network, 5xx, throttling. */
  | 'unreachable'
  /** The vault would not take or give the secret. */
  | 'vault';

/** The history a renewal plan needs. Times in ms since 1970. */
export interface RenewalRecord {
  readonly phase: RenewalPhase;
  readonly lastAttempt: { readonly at: number; readonly result: RenewalResult; readonly fault: GraphFault | null } | null;
  readonly lastSuccessAt: number | null;
  /** Tries in a row that were neither renewed nor no-progress. */
  readonly failures: number;
  /** Tries in a row without progress. */
  readonly noProgress: number;
  /** What was wrong with the last candidate that was refused as worse; empty once a renewal worked. */
  readonly worse: readonly ProofFailure[];
  /** Time spent failing while awake, ms: gaps between tries, each counted for at most one longest backoff. */
  readonly failingFor: number;
  /** Not before this instant (backoff or the daily cap); null where nothing holds the next try back. */
  readonly notBefore: number | null;
}
