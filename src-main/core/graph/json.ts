/** An object as JSON gives it, before anything about its fields is known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for a JSON object; arrays and null are not. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whole numbers of 16 digits and more, outside strings; strings are matched first so that they are skipped. */
const STRING_OR_LONG_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\w.+-])\d{16,}(?![\w.+-])/g;

/**
 * Parses JSON; `undefined` where the text is none. Long whole numbers come as strings: Meta sends ids as strings
 * or as numbers, and a 17-digit id rounds to another id when it becomes a JavaScript number.
 */
export function parseGraphJson(text: string): unknown {
  const parsed = parse(text);
  if (parsed === undefined || !/\d{16}/.test(text)) return parsed;
  // Only on text that is known to be JSON: every string is closed there, so the pattern runs in one pass.
  const quoted = text.replace(STRING_OR_LONG_NUMBER, (found) => (found.startsWith('"') ? found : `"${found}"`));
  return parse(quoted) ?? parsed;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** An id as text, whether Meta sent a string or a number; null where it sent neither. */
export function readId(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : null;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** A finite number, also where Meta sent it as a string of digits; null otherwise. */
export function readNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^-?\d{1,15}$/.test(value.trim())) return null;
  return Number(value.trim());
}

/** A string with something in it, else null. */
export function readText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
