import type { ConnectionName } from '../contract/admin.ts';
import type { ConnectionChoice } from '../contract/choose-connection.ts';

/** A request that is not carried out: the HTTP status, a stable code, and a sentence for a person. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Headers that the status demands: `Allow`, `WWW-Authenticate`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly connections?: readonly ConnectionName[];
}

/** Every refusal whose words never change; the ones that depend on the request are built where they arise. */
const REFUSALS = {
  'bad-request': { status: 400, message: 'This is not an HTTP request that Evertoken understands.' },
  'bad-target': { status: 400, message: 'The address in the request must be a plain path such as /admin/token-status.' },
  'bad-path': { status: 400, message: 'The path holds characters or steps that Evertoken does not take. Use plain paths such as /admin/token-status.' },
  'bad-query': { status: 400, message: 'The part of the address after the question mark cannot be read.' },
  'unknown-parameter': { status: 400, message: 'The address holds a parameter that is not known here. Tokens and secrets go into a JSON body, never into an address.' },
  'bad-nonce': { status: 400, message: 'The nonce must be 16 to 128 letters, digits, hyphens or underscores.' },
  'duplicate-parameter': { status: 400, message: 'The same parameter stands in the address twice.' },
  'upgrade-refused': { status: 400, message: 'Evertoken speaks plain HTTP/1.1 and does not switch to another protocol.' },
  'bad-json': { status: 400, message: 'The body is not valid JSON.' },
  'key-missing': { status: 401, message: 'The key is missing. Send the header "Authorization: Bearer KEY". The owner makes one for each bot; "npx evertoken key" shows the owner\'s own.', headers: { 'WWW-Authenticate': 'Bearer' } },
  'key-wrong': { status: 401, message: 'This key is not one of this Evertoken, or it was revoked. Ask the owner for a new one; "npx evertoken key" shows the owner\'s own.', headers: { 'WWW-Authenticate': 'Bearer' } },
  'from-a-web-page': { status: 403, message: 'Evertoken does not answer web pages.' },
  'not-found': { status: 404, message: 'There is nothing at this address.' },
  'request-timeout': { status: 408, message: 'The request took too long to arrive.', headers: { Connection: 'close' } },
  'body-too-large': { status: 413, message: 'The request is too large. An access token has a few hundred characters.' },
  'not-json': { status: 415, message: 'The body must be JSON, with the header "Content-Type: application/json".' },
  'expectation-failed': { status: 417, message: 'Evertoken cannot do what the "Expect" header asks.' },
  'wrong-host': { status: 421, message: 'Evertoken answers only at 127.0.0.1 or localhost with its own port, or at a name that its owner allowed.' },
  'headers-too-large': { status: 431, message: 'The headers of the request are too large.' },
  'failed-inside': { status: 500, message: 'Something went wrong inside Evertoken. Nothing was lost. Try again; if it stays, the log says more.' },
  'closing': { status: 503, message: 'Evertoken is stopping. Try again when it runs.' },
} as const satisfies Record<string, Omit<Refusal, 'code'>>;

/** The code of a refusal whose words never change. */
export type RefusalCode = keyof typeof REFUSALS;

/** The refusal behind a code. */
export function refusal(code: RefusalCode): Refusal {
  return { code, ...REFUSALS[code] };
}

/** 405, with the methods that would do. */
export function methodRefusal(allowed: readonly string[]): Refusal {
  const allow = allowed.join(', ');
  return { status: 405, code: 'method-not-allowed', message: `This address takes only ${allow}.`, headers: { Allow: allow } };
}

/** Which connection was meant could not be told: 400 where there are several, 404 where there is none; with the choices. */
export function choiceRefusal({ code, message, connections }: ConnectionChoice & { readonly ok: false }): Refusal {
  return { status: code === 'which-connection' ? 400 : 404, code, message, connections };
}
