import type { Wording } from './faults.ts';
import type { GraphError } from './refusals.ts';

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What a call changed; the journal keeps it. Tokens by their labels. */
export type Effect =
  | { readonly kind: 'exchanged'; readonly token: string; readonly sameString: boolean }
  | { readonly kind: 'revoked'; readonly token: string }
  | { readonly kind: 'sent'; readonly messageId: string }
  | { readonly kind: 'uploaded' | 'removed'; readonly mediaId: string };

/** What a route answers, before faults spoil it. */
export type Answer =
  | { readonly kind: 'json'; readonly status: number; readonly body: JsonObject; readonly effect?: Effect }
  | { readonly kind: 'error'; readonly error: GraphError }
  | { readonly kind: 'bytes'; readonly status: number; readonly contentType: string; readonly bytes: Uint8Array; readonly headers?: Readonly<Record<string, string>> };

/** An answer of HTTP 200 in JSON. */
export function found(body: JsonObject, effect?: Effect): Answer {
  return { kind: 'json', status: 200, body, ...(effect === undefined ? {} : { effect }) };
}

/** A Graph error as an answer. */
export function refused(error: GraphError): Answer {
  return { kind: 'error', error };
}

function echoing(error: GraphError, echo: string | null): string {
  if (echo === null) return error.message;
  return error.code === 190 && error.subcode === null ? `Malformed access token ${echo}` : `${error.message} (access token ${echo})`;
}

/** `code` as a number, or as a string where the wording asks for it. */
export function shownCode(code: number, wording: Wording): number | string {
  return wording.codeAsString === true ? String(code) : code;
}

/** The message of an error, with the token in it where the wording asks for it. */
export function shownMessage(error: GraphError, wording: Wording, token: string | null): string {
  return echoing(error, wording.echoToken === true ? token : null);
}

/** The outer error body, as Meta's Graph error reference has it. `token` is what an echo would show. */
export function errorBody(error: GraphError, wording: Wording, token: string | null, trace: string): JsonObject {
  const transient = error.transient || wording.transient === true;
  return {
    error: {
      message: shownMessage(error, wording, token),
      type: error.type,
      code: shownCode(error.code, wording),
      ...(error.subcode === null || wording.omitSubcodes === true ? {} : { error_subcode: error.subcode }),
      ...(error.details === null ? {} : { error_data: { messaging_product: 'whatsapp', details: error.details } }),
      ...(transient ? { is_transient: true } : {}),
      fbtrace_id: trace,
    },
  };
}

/** The HTTP status of an error. */
export function errorStatus(error: GraphError, wording: Wording): number {
  return error.code === 190 ? (wording.authStatus ?? error.status) : error.status;
}
