import { causeByNumbers } from '../classify.ts';
import { CAUSE_TRAITS } from '../cause-traits.ts';
import type { Cause } from '../fault.ts';
import type { Numbered } from './numbers.ts';
import type { ExplainedCause, Reach } from './sign.ts';
import type { Survey } from './survey.ts';

/** What a text comes to. */
export interface Judgement {
  readonly cause: ExplainedCause;
  readonly code: number | null;
  readonly subcode: number | null;
}

/** From here on a code is the Cloud API's alone; smaller ones everybody uses. */
const OWN_CODES = 80_000;
/** Subcodes that say exactly why a token died. 467 does not: Meta uses it for several things. */
const EXACT: readonly number[] = [458, 459, 460, 463, 464, 493];
const AUTH: readonly number[] = [190, 102];
/** What Meta's newer tables leave out, and 492: the role that a Page's token stood on was lost. */
const OLD_SUBCODES: Readonly<Record<number, ExplainedCause>> = { 456: 'malformed_token', 466: 'logged_out', 468: 'inactive_90_days', 490: 'checkpoint', 492: 'missing_permission' };

/**
 * Weighs what was found, the surest first: Meta's own sentence, an exact subcode, a code, a network that gave no answer,
 * and last what anybody might say, which counts only where Meta is recognised and nobody else is named.
 */
export function judge(found: Survey): Judgement {
  const numbers = readNumbers(found);
  return { cause: causeOf(found, numbers), code: numbers.code, subcode: numbers.subcode };
}

interface Numbers {
  readonly code: number | null;
  readonly subcode: number | null;
  /** What the first code says that says anything. */
  readonly cause: Cause | null;
  /** It stands behind a word that precedes numbers of every kind. */
  readonly loose: boolean;
  readonly auth: boolean;
  readonly http: number | null;
  /** The same, also where nothing says that it is a status. */
  readonly status: number | null;
  /** A number stands as Meta writes its codes, `(#190)`. */
  readonly marked: boolean;
  /** Meta's general "invalid parameter". */
  readonly parameter: boolean;
}

function causeOf(found: Survey, numbers: Numbers): ExplainedCause {
  const { vendor, network, tones } = found;
  const meta = recognise(found);
  const said = (reach: Reach): ExplainedCause | null => found.said.get(reach)?.cause ?? null;
  const own = said('meta');
  if (own !== null && own !== 'unknown_auth') return own;

  const recognised = meta.strong || numbers.auth || numbers.cause !== null || numbers.marked;
  const foreign = !recognised && (vendor.proof || vendor.name || (vendor.host && !meta.weak));
  const shared = said('shared');
  if (numbers.subcode !== null && (numbers.auth || meta.strong)) {
    if (EXACT.includes(numbers.subcode)) return explained(causeByNumbers(190, numbers.subcode));
    const old = OLD_SUBCODES[numbers.subcode];
    if (old !== undefined) return old;
  }
  if (shared !== null && !foreign) return shared;
  if (numbers.cause !== null && !(numbers.loose && network !== null)) return explained(numbers.cause);
  if (network !== null && !numbers.auth && !numbers.parameter && !(foreign && vendor.proof && network.person === null)) return 'network';
  if (numbers.auth && numbers.subcode === 467) return 'logged_out';
  if (own !== null) return own;

  const known = (recognised || meta.weak) && !foreign;
  // Meta named no cause; that the token expired is then somebody's guess.
  const guessed = tones.has('bare') && !found.parts.has('session');
  const signed = guessed && said('signed') === 'expired' ? null : said('signed');
  if (known && signed !== null) return signed;
  if (tones.has('ahead') && !numbers.auth && !vendor.proof && signed === null) return 'not_an_error';
  const pair = pairOf(found, known, foreign, guessed);
  if (pair !== null) return pair;
  if (numbers.auth) return 'unknown_auth';
  if (numbers.parameter) return 'recipient_or_message';

  if (foreign && (vendor.proof || tones.has('failure') || tones.has('subject'))) return 'other_vendor';
  return known ? ofMeta(found, numbers) : ofNobody(found, numbers);
}

/** Meta's type of error is also the name of a class for Twitter and others: beside another name it proves nothing. */
function recognise({ meta, vendor, tones }: Survey): Survey['meta'] {
  const alone = !vendor.proof && !vendor.name && !vendor.host;
  return { strong: meta.strong || (tones.has('oauth') && alone), weak: meta.weak || (tones.has('oauth') && alone) };
}

