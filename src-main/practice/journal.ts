import type { Effect } from './answers.ts';
import type { Endpoint } from './endpoints.ts';
import type { Fault } from './faults.ts';
import type { Recent } from './recent.ts';
import { createRecent } from './recent.ts';

/** How a call ended for the caller. */
export type CallResult =
  /** `code` and `subcode` of a Graph error; null for anything else, also an error inside a `debug_token` answer. */
  | { readonly kind: 'answered'; readonly status: number; readonly code: number | null; readonly subcode: number | null }
  | { readonly kind: 'dropped' | 'hung'; readonly afterEffect: boolean };

/** One request. Holds no token and no secret: tokens by their labels (`t1` …) and last four characters. */
export interface JournalEntry {
  /** ms since 1970 on the practice clock. */
  readonly at: number;
  readonly endpoint: Endpoint;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly version: string | null;
  /** `stranger`: a string that is no token here. */
  readonly signedBy: 'app' | 'token' | 'stranger' | 'nobody';
  readonly token: string | null;
  readonly tokenLastFour: string | null;
  /** `wrong` also where it could not be checked. */
  readonly proof: 'none' | 'right' | 'wrong';
  /** Label of the token that is inspected, exchanged or revoked. */
  readonly subject: string | null;
  /** `set_token_expires_in_60_days` was asked for. */
  readonly sixtyDays: boolean;
  readonly faults: readonly Fault['kind'][];
  /** What really happened, whatever the caller saw of it. */
  readonly effect: Effect | null;
  readonly result: CallResult;
}

/** What to look for in the journal; everything given must fit. */
export interface JournalFilter {
  readonly endpoint?: Endpoint;
  readonly effect?: Effect['kind'];
}

/** Every request since the start or the last `clear`, up to 10,000. */
export interface Journal {
  entries(filter?: JournalFilter): readonly JournalEntry[];
  count(filter?: JournalFilter): number;
  clear(): void;
}

const KEPT = 10_000;

/** Makes an empty journal; `add` is for the server. */
export function createJournal(): Journal & Pick<Recent<JournalEntry>, 'add'> {
  const recent = createRecent<JournalEntry>(KEPT);
  const entries = (filter: JournalFilter = {}): readonly JournalEntry[] =>
    recent
      .list()
      .filter(({ endpoint }) => filter.endpoint === undefined || endpoint === filter.endpoint)
      .filter(({ effect }) => filter.effect === undefined || effect?.kind === filter.effect);
  return {
    add: (entry) => recent.add(entry),
    entries,
    count: (filter) => entries(filter).length,
    clear: () => recent.clear(),
  };
}
