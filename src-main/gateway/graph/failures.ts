import type { ServerResponse } from 'node:http';
import type { Refusal } from '../refusal.ts';

/** What every answer of ours carries: it is an answer to one caller at one time. No CORS header, ever. */
const ALWAYS = ['Content-Type', 'application/json; charset=utf-8', 'Cache-Control', 'no-store', 'X-Content-Type-Options', 'nosniff'] as const;

/** What went wrong on our side of a call to Meta: HTTP status, Meta's number for the like of it, whether to try again, and a sentence. */
interface FailureRow {
  readonly status: number;
  /** A code of Meta's error tables, so that a client that branches on numbers does the right thing. */
  readonly code: number;
  /** True only where nothing can have reached Meta, so that a client that repeats by itself sends nothing twice. */
  readonly transient: boolean;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const MAY_HAVE_GONE_OUT = 'What was asked may have been done all the same: a message may have gone out. Do not send it again blindly; look first whether it arrived.';

/** Every failure of the pass-through that has words of its own. */
export const FAILURES = {
  'key-not-found': {
    status: 401,
    code: 190,
    transient: false,
    message: 'The key is missing. Put it where your bot puts its access token: the header "Authorization: Bearer KEY", or "access_token" in the address or in the form.',
    headers: { 'WWW-Authenticate': 'Bearer' },
  },
  'key-too-late': {
    status: 401,
    code: 190,
    transient: false,
    message: 'No key was found in the first 64 kB of the form. Put the field "access_token" before the file, or send the header "Authorization: Bearer KEY".',
    headers: { 'WWW-Authenticate': 'Bearer' },
  },
  'two-keys': { status: 401, code: 190, transient: false, message: 'Two different keys were sent. Send one.', headers: { 'WWW-Authenticate': 'Bearer' } },
  'key-elsewhere': {
    status: 400,
    code: 100,
    transient: false,
    message: 'The key also stands in a place from which Evertoken cannot take it out, so nothing was passed on. Send it only in the header "Authorization: Bearer KEY".',
  },
  'not-for-clients': {
    status: 403,
    code: 10,
    transient: false,
    message: 'Evertoken renews tokens itself, so it does not pass on calls under /oauth, and no changes of permissions: they would hand out or revoke tokens.',
  },
  'no-batches': {
    status: 403,
    code: 10,
    transient: false,
    message: 'Evertoken passes on one call at a time and no batches. Send each call to its own address.',
  },
  'bad-graph-path': {
    status: 400,
    code: 100,
    transient: false,
    message: 'The path holds characters or steps that Evertoken does not pass on. Use paths such as /graph/CONNECTION/v26.0/PHONE_NUMBER_ID/messages. Where the name of the connection has a blank or another special character, write its id instead: Evertoken shows it with the connection.',
  },
  'too-many-fields': { status: 400, code: 100, transient: false, message: 'The address or the form has more than 1,000 fields, which Evertoken does not pass on.' },
  'body-encoded': { status: 415, code: 100, transient: false, message: 'The body is compressed, so Evertoken cannot look through it. Send it as it is, without "Content-Encoding".' },
  'body-too-large': { status: 413, code: 100, transient: false, message: 'A form or JSON of more than 1 MB is not passed on. Send files as "multipart/form-data".' },
  'no-token': { status: 503, code: 2, transient: true, message: 'Evertoken has no access token for this connection now. Open Evertoken: it says what is missing.' },
  'too-busy': { status: 503, code: 2, transient: true, message: 'Too many requests are on their way at once, so this one was not taken. Nothing was sent. Try again in a moment.' },
  'body-too-slow': { status: 408, code: 100, transient: false, message: 'The request stopped half-way and was given up. Nothing was done. Send it again as a whole.', headers: { Connection: 'close' } },
  'meta-unreachable': { status: 503, code: 2, transient: true, message: 'Meta could not be reached, so nothing was sent. Evertoken’s own connection to the internet is worth a look. Trying again is safe.' },
  'meta-dropped': { status: 502, code: 131000, transient: false, message: `The connection to Meta broke before its answer was here. ${MAY_HAVE_GONE_OUT}` },
  'meta-timed-out': { status: 504, code: 131000, transient: false, message: `Meta did not answer in time. ${MAY_HAVE_GONE_OUT}` },
  'meta-unreadable': { status: 502, code: 131000, transient: false, message: `Meta answered in a way that Evertoken cannot look through for secrets, so the answer was not handed on. ${MAY_HAVE_GONE_OUT}` },
  'meta-redirected': { status: 502, code: 131000, transient: false, message: 'Meta pointed to another address, which Evertoken does not follow, so that the token stays where it belongs.' },
  'ticket-expired': { status: 410, code: 100, transient: false, message: 'This media address has expired: it holds for five minutes. Ask for the media again by its id to get a new one.' },
} as const satisfies Record<string, FailureRow>;

/** The name of a failure, stable for programs. */
export type FailureCode = keyof typeof FAILURES;

/** The numbers of Meta's that fit the HTTP status of one of the gateway's general refusals: 190 no valid key, 10 no right, 803 no such thing, 2 later, 100 anything wrong in the request. */
const BY_STATUS: Readonly<Record<number, number>> = { 401: 190, 403: 10, 404: 803, 503: 2 };

/** A failure as a refusal, for the log. */
export function failureRefusal(code: FailureCode): Refusal {
  const row: FailureRow = FAILURES[code];
  return { status: row.status, code, message: row.message, ...(row.headers === undefined ? {} : { headers: row.headers }) };
}

/** Answers a refusal in the shape of Meta's errors, which is what clients of Meta read. Nothing may have been sent yet. */
export function answerFailure(response: ServerResponse, refused: Refusal): void {
  const body = Buffer.from(JSON.stringify(failureBody(refused)));
  const more = Object.entries(refused.headers ?? {}).flat();
  response.writeHead(refused.status, [...ALWAYS, ...more, 'Content-Length', String(body.length)]);
  response.end(body);
}

function failureBody({ status, code: name, message, connections }: Refusal) {
  const row: FailureRow | undefined = isFailure(name) ? FAILURES[name] : undefined;
  const code = row?.code ?? BY_STATUS[status] ?? 100;
  return {
    error: {
      message,
      type: 'EvertokenError',
      code,
      error_data: { messaging_product: 'whatsapp', details: message },
      is_transient: row?.transient ?? status === 503,
      fbtrace_id: '',
      evertoken_code: name,
      ...(connections === undefined ? {} : { connections }),
    },
  };
}

function isFailure(name: string): name is FailureCode {
  return Object.hasOwn(FAILURES, name);
}
