import type { PasteRefusal } from './paste-words.ts';

/** Fewer characters than this are no token of any kind. */
export const SHORTEST = 16;
/** More than this fits no keychain (Windows takes 2,560 bytes a secret, and an id is kept with it). */
export const LONGEST = 2_000;

type Look = readonly [refusal: PasteRefusal, shape: RegExp];

const PLACEHOLDER =
  /^(?:(?:(?:your|insert|paste|enter|put|replace|add|change|copy)[-_ ]?|(?:my|the)[-_])(?:[a-z0-9]{1,20}[-_ ]){0,4}(?:token|here|key|secret|me|this|value)(?:[-_ ](?:here|value|please|goes|\d{1,4})){0,2}|token|access_?token|whatsapp_?(?:access_?)?token|bearer|null|undefined|none|nil|todo|tbd|test|example|sample|placeholder|changeme|secret|password|x{3,}|EAA[A-Z]{0,2}x{4,60}|process\.env\.\w{1,60}|\$\{?[A-Za-z_]\w{0,60}\}?|\{\{[^{}]{1,60}\}\}|%\w{1,60}%|<[^<>]{1,60}>|\[[^[\]]{1,60}\]|\{[A-Za-z_ ]{1,60}\})$/i;

/** What a text is when it plainly is something else; the order matters, exact shapes first. */
const LOOKS: readonly Look[] = [
  ['placeholder', PLACEHOLDER],
  ['cut-off', /\.{3}|…/],
  ['masked', /[*•●∗·█]{3}/],
  ['email', /^[^\s@]{1,64}@[^\s@.]{1,63}(?:\.[^\s@.]{1,63}){1,4}$/],
  ['link', /^(?:[a-z][a-z0-9+.-]{1,15}:\/\/|www\.)/i],
  ['number', /^\d{5,25}$/],
  ['phone-number', /^\+?\(?\d[\d\s().-]{5,23}$/],
  ['app-secret', /^[0-9a-f]{32}$/i],
  ['app-token', /^\d{5,20}(?:\||%7C)[\w-]{16,64}$/i],
  ['jwt', /^eyJ[\w-]{4,}(?:\.[\w-]*){1,4}$/],
  ['encoded', /^(?:RUFB[\w+/=-]{8}|eyJ[\w+/=-]{8}|iVBORw0KGgo|JVBERi0|UEsDB|\/9j\/|data:[a-z]+\/)/],
  ['file-path', /^(?:[A-Za-z]:\\\S|\\\\\w|file:|~\/\S|\.{1,2}\/\S|(?:\/[\w.-]{1,64}){0,20}\/[\w-]{0,60}\.[a-z]{2,5}$|[\w-]{1,40}\.(?:txt|env|json|md|ya?ml|csv|pdf|png|jpe?g|docx?|log)$|\.env)/i],
];

/** Signs that are in no header-safe token: blanks, quotes, brackets of markup, anything beyond ASCII. */
const TOKEN_SIGNS = /^[\w.~+/=|%$:@!#^&*,;?()[\]-]+$/;

/** Why a text without any wrapping is no token; null where it may be one (tokens have no promised shape). */
export function lookAt(text: string): PasteRefusal | null {
  const plain = LOOKS.find(([, shape]) => shape.test(text));
  if (plain !== undefined) return plain[0];
  if (!TOKEN_SIGNS.test(text)) return 'strange-characters';
  if (text.length < SHORTEST) return 'too-short';
  return text.length > LONGEST ? 'too-long' : null;
}

const PEM = /-----BEGIN [A-Z0-9 ]{1,40}-----/;
const HTML = /^<(?:!doctype|\?xml|html|head|body|div|span|p|a|script|style|table|input|code|pre|textarea|button|meta|img)\b|<\/[a-z]{1,12}>/i;
const ERROR =
  /error validating|oauthexception|graphmethodexception|session (?:has|is) (?:expired|been invalidated|invalid)|fbtrace_id|invalid oauth|malformed access token|cannot parse access token|\(#\d{1,6}\)|^(?:uncaught |fatal |http )?(?:error|exception|traceback)\b/i;

/** What a text is as a whole, before anything is taken off it. */
export function lookAtWhole(text: string): 'pem' | 'html' | 'error-message' | null {
  if (PEM.test(text)) return 'pem';
  if (HTML.test(text)) return 'html';
  return ERROR.test(text) ? 'error-message' : null;
}

/** True for control characters other than tab and line ends. */
export function hasControlCharacters(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 9 || code === 10 || code === 13) continue;
    if (code < 32 || (code >= 127 && code < 160)) return true;
  }
  return false;
}
