import { decodeLoosely } from './decoding.ts';

/** The fields that name other objects to call (Meta's "Multiple ID read requests"). */
const ID_FIELDS: ReadonlySet<string> = new Set(['id', 'ids']);

/**
 * Whether a field makes of one call another one that is not passed on: a batch, which Meta takes at any path (its "Batch requests"), or ids that lead to
 * `/oauth`. `name` as `fieldName` gives it, `value` as sent.
 */
export function isRefusedField(name: string, value: string): 'no-batches' | 'not-for-clients' | null {
  if (name === 'batch') return 'no-batches';
  return ID_FIELDS.has(name) && leadsToOauth(`,${decodeLoosely(decodeLoosely(value))}`) ? 'not-for-clients' : null;
}

/** Whether a path, or a list of them, leads to where Meta hands out and revokes tokens; also where something follows that Meta may cut off. */
export function leadsToOauth(path: string): boolean {
  return /[/,]\s*oauth(?![\w-])/i.test(path);
}

/** Whether a path leads to the permissions of an app, which end its token when they are deleted. */
export function leadsToPermissions(path: string): boolean {
  return /[/,]permissions(?![\w-])/i.test(path);
}

/**
 * Why a JSON body is not passed on: a batch at its top, or ids that lead to `/oauth`. Only what may hold such a key is parsed: the word may also
 * stand in a message. `text` is latin-1.
 */
export function jsonObjection(text: string): 'no-batches' | 'not-for-clients' | null {
  const plain = text.includes('\0') ? text.replaceAll('\0', '') : text;
  if (!plain.includes('batch') && !plain.includes(String.raw`\u00`) && !(plain.includes('"id') && /oauth/i.test(plain))) return null;
  let value: unknown;
  try {
    value = JSON.parse(plain.replace(/^[^{["]*/, ''));
  } catch {
    // Meta may be more lenient than the standard.
    return /["']\s*batch\s*["']\s*:/i.test(decodeLoosely(plain)) ? 'no-batches' : null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  for (const [name, field] of Object.entries(value)) {
    const objection = isRefusedField(name.trim().toLowerCase(), typeof field === 'string' ? field : (JSON.stringify(field) ?? '').replaceAll(/["[\]]/g, ','));
    if (objection !== null) return objection;
  }
  return null;
}
