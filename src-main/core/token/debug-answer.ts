import { CAUSE_TRAITS } from '../graph/cause-traits.ts';
import { causeOf, verdictFault } from '../graph/classify.ts';
import { readErrorObject } from '../graph/error-body.ts';
import type { Cause, GraphFault } from '../graph/fault.ts';
import { isObject, readId, readNumber, readText, type JsonObject } from '../graph/json.ts';
import { redactPatterns } from '../redact.ts';
import { NEVER, UNKNOWN_END, type End, type GranularScope, type Snapshot } from './snapshot.ts';

/** The year 9999 in unix seconds; beyond it a number is no date. */
const LAST_SECOND = 253_402_300_799;

/**
 * Reads the parsed body of a `debug_token` answer (fields: Meta's debug_token reference; shapes: public logs).
 * `saidAt` is our clock in ms. Null where the body is no such answer, or where its error is about the question
 * (the app, a limit, a failing server) and so says nothing about the token. `redact` cleans Meta's words.
 */
export function readDebugAnswer(body: unknown, saidAt: number, redact: (text: string) => string = redactPatterns): Snapshot | null {
  const data = isObject(body) ? body['data'] : undefined;
  if (!isObject(data) || !('is_valid' in data || 'app_id' in data)) return null;
  const valid = data['is_valid'] !== false;
  const facts = {
    appId: readId(data['app_id']),
    userId: readId(data['user_id']) ?? readId(data['profile_id']),
    type: readText(data['type']),
    expiry: readEnd(data['expires_at']),
    dataAccess: readEnd(data['data_access_expires_at']),
    issuedAt: readInstant(data['issued_at']),
    scopes: readTexts(data['scopes']),
    granularScopes: readGranularScopes(data['granular_scopes']),
  };
  if (valid) return { saidAt, valid, ...facts, fault: null };
  const bare = facts.appId === null && facts.userId === null && facts.type === null && facts.expiry.kind === 'unknown';
  const fault = readVerdict(data['error'], { bare, expiry: facts.expiry, saidAt, redact });
  return fault === null ? null : { saidAt, valid, ...facts, fault };
}

interface VerdictContext {
  /** Nothing is known of the token: Meta could not even read it. */
  readonly bare: boolean;
  readonly expiry: End;
  readonly saidAt: number;
  readonly redact: (text: string) => string;
}

function readVerdict(value: unknown, context: VerdictContext): GraphFault | null {
  const error = isObject(value) ? readErrorObject(value) : null;
  const cause = error === null ? 'unknown_auth' : causeOf(error, 'verdict', 200);
  if (aboutTheQuestion(cause)) return null;
  const exact = cause === 'unknown_auth' || cause === 'unknown' ? byTheFacts(context, error !== null) : cause;
  return verdictFault(exact, error, context.redact);
}

function aboutTheQuestion(cause: Cause): boolean {
  const traits = CAUSE_TRAITS[cause];
  return traits.silence || traits.appCredentials || cause === 'wrong_app' || cause === 'no_token_sent' || cause === 'graph_version';
}

/** Meta gave no reason that we know; what else it said may still tell. */
function byTheFacts({ bare, expiry, saidAt }: VerdictContext, hasError: boolean): Cause {
  if (expiry.kind === 'at' && expiry.at <= saidAt) return 'expired';
  return bare && hasError ? 'malformed_token' : 'unknown_auth';
}

/** Unix seconds on the wire; 0 is Meta's word for never. */
function readEnd(value: unknown): End {
  if (readNumber(value) === 0) return NEVER;
  const at = readInstant(value);
  return at === null ? UNKNOWN_END : { kind: 'at', at };
}

function readInstant(value: unknown): number | null {
  const seconds = readNumber(value);
  return seconds === null || seconds <= 0 || seconds > LAST_SECOND ? null : Math.round(seconds * 1_000);
}

function readTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

function readGranularScopes(value: unknown): readonly GranularScope[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).flatMap((entry: JsonObject) => {
    const scope = readText(entry['scope']);
    if (scope === null) return [];
    const targets: readonly unknown[] = Array.isArray(entry['target_ids']) ? entry['target_ids'] : [];
    return [{ scope, targetIds: targets.map(readId).filter((id) => id !== null) }];
  });
}
