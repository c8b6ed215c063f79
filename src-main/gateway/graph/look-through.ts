import { cutText, cutValues, REMOVED } from './cutting.ts';
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

/**
 * Looks through an answer of text and gives back what may go out: the very same text where nothing had to change. In and out as latin-1,
 * which keeps every byte, whatever the encoding; all that is looked for is ASCII.
 */
export function lookThrough(text: string, status: number, watch: Watch): string {
  if (!isWorthALook(text, status, watch.secrets)) return text;
  return isJson(text) ? cleanJson(text, status, watch) : cutText(text, watch.secrets, status >= 400);
}

/** What most answers hold none of. An escape may hide a letter of anything. */
function isWorthALook(text: string, status: number, secrets: readonly string[]): boolean {
  if (text.includes('access_token') || text.includes('"url"') || text.includes('"paging"') || text.includes('appsecret_proof') || text.includes(String.raw`\u00`)) return true;
  if (text.includes('EAA') && (status >= 400 || text.includes('error'))) return true;
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

function cleanJson(text: string, status: number, watch: Watch): string {
  const isMedia = looksLikeMedia(text);
  const clean = editStrings(text, (place) => {
    const { raw, key, parentKey, depth, way } = place;
    if (raw !== '' && way.includes('access_token')) return REMOVED;
    const address = parentKey === 'paging' && (key === 'next' || key === 'previous') ? watch.link(decodeString(raw)) : isMedia && depth === 1 && key === 'url' ? watch.media(decodeString(raw)) : null;
    return address === null ? cutString(place, watch.secrets, status >= 400 || way.includes('error') || way.includes('errors')) : encodeString(address);
  });
  // Keys and numbers are not edited; a value in one of them is not Meta's doing, but must not go out either.
  return cutValues(clean ?? text, watch.secrets);
}

function cutString({ raw }: StringPlace, secrets: readonly string[], byShape: boolean): string | null {
  const plain = decodeString(raw);
  const clean = cutText(plain, secrets, byShape);
  if (clean === plain) return null;
  return plain === raw ? clean : encodeString(clean);
}

/** Meta's answer to `GET /{media-id}`: an address, and beside it what kind of file it is. */
function looksLikeMedia(text: string): boolean {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null && 'url' in value && ('mime_type' in value || 'sha256' in value || 'messaging_product' in value);
}
