import { cutHidden } from './cutting.ts';

/** What of Meta's answer does not concern the caller: what belongs to one connection, and what would change how a browser treats this address. */
const DROPPED: ReadonlySet<string> = new Set([
  'connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'proxy-connection', 'proxy-authenticate', 'proxy-authentication-info',
  'set-cookie', 'set-cookie2', 'alt-svc', 'strict-transport-security', 'public-key-pins', 'expect-ct', 'nel', 'report-to', 'reporting-endpoints',
  'clear-site-data', 'service-worker-allowed', 'refresh', 'origin-agent-cluster',
]);

/** Meta's answer headers as far as they are read here. */
export interface AnswerHeaders {
  /** Name and value in turn, as they go out; without `Content-Length`. */
  readonly passed: string[];
  readonly contentType: string;
  /** Null where none was sent. */
  readonly contentLength: string | null;
  /** True where the body is compressed although that was not asked for. */
  readonly encoded: boolean;
}

/** Reads undici's raw headers and cuts secrets out of them: Meta repeats its error message in `WWW-Authenticate`. */
export function readAnswerHeaders(raw: readonly (Buffer | string)[], secrets: readonly string[]): AnswerHeaders {
  const passed: string[] = [];
  let contentType = '';
  let types = 0;
  let contentLength: string | null = null;
  let encoded = false;
  let named: ReadonlySet<string> | null = null;
  for (let index = 0; index < raw.length; index += 2) {
    const name = text(raw[index]);
    const value = text(raw[index + 1]);
    const lower = name.toLowerCase();
    if (lower === 'content-length') {
      contentLength = value;
      continue;
    }
    if (lower === 'connection' && !/^(?:keep-alive|close)$/i.test(value)) named = new Set(value.toLowerCase().split(',').map((one) => one.trim()));
    // Meta answers `Access-Control-Allow-Origin: *`; nothing here may be read by a web page.
    if (DROPPED.has(lower) || lower.startsWith('access-control-')) continue;
    // Of two nobody knows which one a caller believes.
    if (lower === 'content-type') contentType = types === 0 ? value : '';
    if (lower === 'content-type') types += 1;
    else if (lower === 'content-encoding' && value.toLowerCase() !== 'identity') encoded = true;
    passed.push(name, value.length < 8 ? value : cutHidden(value, secrets, true));
  }
  return { passed: named === null ? passed : without(passed, named), contentType, contentLength, encoded };
}

/** Whether a content type is that of a file for people, in which nobody reads a token. All else may be text, whatever it says it is. */
export function isPicture(contentType: string): boolean {
  return /^(?:image\/(?!svg)|audio\/|video\/)/i.test(contentType);
}

/** Whether a content type is text, in which a secret could be read. Meta has answered JSON as `text/javascript`. */
export function isText(contentType: string): boolean {
  return contentType === '' || /^(?:text\/|application\/(?:[\w.+-]*json|[\w.+-]*xml|javascript|x-javascript|x-www-form-urlencoded|problem))/i.test(contentType);
}

function text(value: Buffer | string | undefined): string {
  return value === undefined ? '' : typeof value === 'string' ? value : value.toString('latin1');
}

function without(headers: readonly string[], names: ReadonlySet<string>): string[] {
  return headers.filter((_, index) => !names.has((headers[index - (index % 2)] ?? '').toLowerCase()));
}
