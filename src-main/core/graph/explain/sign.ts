import type { Cause } from '../fault.ts';

/** Causes that the explainer tells; the three that only our own calls can meet are told as their nearest kin. */
export type ExplainedCause = Exclude<Cause, 'graph_version' | 'sixty_days_only' | 'unknown'> | 'other_vendor' | 'not_an_error';

/**
 * How far a phrase can be trusted. `meta`: nobody else says so. `shared`: others say it too, so one of their names
 * outweighs it. `signed`: anybody says it, so Meta must be recognised elsewhere in the text.
 */
export type Reach = 'meta' | 'shared' | 'signed';

/** What a sentence is made of, in any language. Two of them near each other mean a cause, see `PAIRS`. */
export const PART_NAMES = [
  'session', 'token', 'expired', 'password', 'changed', 'logged_out', 'user', 'app', 'not_authorized', 'unreadable', 'permission', 'missing', 'limit',
  'too_many', 'calls', 'number', 'not_registered', 'template', 'recipient', 'payment', 'trouble', 'account', 'restricted', 'identity', 'confirm', 'unconfirmed', 'secret', 'wrong', 'not_found', 'temporary',
] as const;

/** One of those. */
export type Part = (typeof PART_NAMES)[number];

/** What a number is the value of. `number` is none of Meta's: a line, a port, an errno. */
export type Key = 'code' | 'subcode' | 'loose' | 'http' | 'number';

/** `auth`: refused for who asks. `failure`: something went wrong. `ahead`: it will happen, it has not. `subject`: keys and tokens are spoken of. `bare`: Meta refuses a token and gives no cause yet. `oauth`: the type that it gives to nearly all its errors. */
export type Tone = 'auth' | 'failure' | 'ahead' | 'subject' | 'down' | 'throttle' | 'forbidden' | 'bare' | 'oauth';

/** What a phrase says about the text it was found in. */
export type Sign =
  | { readonly is: 'cause'; readonly cause: ExplainedCause; readonly reach: Reach }
  | { readonly is: 'part'; readonly part: Part }
  /** `strong`: only Meta's interfaces are called so. `weak`: a name that also others write. `word`: a name that is a common word of programs as well. */
  | { readonly is: 'meta'; readonly weight: 'strong' | 'weak' | 'word' }
  /** `proof`: words that only another vendor's errors have. `name`: what it is called. `host`: a place where a bot runs, named beside Meta as well. */
  | { readonly is: 'vendor'; readonly weight: 'proof' | 'name' | 'host' }
  /** `person`: waiting does not mend it (trust, proxy, address); null where the words only say that a call failed, and others say why. */
  | { readonly is: 'network'; readonly person: boolean | null }
  | { readonly is: 'key'; readonly key: Key }
  | { readonly is: 'tone'; readonly tone: Tone };

/** Rows of a table: one phrase a line, with notes after `//`. */
export function lines(table: string): readonly string[] {
  return table
    .split('\n')
    .flatMap((line) => (line.split('//')[0] ?? '').split('|'))
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
}
