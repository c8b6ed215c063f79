import { redactPatterns } from '../redact.ts';
import { CAUSE_RULES, type CauseRule, type Codes, type Endpoint } from './cause-rules.ts';
import { CAUSE_TRAITS } from './cause-traits.ts';
import { readErrorBody, type GraphError } from './error-body.ts';
import type { Cause, GraphFault } from './fault.ts';

export type { Endpoint } from './cause-rules.ts';

/** Longest message that a fault keeps, in characters. */
const MAX_MESSAGE = 500;

/** An answer that was not a success, as it came. */
export interface FailedAnswer {
  readonly endpoint: Endpoint;
  /** HTTP status; null where no answer came at all. */
  readonly httpStatus: number | null;
  /** The raw body, or, where no answer came, a sentence about why. */
  readonly body: string;
  /** Takes secrets out of Meta's words; patterns alone where it is left out. */
  readonly redact?: (text: string) => string;
}

/** Turns a failed answer into a classified fault. Never throws, never keeps a token. */
export function classifyFault(answer: FailedAnswer): GraphFault {
  const { httpStatus, endpoint, redact = redactPatterns } = answer;
  if (httpStatus === null) return fault('network', null, httpStatus, redact(answer.body));
  const body = readErrorBody(answer.body);
  if (body.kind === 'graph') {
    return fault(causeOf(body.error, endpoint, httpStatus), body.error, httpStatus, redact(body.error.message));
  }
  // Without Meta's own error object nobody has spoken about the token: a proxy, a broken line, a bad minute.
  return fault(httpStatus === 429 ? 'throttled' : 'transient', null, httpStatus, `${SILENT_BODY[body.kind]} (HTTP ${httpStatus}).`);
}

const SILENT_BODY = {
  empty: 'The answer was empty',
  page: 'A web page came instead of an answer from Meta',
  broken: 'The answer was cut off or unreadable',
  other: 'The answer was not one that Meta documents',
} as const;

/** The cause that Meta's error object stands for. `httpStatus` matters only where a server error may not be taken at its word. */
export function causeOf(error: GraphError, endpoint: Endpoint, httpStatus: number): Cause {
  const rule = CAUSE_RULES.find((candidate) => matches(candidate, error, endpoint));
  const cause = rule?.cause ?? (httpStatus === 401 ? 'unknown_auth' : 'unknown');
  if (cause === 'throttled') return cause;
  if (error.transient) return 'transient';
  // A server that fails is not believed about credentials: only a definite answer may change a token's state.
  const traits = CAUSE_TRAITS[cause];
  // Code 3 is the exception: Meta's Cloud API reference gives it the status 500.
  const doubtful = cause === 'unknown' || traits.credential || traits.appCredentials || (traits.access && error.code !== 3);
  return httpStatus >= 500 && doubtful ? 'transient' : cause;
}

/** What a code and a subcode say without Meta's words; null where the numbers alone say nothing. */
export function causeByNumbers(code: number, subcode: number | null): Cause | null {
  const error: GraphError = { code, subcode, message: '', transient: false };
  return CAUSE_RULES.find((rule) => rule.words === undefined && rule.on === undefined && matches(rule, error, 'other'))?.cause ?? null;
}

/** A fault that we find ourselves before or after a call; `message` must hold no secret. */
export function ownFault(cause: Cause, message: string, httpStatus: number | null = null): GraphFault {
  return fault(cause, null, httpStatus, message);
}

/** Builds the fault of an error object that was found inside a `debug_token` answer. */
export function verdictFault(cause: Cause, error: GraphError | null, redact: (text: string) => string = redactPatterns): GraphFault {
  return fault(cause, error, 200, redact(error?.message ?? ''));
}

function fault(cause: Cause, error: GraphError | null, httpStatus: number | null, message: string): GraphFault {
  return { cause, code: error?.code ?? null, subcode: error?.subcode ?? null, httpStatus, message: message.slice(0, MAX_MESSAGE) };
}

function matches(rule: CauseRule, error: GraphError, endpoint: Endpoint): boolean {
  return (
    (rule.codes === undefined || (error.code !== null && holds(rule.codes, error.code))) &&
    (rule.subcodes === undefined || (error.subcode !== null && rule.subcodes.includes(error.subcode))) &&
    (rule.on === undefined || rule.on.includes(endpoint)) &&
    (rule.words === undefined || rule.words.test(error.message)) &&
    (rule.unless === undefined || !rule.unless.test(error.message))
  );
}

function holds(codes: Codes, code: number): boolean {
  return codes.some((entry) => (typeof entry === 'number' ? entry === code : entry[0] <= code && code <= entry[1]));
}
