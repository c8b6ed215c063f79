import { cutHidden, cutValues, holdsLongToken, REMOVED } from './cutting.ts';
import { decodeString, editStrings, encodeString } from './json-strings.ts';
import type { StringPlace } from './json-strings.ts';

/** What an answer is looked through for. */
export interface Watch {
  /** The values that must not go out: the connection's tokens and their proofs. */
  readonly secrets: readonly string[];
  /** The gateway's address for a `paging` link; null for a link that is not Meta's own. */
  link(url: string): string | null;
  /** The gateway's address for a media file; null for an address that is not on Meta's hosts. */
  media(url: string): string | null;
}

/** JSON in a string of JSON is looked into so deep. */
const DEEPEST = 4;

/**
 * Looks through an answer and gives back what may go out: the very same text where nothing had to change. In and out as latin-1,
 * which keeps every byte, whatever the encoding; all that is looked for is ASCII.
 */
export function lookThrough(text: string, status: number, watch: Watch): string {
  if (!isWorthALook(text, status, watch.secrets)) return text;
  if (isJson(text)) return cleanJson(text, status, watch, 0);
  const around = cleanAround(text, status, watch);
  if (!around.includes('\0')) return around;
  // UTF-16: every letter with a NUL beside it. Where a secret is so written, the answer goes out without the NULs.
  const narrow = around.replaceAll('\0', '');
  return holdsLongToken(narrow) || watch.secrets.some((secret) => narrow.includes(secret)) ? lookThrough(narrow, status, watch) : around;
}

/** What most answers hold none of. An escape may hide a letter of anything. */
function isWorthALook(text: string, status: number, secrets: readonly string[]): boolean {
  // All but JSON is rare.
  if (text[0] !== '{' && text[0] !== '[' && text !== '') return true;
  if (text.includes('access_token') || text.includes('"url"') || text.includes('"paging"') || text.includes('appsecret_proof') || text.includes(String.raw`\u00`) || text.includes('\0')) return true;
  if (text.includes('EAA') && (status >= 400 || text.includes('error') || holdsLongToken(text))) return true;
  return secrets.some((secret) => text.includes(secret));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON with something before and behind it, as Meta gives it to web pages: `cb({…});`, `for (;;);{…}`, a byte order mark; or no JSON at all. */
function cleanAround(text: string, status: number, watch: Watch): string {
  const cut = (part: string): string => cutHidden(part, watch.secrets, status >= 400);
  const from = text.search(/[[{]/);
  const to = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
  const inner = from === -1 || to <= from ? '' : text.slice(from, to);
  return inner !== '' && isJson(inner) ? cut(text.slice(0, from)) + cleanJson(inner, status, watch, 0) + cut(text.slice(to)) : cut(text);
}

function cleanJson(text: string, status: number, watch: Watch, layer: number): string {
  const isMedia = looksLikeMedia(text);
  const clean = editStrings(text, (place) => {
    const { raw, key, parentKey, depth, way } = place;
    if (raw !== '' && way.includes('access_token')) return REMOVED;
    const address = parentKey === 'paging' && (key === 'next' || key === 'previous') ? watch.link(decodeString(raw)) : isMedia && depth === 1 && key === 'url' ? watch.media(decodeString(raw)) : null;
    return address === null ? cutString(place, status >= 400 || way.includes('error') || way.includes('errors') ? 400 : status, watch, layer) : encodeString(address);
  });
  // Keys and numbers are not edited; a value in one of them is not Meta's doing, but must not go out either.
  return cutValues(clean ?? text, watch.secrets);
}

function cutString({ raw }: StringPlace, status: number, watch: Watch, layer: number): string | null {
  const plain = decodeString(raw);
  const clean = layer < DEEPEST && plain !== raw && /^\s*[[{]/.test(plain) && isJson(plain) ? cleanInner(plain, status, watch, layer) : cutHidden(plain, watch.secrets, status >= 400);
  if (clean === plain) return null;
  return plain === raw ? clean : encodeString(clean);
}

/** JSON in a string. Its text is characters, not bytes. Links in it are not ours to change: nobody is known to follow them. */
function cleanInner(plain: string, status: number, { secrets }: Watch, layer: number): string {
  const bytes = Buffer.from(plain, 'utf8').toString('latin1');
  const clean = cleanJson(bytes, status, { secrets, link: () => null, media: () => null }, layer + 1);
  return clean === bytes ? plain : Buffer.from(clean, 'latin1').toString('utf8');
}

/** Meta's answer to `GET /{media-id}`: an address, and beside it what kind of file it is. */
function looksLikeMedia(text: string): boolean {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null && 'url' in value && ('mime_type' in value || 'sha256' in value || 'messaging_product' in value);
}
