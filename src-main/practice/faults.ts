import type { Endpoint } from './endpoints.ts';
import type { Ending, PracticeToken } from './records.ts';
import type { GraphError, RefusalRow } from './refusals.ts';
import type { SessionTextStyle } from './session-text.ts';

/** How the token that an exchange brings differs from the one it should bring. */
export interface CandidateChange {
  /** The very string that was sent in. */
  readonly string?: 'same';
  /** A new string that ends when the old one does, that never ends, or that ends `livesMs` from now. */
  readonly expiry?: 'same' | 'never' | { readonly livesMs: number };
  readonly withoutScopes?: readonly string[];
  readonly userId?: string;
  readonly appId?: string;
  /** The only accounts it can reach. */
  readonly wabas?: readonly string[];
  /** Dead on arrival. */
  readonly ended?: Ending;
}

/** Variations in how Meta says the same thing; each was seen in public logs. */
export interface Wording {
  /** `code` as a string. */
  readonly codeAsString?: boolean;
  /** Officially no subcodes since v16 of the Cloud API. */
  readonly omitSubcodes?: boolean;
  /** Put the token into the error message. */
  readonly echoToken?: boolean;
  /** Say `is_transient: true` in every error. */
  readonly transient?: boolean;
  /** HTTP status of code 190, which arrives as 400 or as 401. */
  readonly authStatus?: 400 | 401;
  readonly sessionText?: SessionTextStyle;
  /** `app_id`, `user_id` and `profile_id` as numbers. */
  readonly idsAsNumbers?: boolean;
  /** Answer `debug_token` for a token of another app with 200 and that app's id, instead of refusing. */
  readonly showOtherApp?: boolean;
  /** `success: true` instead of `"true"` when revoking. */
  readonly booleanSuccess?: boolean;
}

/**
 * What goes wrong. With `afterEffect` the exchange, send or revocation has happened all the same and only the
 * answer is spoilt; without it nothing has happened.
 */
export type FaultDeed =
  /** Real milliseconds before anything is done. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** No answer until the caller gives up or the server stops. */
  | { readonly kind: 'hang'; readonly afterEffect?: boolean }
  | { readonly kind: 'drop'; readonly afterEffect: boolean }
  /** Half an answer after the effect: as a short but complete body, or with the socket cut in the middle. */
  | { readonly kind: 'truncate'; readonly how: 'body' | 'socket' }
  /** A 5xx with a JSON error. */
  | { readonly kind: 'server-error'; readonly status: number; readonly afterEffect?: boolean }
  | { readonly kind: 'html'; readonly status?: number; readonly afterEffect?: boolean }
  | { readonly kind: 'empty'; readonly status?: number; readonly afterEffect?: boolean }
  /** A row of Meta's error tables. */
  | { readonly kind: 'refuse'; readonly row: RefusalRow }
  /** Any error at all. */
  | { readonly kind: 'error'; readonly error: Partial<GraphError> & Pick<GraphError, 'code'> }
  /** To `to` with the same path and query; status 302 unless given. */
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: number }
  | { readonly kind: 'candidate'; readonly change: CandidateChange }
  /** What `expires_in` says, in seconds, true or not; null leaves it out. */
  | { readonly kind: 'expires-in'; readonly seconds: number | null }
  | { readonly kind: 'wording'; readonly wording: Wording };

/** What a predicate of a fault may look at. */
export interface FaultSight {
  readonly endpoint: Endpoint;
  readonly method: string;
  readonly path: string;
  /** The token that signs the call; null for an app token or an unknown string. */
  readonly token: PracticeToken | null;
  /** The token that is inspected, exchanged or revoked. */
  readonly subject: PracticeToken | null;
}

/** A fault and when it strikes. */
export type Fault = FaultDeed & {
  /** Which calls; all by default, only exchanges for `candidate` and `expires-in`. */
  readonly on?: Endpoint | readonly Endpoint[] | 'all';
  /** Only the next so many of these calls. */
  readonly times?: number;
  readonly when?: (sight: FaultSight) => boolean;
};

/** The switchboard. Several faults can be on at once; of those that replace the answer the first one wins. */
export interface Faults {
  /** Switches a fault on; call the answer to switch it off again. */
  add(fault: Fault): () => void;
  /** Switches off whatever is on, and these on. */
  set(...faults: readonly Fault[]): void;
  clear(): void;
  /** The faults that strike this call; counts them. For the server. */
  strike(sight: FaultSight): readonly Fault[];
}

function concerns(fault: Fault, endpoint: Endpoint): boolean {
  const on = fault.on ?? (fault.kind === 'candidate' || fault.kind === 'expires-in' ? 'exchange' : 'all');
  return on === 'all' || on === endpoint || (typeof on !== 'string' && on.includes(endpoint));
}

/** Makes a switchboard with everything off. */
export function createFaults(): Faults {
  let active: { readonly fault: Fault; left: number }[] = [];
  const add = (fault: Fault): (() => void) => {
    const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
    active.push(entry);
    return () => {
      active = active.filter((other) => other !== entry);
    };
  };
  return {
    add,
    set: (...faults) => {
      active = [];
      for (const fault of faults) add(fault);
    },
    clear: () => {
      active = [];
    },
    strike: (sight) => {
      const struck = active.filter(({ fault, left }) => left > 0 && concerns(fault, sight.endpoint) && (fault.when?.(sight) ?? true));
      for (const entry of struck) entry.left -= 1;
      return struck.map(({ fault }) => fault);
    },
  };
}

/** All the wordings among some faults, the later ones over the earlier ones. */
export function wordingOf(faults: readonly Fault[]): Wording {
  const all: Wording = {};
  for (const fault of faults) if (fault.kind === 'wording') Object.assign(all, fault.wording);
  return all;
}
