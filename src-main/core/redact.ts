import { Needles, WINDOW } from './needles.ts';
import { secretForms } from './secret-forms.ts';

/** What stands where a secret stood. Shorter than any secret that is looked for, so that it cannot be one itself. */
export const REDACTED = '[***]';

/** Takes secrets out of text, by value and by shape. */
export interface Redactor {
  /** Remembers a live secret; under 8 characters it is ignored, since it would blot out ordinary words. */
  add(secret: string): void;
  /** Forgets a secret that was added as often as it was added. */
  remove(secret: string): void;
  /** The text without any remembered secret (plain, URL-encoded, JSON-escaped) and without anything that looks like a token. */
  redact(text: string): string;
}

/** Names whose value is secret, in a query string, JSON, an environment file or a log line. */
const NAMES =
  'access_?token|input_token|fb_exchange_token|revoke_token|client_secret|appsecret_proof|app_?secret|refresh_token|id_token|api_?key|passphrase';
/** A value up to where it plainly ends; an escaped sign belongs to it, an escaped quote does not. What is redacted stays as it is. */
const VALUE = String.raw`(?!\[\*{3}\])(?:[^\s"'\\&,;<>)}\]]|\\[^\s"'])+`;

/**
 * What a secret looks like where its value is not known: names and stems as Meta's documentation and public logs show them.
 * Each pattern is bounded, so that a long text costs one pass.
 */
const PATTERNS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [new RegExp(String.raw`((?:${NAMES})(?:\\{0,4}["'])?\s{0,8}(?:=>|=|:|%3D)\s{0,8}(?:\\{0,4}["'])?)${VALUE}`, 'gi'), `$1${REDACTED}`],
  [/(authorization(?:\\{0,4}["'])?\s{0,8}[:=]\s{0,8}(?:\\{0,4}["'])?)(?:(?:bearer|oauth|basic|token)\s{1,8})?[^\s"'\\,;]+/gi, `$1${REDACTED}`],
  [/\b(bearer\s{1,8})[\w.~+/=|%-]{6,}/gi, `$1${REDACTED}`],
  [/(?:EAA|IGAA|IGQV|THAA)[\w-]{4,}/g, REDACTED],
  // A key of our own gateway.
  [/evk_[\w-]{20,}/g, REDACTED],
  [/\d{5,20}(?:\||%7C)[\w-]{12,}/gi, REDACTED],
  [/(secret[^\n]{0,24}?)\b[0-9a-f]{32,128}\b/gi, `$1${REDACTED}`],
];

/** Takes out what looks like a secret by its shape alone; for places that know no values. */
export function redactPatterns(text: string): string {
  return PATTERNS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}

/** A redactor with no secrets yet. */
export function createRedactor(): Redactor {
  const secrets = new Map<string, number>();
  // Built when it is needed: a thousand secrets added at start are indexed once.
  let index: Needles | null = null;
  const needles = (): Needles => {
    if (index !== null) return index;
    index = new Needles();
    for (const secret of secrets.keys()) for (const form of secretForms(secret)) index.add(form);
    return index;
  };
  return {
    add(secret) {
      if (secret.length < WINDOW) return;
      const times = secrets.get(secret) ?? 0;
      secrets.set(secret, times + 1);
      if (times === 0 && index !== null) for (const form of secretForms(secret)) index.add(form);
    },
    remove(secret) {
      const times = secrets.get(secret) ?? 0;
      if (times > 1) secrets.set(secret, times - 1);
      else if (secrets.delete(secret)) index = null;
    },
    redact(text) {
      const known = needles();
      // Values first, while they are whole; a shape could cut one in two and leave a part.
      let clean = redactPatterns(blot(text, known));
      // What was cut may leave neighbours that spell a secret: look until nothing is found.
      for (let next = blot(clean, known); next !== clean; next = blot(clean, known)) clean = next;
      return clean;
    },
  };
}

function blot(text: string, needles: Needles): string {
  const found = needles.find(text);
  if (found.length === 0) return text;
  let clean = '';
  let from = 0;
  for (const { start, end } of found) {
    clean += text.slice(from, start) + REDACTED;
    from = end;
  }
  return clean + text.slice(from);
}
