import type { SentMessage } from '../../../src-main/practice/records.ts';
import { SHOP } from '../../../src-main/practice/shop.ts';
import type { GraphRefusal } from '../bot.ts';
import type { Deed } from './plan.ts';
import type { Attempt } from './witness.ts';

/** What a bot was told of what it did. */
export type Outcome =
  /** Done; what it got. */
  | { readonly kind: 'done'; readonly id: string }
  | { readonly kind: 'refused'; readonly refusal: GraphRefusal }
  /** The client could make nothing of the answer, or the connection broke. */
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'unanswered' };

/** One deed of a bot and how it ended. */
export interface Happened {
  readonly round: number;
  readonly client: string;
  readonly deed: Deed;
  /** The recipient, which no other send has; null for what sends nothing. */
  readonly to: string | null;
  /** Nothing stood in its way. */
  readonly mustWork: boolean;
  readonly outcome: Outcome;
}

/** A promise that was broken. */
export interface Violation {
  readonly promise: 'nothing sent twice' | 'nothing lost' | 'nothing said failed that was sent' | 'everyone answered' | 'repeated only after a definite rejection' | 'no secret gets out' | 'works again';
  readonly detail: string;
}

/** All that the judge looks at. */
export interface Evidence {
  readonly happened: readonly Happened[];
  readonly attempts: readonly Attempt[];
  readonly sent: readonly SentMessage[];
  readonly tokens: readonly string[];
  readonly key: string;
}

/** Meta's answers that say for certain that nothing was done: the token was not taken. */
const REFUSED_TOKEN: ReadonlySet<unknown> = new Set([190, 102, 0]);
/** … and those that say so for another reason: throttled. */
const DEFINITE: ReadonlySet<unknown> = new Set([...REFUSED_TOKEN, 4, 80007, 130429, 131056]);

/** Every promise that was broken, judged by what Meta counted and by what left the gateway. */
export function judge(evidence: Evidence): readonly Violation[] {
  return [...evidence.happened.flatMap((one) => [...answered(one), ...outcomeHolds(one)]), ...evidence.happened.flatMap((one) => (one.to === null ? [] : sendHolds(one, one.to, evidence))), ...secrets(evidence)];
}

/** Success, or an error in Meta's shape. What Meta itself sent as a page, the gateway hands on as a page, and each client makes of that what it can. */
function answered(one: Happened): readonly Violation[] {
  const { outcome } = one;
  if (outcome.kind === 'unanswered') return [broken('everyone answered', one, 'no answer')];
  if (outcome.kind === 'threw' && !isPage(outcome.error)) return [broken('everyone answered', one, String(outcome.error))];
  if (outcome.kind === 'refused' && !outcome.refusal.inMetasShape && !isPage(outcome.refusal.cause)) return [broken('everyone answered', one, `message “${outcome.refusal.message}”, code ${String(outcome.refusal.code)}, type ${String(outcome.refusal.type)}`)];
  return [];
}

/** JSON was expected and a page came: a syntax error, or an error whose body is text. */
function isPage(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof Error && 'data' in error && typeof error.data === 'string');
}

function outcomeHolds(one: Happened): readonly Violation[] {
  const { outcome, deed, mustWork } = one;
  if (mustWork && outcome.kind !== 'done') return [broken('works again', one, outcome.kind === 'refused' ? outcome.refusal.message : outcome.kind)];
  if (outcome.kind !== 'done') return [];
  const wanted = { read: SHOP.display, templates: 'hello_world order_ready', download: 'the same file' }[deed as string] ?? outcome.id;
  return outcome.id === wanted && outcome.id !== '' ? [] : [broken('nothing lost', one, `got “${outcome.id}”`)];
}

function sendHolds(one: Happened, to: string, { attempts, sent }: Evidence): readonly Violation[] {
  const counted = sent.filter((message) => message.to === to);
  const tries = attempts.filter(({ method, body }) => method === 'POST' && body.includes(to));
  const { outcome } = one;
  const violations: Violation[] = [];
  if (counted.length > 1) violations.push(broken('nothing sent twice', one, `Meta counted ${counted.length}`));
  if (outcome.kind === 'done' && !counted.some(({ id }) => id === outcome.id)) violations.push(broken('nothing lost', one, `Meta knows nothing of ${outcome.id}`));
  if (outcome.kind === 'refused' && DEFINITE.has(outcome.refusal.code) && counted.length > 0) violations.push(broken('nothing said failed that was sent', one, `code ${String(outcome.refusal.code)}, and Meta counted it`));
  const before = tries.slice(0, -1);
  if (tries.length > 2 || !before.every(({ result }) => typeof result === 'object' && REFUSED_TOKEN.has(result.code))) {
    violations.push(broken('repeated only after a definite rejection', one, `tries: ${JSON.stringify(tries.map(({ result }) => result))}`));
  }
  return violations;
}

function secrets({ happened, attempts, tokens, key }: Evidence): readonly Violation[] {
  const shown = happened.filter(({ outcome }) => tokens.some((token) => textOf(outcome).includes(token)));
  const passedOn = attempts.filter((attempt) => JSON.stringify(attempt).includes(key));
  return [...shown.map((one) => broken('no secret gets out', one, 'the bot was shown a token')), ...passedOn.map(({ method, target }) => ({ promise: 'no secret gets out' as const, detail: `the key went to Meta: ${method} ${target.split('?')[0] ?? ''}` }))];
}

/** Whatever of an outcome a bot could have read. */
function textOf(outcome: Outcome): string {
  if (outcome.kind === 'done') return outcome.id;
  const error = outcome.kind === 'refused' ? outcome.refusal : outcome.kind === 'threw' ? outcome.error : null;
  return error instanceof Error ? `${error.message} ${String(error.cause)} ${error.cause instanceof Error && 'data' in error.cause ? JSON.stringify(error.cause.data) : ''}` : String(error);
}

function broken(promise: Violation['promise'], { round, client, deed, to }: Happened, detail: string): Violation {
  return { promise, detail: `round ${round}, ${client}, ${deed}${to === null ? '' : ` to ${to}`}: ${detail}` };
}
