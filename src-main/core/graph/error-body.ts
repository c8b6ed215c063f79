import { isObject, parseGraphJson, readNumber, readText, type JsonObject } from './json.ts';

/** The fields of Meta's error object that decide anything (Graph API "Handle errors" and Cloud API error reference). */
export interface GraphError {
  /** `code`, a number even where Meta sends a string; null where neither the field nor the message has it. */
  readonly code: number | null;
  /** `error_subcode`, or `subcode` inside a `debug_token` answer. */
  readonly subcode: number | null;
  /** `message`, `error_data.details` and the user-facing texts in one line, each once; may echo a token. */
  readonly message: string;
  /** `is_transient`, where Meta itself says "try again". */
  readonly transient: boolean;
}

/** What an answer's body turned out to be. `page` is HTML: something between us and Meta answered. */
export type ErrorBody =
  | { readonly kind: 'graph'; readonly error: GraphError }
  | { readonly kind: 'empty' | 'page' | 'broken' | 'other' };

/** Bodies beyond this many characters are not read: no error of Meta's comes near it. */
const MAX_BODY = 1_000_000;

/**
 * Finds Meta's error in the raw text of an answer: `{error:{…}}` anywhere, or `{data:{error:{…}}}` as `debug_token`
 * sends it. Anything else (HTML, nothing, half a body, a list) is told apart and never taken for Meta's word. Never throws.
 */
export function readErrorBody(body: string): ErrorBody {
  if (body.length > MAX_BODY) return { kind: 'other' };
  const text = body.trim();
  if (text === '') return { kind: 'empty' };
  if (text.startsWith('<')) return { kind: 'page' };
  const parsed = parseGraphJson(text);
  if (parsed === undefined) return { kind: 'broken' };
  const error = findErrorObject(parsed);
  return error === null ? { kind: 'other' } : { kind: 'graph', error: readErrorObject(error) };
}

/** Reads one error object, wherever it was found. */
export function readErrorObject(error: JsonObject): GraphError {
  const details = isObject(error['error_data']) ? readText(error['error_data']['details']) : null;
  const message = readText(error['message']);
  const texts = [message, details, readText(error['error_user_title']), readText(error['error_user_msg'])];
  return {
    code: readNumber(error['code']) ?? codeInWords(message),
    subcode: readNumber(error['error_subcode']) ?? readNumber(error['subcode']),
    message: [...new Set(texts.filter((text) => text !== null))].join(' · '),
    transient: error['is_transient'] === true || error['is_transient'] === 'true',
  };
}

/** Meta begins many messages with their code, `(#80007) …`; it serves where the field is missing. */
function codeInWords(message: string | null): number | null {
  return readNumber(/^\(#(\d{1,7})\)/.exec(message ?? '')?.[1]);
}

function findErrorObject(parsed: unknown): JsonObject | null {
  if (!isObject(parsed)) return null;
  if (isObject(parsed['error'])) return parsed['error'];
  const data = parsed['data'];
  return isObject(data) && isObject(data['error']) ? data['error'] : null;
}
