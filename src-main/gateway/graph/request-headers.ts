import { holdsKey } from './held-key.ts';

/**
 * What is not passed on to Meta: what belongs to one connection (RFC 9110 §7.6.1), what is written anew, and what tells about the
 * caller's network or session.
 */
const DROPPED: ReadonlySet<string> = new Set([
  'connection', 'keep-alive', 'te', 'trailer', 'trailers', 'transfer-encoding', 'upgrade', 'http2-settings',
  'host', 'content-length', 'expect', 'authorization', 'accept-encoding',
  'cookie', 'cookie2', 'origin', 'referer', 'forwarded', 'via', 'x-real-ip',
]);
const DROPPED_BEGINNINGS = /^(?:proxy-|x-forwarded-)/;
/** All that the fetching of a file takes. */
const OF_FILES = /^(?:range|accept|user-agent|if-.*)$/;

/** The headers of a request to Meta, name and value in turn. Whatever holds the key, or anybody's, is left out; the token is added. */
export function headersForMeta(rawHeaders: readonly string[], token: string, key: string | null, length: number | null): string[] {
  const headers: string[] = [];
  const named = namedByConnection(rawHeaders);
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const value = rawHeaders[index + 1] ?? '';
    const lower = name.toLowerCase();
    if (DROPPED.has(lower) || DROPPED_BEGINNINGS.test(lower) || named?.has(lower) === true) continue;
    if (holdsKey(value, key) || holdsKey(name, key)) continue;
    headers.push(name, value);
  }
  return withToken(headers, token, length);
}

/** The headers of a request for a file: only those that say what of it is wanted. */
export function headersForFile(rawHeaders: readonly string[], token: string): string[] {
  const headers: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const value = rawHeaders[index + 1] ?? '';
    if (OF_FILES.test(name.toLowerCase()) && !holdsKey(value, null)) headers.push(name, value);
  }
  return withToken(headers, token, null);
}

function withToken(headers: string[], token: string, length: number | null): string[] {
  // Answers are looked through for secrets, so they must come as they are.
  headers.push('Accept-Encoding', 'identity', 'Authorization', `Bearer ${token}`);
  if (length !== null) headers.push('Content-Length', String(length));
  return headers;
}

/** The headers that `Connection` names; null where it names none, as nearly always. */
function namedByConnection(rawHeaders: readonly string[]): ReadonlySet<string> | null {
  let named: Set<string> | null = null;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length !== 10 || name.toLowerCase() !== 'connection') continue;
    const value = (rawHeaders[index + 1] ?? '').toLowerCase();
    if (value === 'keep-alive' || value === 'close') continue;
    named ??= new Set();
    for (const one of value.split(',')) named.add(one.trim());
  }
  return named;
}
