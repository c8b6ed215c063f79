import { decodeLoosely } from './decoding.ts';
import { isRefusedField } from './refused-fields.ts';

/** A query or a form of `name=value` pairs, with what concerns tokens taken out. */
export interface FieldsReading {
  /** What is left, byte for byte. */
  readonly rest: string;
  /** The values of `access_token`, decoded. */
  readonly keys: readonly string[];
  /** The values of `input_token`, decoded; they stand in `rest` no more. */
  readonly inputTokens: readonly string[];
  readonly changed: boolean;
  /** Why the whole is not passed on, whoever asks; null where it is. */
  readonly objection: FieldObjection | null;
}

/** A field that would make of one call another one, or more fields than anybody needs. */
export type FieldObjection = 'no-batches' | 'not-for-clients' | 'too-many-fields';

/** So many fields are read; each costs time in which nobody else is served. */
export const MOST_FIELDS = 1_000;

/**
 * What is not passed on: proofs, which only fit the client's own token (ours is added where it is known), and `callback`, which makes Meta answer with
 * a program instead of JSON, for web pages.
 */
export const DROPPED_FIELDS: ReadonlySet<string> = new Set(['appsecret_proof', 'appsecret_time', 'callback']);

/** Takes `access_token`, `input_token` and the dropped fields out of a query or a form (latin-1 text; what is left comes through unchanged). */
export function readFields(text: string): FieldsReading {
  const rest: string[] = [];
  const keys: string[] = [];
  const inputTokens: string[] = [];
  let objection: FieldObjection | null = null;
  if (text === '') return { rest: text, keys, inputTokens, changed: false, objection };
  if (hasTooMany(text)) return { rest: '', keys, inputTokens, changed: true, objection: 'too-many-fields' };
  const parts = text.split('&');
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = fieldName(equals === -1 ? part : part.slice(0, equals));
    if (name === 'access_token') keys.push(decodeField(equals === -1 ? '' : part.slice(equals + 1)));
    else if (name === 'input_token') inputTokens.push(decodeField(equals === -1 ? '' : part.slice(equals + 1)));
    else if (!DROPPED_FIELDS.has(name)) {
      rest.push(part);
      objection ??= isRefusedField(name, equals === -1 ? '' : part.slice(equals + 1));
    }
  }
  const changed = rest.length < parts.length;
  return { rest: changed ? rest.join('&') : text, keys, inputTokens, changed, objection };
}

/** The name by which Meta may know a field: decoded, in lower case, and with what PHP-like readers fold into it (`a.b`, `a b`, `a_b[]`). */
export function fieldName(raw: string): string {
  const name = decodeField(raw).trimStart().toLowerCase();
  const bracket = name.indexOf('[');
  return (bracket > 0 ? name.slice(0, bracket) : name).replaceAll(/[. ]/g, '_');
}

/** Decodes a form's escapes. Where one of them cannot be decoded the others are all the same, byte by byte. */
export function decodeField(raw: string): string {
  if (!raw.includes('%') && !raw.includes('+')) return raw;
  const spaced = raw.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return decodeLoosely(spaced);
  }
}

/** Adds a pair to a query or a form. */
export function withField(text: string, name: string, value: string): string {
  return `${text}${text === '' ? '' : '&'}${name}=${encodeURIComponent(value)}`;
}

function hasTooMany(text: string): boolean {
  let fields = 1;
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at + 1)) {
    fields += 1;
    if (fields > MOST_FIELDS) return true;
  }
  return false;
}
