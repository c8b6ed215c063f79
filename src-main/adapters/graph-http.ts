/** One GET, as it goes to Meta. Everything here may hold secrets: it is never logged. */
export interface GraphRequest {
  readonly url: string;
  /** Sent as `Authorization: Bearer`; null for calls that carry their secrets in the query, as Meta documents them. */
  readonly bearer: string | null;
}

/** What came back. */
export type GraphReply =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly serverTime: number | null }
  /** Headers came, but no whole body that may be read: a redirect, too long, cut off. */
  | { readonly kind: 'unusable'; readonly status: number; readonly why: string; readonly serverTime: number | null }
  /** Nothing came. `why` is a sentence without address or secret. */
  | { readonly kind: 'silence'; readonly why: string };

/** How calls are made. */
export interface HttpOptions {
  readonly fetch: typeof fetch;
  /** For headers and body together, ms. */
  readonly timeoutMs: number;
  /** Longest body that is read, bytes. */
  readonly maxBytes: number;
  /** Whether Meta's `Date` header is read. */
  readonly trustsDate: boolean;
}

/**
 * Makes one GET and never throws. Redirects are not followed: the token would travel with them. An error's own text is
 * never passed on, since undici quotes addresses and header values in it; only its code is.
 */
export async function getFromGraph(request: GraphRequest, options: HttpOptions): Promise<GraphReply> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  let response: Response;
  try {
    response = await options.fetch(request.url, {
      redirect: 'manual',
      signal,
      headers: { accept: 'application/json', ...(request.bearer === null ? {} : { authorization: `Bearer ${request.bearer}` }) },
    });
  } catch (error) {
    return { kind: 'silence', why: whyNoAnswer(error) };
  }
  const { status } = response;
  const serverTime = options.trustsDate ? readDate(response.headers.get('date')) : null;
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    await discard(response);
    return { kind: 'unusable', status, why: 'The answer pointed to another address, which is not followed', serverTime };
  }
  try {
    const body = await readBody(response, options.maxBytes);
    if (body === null) return { kind: 'unusable', status, why: 'The answer was too long', serverTime };
    return { kind: 'answer', status, body, serverTime };
  } catch (error) {
    return { kind: 'unusable', status, why: isTimeout(error) ? 'The answer stopped half-way and no more came in time' : 'The answer was cut off', serverTime };
  }
}

/** The body as text; null where it is longer than `maxBytes` (counted as it comes, so a lying length does not matter). */
async function readBody(response: Response, maxBytes: number): Promise<string | null> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  // Leaving the loop early cancels the stream and closes the connection.
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

async function discard(response: Response): Promise<void> {
  try {
    await response.body?.cancel();
  } catch {
    // The connection is gone already, which is all that was wanted.
  }
}

function readDate(header: string | null): number | null {
  const at = header === null ? Number.NaN : Date.parse(header);
  return Number.isNaN(at) ? null : at;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

const REASONS: readonly (readonly [code: RegExp, sentence: string])[] = [
  [/^(?:ENOTFOUND|EAI_AGAIN|EAI_\w+)$/, 'The name of Meta’s server could not be looked up'],
  [/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL)$/, 'No connection to Meta’s server could be made'],
  [/^(?:ETIMEDOUT|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT)$/, 'Meta’s server did not answer in time'],
  [/CERT|SELF_SIGNED|UNABLE_TO|TLS|SSL|^EPROTO$/, 'No secure connection to Meta’s server could be made'],
];

function whyNoAnswer(error: unknown): string {
  if (isTimeout(error)) return 'Meta’s server did not answer in time.';
  const code = codeOf(error);
  const sentence = REASONS.find(([shape]) => shape.test(code))?.[1] ?? 'The connection to Meta’s server broke';
  return code === '' ? `${sentence}.` : `${sentence} (${code}).`;
}

/** The system's code of an error or of what caused it, such as `ECONNRESET`; empty where there is none. */
function codeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    const code: unknown = 'code' in at ? at.code : undefined;
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,59}$/.test(code)) return code;
  }
  return '';
}
