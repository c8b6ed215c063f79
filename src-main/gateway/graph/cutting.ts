import { decodeLoosely, holdsEscapes } from './decoding.ts';

/** What stands in an answer where a secret stood. */
export const REMOVED = '[removed]';

const PARAMETERS = /((?:access_token|appsecret_proof)(?:=|%3D))[^&\s"'\\<>]+/gi;
/** As a field of JSON, however deep in other JSON; also where the whole is no JSON. */
const FIELDS = /(access_token\\*["']\s*:\s*\\*["'])[^"'\\]+/gi;
/** What Meta's tokens look like; not in the middle of a longer id, which may hold these letters by chance. */
const TOKEN_SHAPE = /(?<![A-Za-z0-9_-])EAA[A-Za-z0-9_-]{8,}/g;
/** A token for certain: no id of Meta's is that long and so begun. Behind the letters of an escape as well, but not in the middle of base64. */
const LONG_TOKEN = /(?:(?<![A-Za-z0-9+/_-])|(?<=%[0-9A-Fa-f]{2})|(?<=\\[bfnrt]))EAA[A-Za-z0-9]{60,}/g;
const ANY_LONG_TOKEN = new RegExp(LONG_TOKEN.source);

/** Whether a text holds what is a token for certain, whoever's. */
export function holdsLongToken(text: string): boolean {
  return text.includes('EAA') && ANY_LONG_TOKEN.test(text);
}

/** Cuts values out of text. */
export function cutValues(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (clean.includes(secret)) clean = clean.replaceAll(secret, REMOVED);
  return clean;
}

/** Cuts secrets out of text: by value, as a parameter of an address or a field, what is a token for certain, and in errors what looks like one. */
export function cutText(text: string, secrets: readonly string[], byShape: boolean): string {
  let clean = cutValues(text, secrets);
  if (/access_token|appsecret_proof/i.test(clean)) clean = clean.replace(PARAMETERS, `$1${REMOVED}`).replace(FIELDS, `$1${REMOVED}`);
  if (!clean.includes('EAA')) return clean;
  return byShape ? clean.replace(LONG_TOKEN, REMOVED).replace(TOKEN_SHAPE, REMOVED) : clean.replace(LONG_TOKEN, REMOVED);
}

/** The same, also where a secret is hidden by escapes; then the text comes back without them. */
export function cutHidden(text: string, secrets: readonly string[], byShape: boolean): string {
  const clean = cutText(text, secrets, byShape);
  if (!holdsEscapes(clean)) return clean;
  const decoded = decodeLoosely(decodeLoosely(clean));
  return holdsLongToken(decoded) || secrets.some((secret) => decoded.includes(secret)) ? cutText(decoded, secrets, byShape) : clean;
}

/** How many characters at the end of a text are the beginning of one of the values, but not the whole. */
export function heldLength(text: string, secrets: readonly string[]): number {
  let longest = 0;
  for (const secret of secrets) {
    const first = secret.charAt(0);
    const earliest = Math.max(0, text.length - secret.length + 1);
    for (let at = text.indexOf(first, earliest); at !== -1; at = text.indexOf(first, at + 1)) {
      if (secret.startsWith(text.slice(at))) {
        longest = Math.max(longest, text.length - at);
        break;
      }
    }
  }
  return longest;
}