/** What two parts of a sentence say together. A session and a token in one text are Meta's way to speak, in any language. */
function pairOf(found: Survey, known: boolean, foreign: boolean, guessed: boolean): ExplainedCause | null {
  const speaks = known || (!foreign && found.parts.has('session') && found.tones.has('auth') && found.parts.has('token'));
  if (!speaks) return null;
  let best: { readonly cause: ExplainedCause; readonly at: number } | null = null;
  for (const [{ cause }, at] of found.pairs) if (!(guessed && cause === 'expired') && (best === null || at < best.at)) best = { cause, at };
  return best?.cause ?? null;
}

/** Meta is recognised and nothing says what is wrong. */
function ofMeta({ tones, parts }: Survey, { status, code, marked }: Numbers): ExplainedCause {
  if (status === 429 || tones.has('throttle')) return 'throttled';
  if (tones.has('down') || (status !== null && status >= 500)) return 'transient';
  const failing = tones.has('failure') || parts.has('wrong') || status !== null || marked;
  if (!failing) return 'not_an_error';
  if (status === 401 || tones.has('auth')) return 'unknown_auth';
  if (status === 403 || tones.has('forbidden')) return 'missing_permission';
  // An error of Meta's that nobody has described is about this call, not about who makes it.
  return code === null && !marked && tones.has('oauth') ? 'unknown_auth' : 'recipient_or_message';
}

/** Nobody is recognised. A page of a server in trouble may stand between us and Meta; every other fault is somebody else's. */
function ofNobody({ tones }: Survey, { http }: Numbers): ExplainedCause {
  if (http === 429 || tones.has('throttle')) return 'throttled';
  if (tones.has('down')) return 'transient';
  return tones.has('failure') || http === 401 || http === 403 ? 'other_vendor' : 'not_an_error';
}

function readNumbers(found: Survey): Numbers {
  const { numbers, vendor, parts, tones } = found;
  const meta = recognise(found);
  const marked = numbers.some(({ key }) => key === 'hash');
  const signed = meta.strong || marked;
  const subcode = numbers.find(({ key }) => key === 'subcode')?.value ?? null;
  const auth = numbers.find(({ value, key }) => AUTH.includes(value) && (isNamed(key) ? signed || (value === 190 && (meta.weak || (parts.has('session') && !vendor.proof && !vendor.name))) || subcode !== null : key === 'bare' && value === 190 && (meta.strong || meta.weak) && (tones.has('failure') || tones.has('auth') || tones.has('oauth') || numbers.some((one) => one.key === 'after' && EXACT.includes(one.value)))));
  const after = auth === undefined ? undefined : numbers.find(({ key, value }) => (key === 'after' || key === 'bare') && (EXACT.includes(value) || value === 467 || value in OLD_SUBCODES));
  const codes = [...numbers.filter(({ key }) => key === 'code'), ...numbers.filter(({ key }) => key === 'hash'), ...numbers.filter(({ key, value }) => key === 'loose' || (key !== 'http' && key !== 'number' && value >= OWN_CODES))];
  const usable = codes.filter(({ value, key }) => value >= OWN_CODES || (signed && (key !== 'loose' || !vendor.name)));
  const first = usable.map((one) => ({ ...one, cause: plainCause(one, subcode) })).find(({ cause }) => cause !== null);
  return {
    code: first?.value ?? auth?.value ?? usable[0]?.value ?? null,
    subcode: subcode ?? after?.value ?? null,
    cause: first?.cause ?? null,
    loose: first?.key === 'loose' && first.value < OWN_CODES,
    auth: auth !== undefined,
    http: numbers.find(({ key, value }) => key === 'http' && value >= 100 && value < 600)?.value ?? null,
    status: numbers.find(({ key, value }) => (key === 'http' || key === 'loose' || key === 'bare') && value >= 400 && value < 600)?.value ?? null,
    marked,
    parameter: usable.some(({ value }) => value === 100),
  };
}

function isNamed(key: Numbered['key']): boolean {
  return key === 'code' || key === 'hash' || key === 'loose';
}

/** The cause of a code that says more than "authentication failed"; null for that and for codes nobody knows. */
function plainCause({ value }: Numbered, subcode: number | null): Cause | null {
  const cause = causeByNumbers(value, value === 100 ? subcode : null);
  if (value === 104) return 'no_token_sent';
  if (value === 0) return null;
  return cause === null || CAUSE_TRAITS[cause].credential ? null : cause;
}

/** Causes that only a call of our own can meet, as the nearest of those that are told. */
function explained(cause: Cause | null): ExplainedCause {
  switch (cause) {
    case 'graph_version':
      return 'recipient_or_message';
    case 'sixty_days_only':
      return 'missing_permission';
    case 'unknown':
    case null:
      return 'unknown_auth';
    default:
      return cause;
  }
}
