/** A query or a form of `name=value` pairs, with what concerns tokens taken out. */
export interface FieldsReading {
  /** What is left, byte for byte. */
  readonly rest: string;
  /** The values of `access_token`, decoded. */
  readonly keys: readonly string[];
  /** The values of `input_token`, decoded; they stand in `rest` no more. */
  readonly inputTokens: readonly string[];
  readonly changed: boolean;
}

/** What a client may send that only fits its own token; ours is added where it is known. */
export const PROOF_FIELDS: ReadonlySet<string> = new Set(['appsecret_proof', 'appsecret_time']);

/** Takes `access_token`, `input_token` and the proof fields out of a query or a form (latin-1 text; what is left comes through unchanged). */
export function readFields(text: string): FieldsReading {
  const rest: string[] = [];
  const keys: string[] = [];
  const inputTokens: string[] = [];
  if (text === '') return { rest: text, keys, inputTokens, changed: false };
  const parts = text.split('&');
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = fieldName(equals === -1 ? part : part.slice(0, equals));
    if (name === 'access_token') keys.push(decodeField(equals === -1 ? '' : part.slice(equals + 1)));
    else if (name === 'input_token') inputTokens.push(decodeField(equals === -1 ? '' : part.slice(equals + 1)));
    else if (!PROOF_FIELDS.has(name)) rest.push(part);
  }
  const changed = rest.length < parts.length;
  return { rest: changed ? rest.join('&') : text, keys, inputTokens, changed };
}

/** The name by which Meta may know a field: decoded, in lower case, and with what PHP-like readers fold into it (`a.b`, `a b`, `a_b[]`). */
export function fieldName(raw: string): string {
  const name = decodeField(raw).trimStart().toLowerCase();
  const bracket = name.indexOf('[');
  return (bracket > 0 ? name.slice(0, bracket) : name).replaceAll(/[. ]/g, '_');
}

/** Decodes a form's escapes; what cannot be decoded stays as it is. */
export function decodeField(raw: string): string {
  if (!raw.includes('%') && !raw.includes('+')) return raw;
  try {
    return decodeURIComponent(raw.replaceAll('+', ' '));
  } catch {
    return raw;
  }
}

/** Adds a pair to a query or a form. */
export function withField(text: string, name: string, value: string): string {
  return `${text}${text === '' ? '' : '&'}${name}=${encodeURIComponent(value)}`;
}
