import { CAUSE_TRAITS } from './cause-traits.ts';
import { readExpiry } from './explain/expiry.ts';
import { judge } from './explain/judge.ts';
import type { ExplainedCause, Tone } from './explain/sign.ts';
import { survey } from './explain/survey.ts';
import type { Survey } from './explain/survey.ts';
import { unreachableForGood } from './explain/unreachable.ts';
import { unwrap } from './explain/unwrap.ts';
import { explainedWords } from './explain/words.ts';
import type { FaultWords } from './fault-words.ts';

export type { ExplainedCause } from './explain/sign.ts';

/** What any text about a failed call means. Holds no word of the text itself, and so no secret of it. */
export interface Explanation extends FaultWords {
  readonly cause: ExplainedCause;
  /** When the token expired, as the text says it: ISO 8601 in UTC; null where it gives no zone, or where nothing expired. */
  readonly expiredAt: string | null;
  /** Neither waiting nor retrying can cure it: someone must change something. */
  readonly humanMustAct: boolean;
  /** Meta's `code` and `error_subcode`, where the text has them. */
  readonly code: number | null;
  readonly subcode: number | null;
}

/**
 * Explains any text: an answer of Meta's, a log, a trace, a page, in any language, or something that is no error at all.
 * Works offline, takes time in proportion to the text's length, and never throws.
 */
export function explainError(text: string): Explanation {
  const plain = unwrap(text);
  const found = survey(plain);
  const { cause, code, subcode } = judge(found);
  return { cause, expiredAt: cause === 'expired' ? expiredAt(plain, found) : null, humanMustAct: humanMustAct(cause, plain, found), code, subcode, ...explainedWords(cause) };
}

function expiredAt(text: string, { expiries }: Survey): string | null {
  for (const place of expiries) {
    const at = readExpiry(text, place);
    if (at !== null) return new Date(at).toISOString().replace('.000Z', 'Z');
  }
  return null;
}

function humanMustAct(cause: ExplainedCause, text: string, { network, tones }: Survey): boolean {
  switch (cause) {
    case 'not_an_error':
      return false;
    // A limit or a bad minute of another vendor passes like one of Meta's.
    case 'other_vendor':
      return !(passes(tones) && !tones.has('auth'));
    case 'network':
      return network?.person === true || unreachableForGood(text);
    default:
      return CAUSE_TRAITS[cause].humanMustAct;
  }
}

function passes(tones: ReadonlySet<Tone>): boolean {
  return tones.has('throttle') || tones.has('down');
}
