import { decodeLoosely, holdsEscapes } from './decoding.ts';

/** What consumers' keys look like, whoever's they are (see `KEY_PREFIX`). */
const KEY_BEGINNING = 'evk_';
const KEY_SHAPE = /evk_[\w-]{43}/;
/** Characters of the shortest such key. */
const SHORTEST = 47;
/** Escapes are decoded so often: a client may write an address into an address. */
const LAYERS = 2;

/** Whether a text (latin-1) holds this key, or anybody's, plain or escaped up to twice. */
export function holdsKey(text: string, key: string | null): boolean {
  if (text.length < SHORTEST && (key === null || text.length < key.length)) return false;
  if (holdsPlainKey(text, key)) return true;
  // UTF-16 is every letter with a NUL beside it.
  let decoded = text.includes('\0') ? text.replaceAll('\0', '') : text;
  for (let layer = 0; layer < LAYERS && holdsEscapes(decoded); layer += 1) {
    decoded = decodeLoosely(decoded);
    if (holdsPlainKey(decoded, key)) return true;
  }
  return decoded !== text && holdsPlainKey(decoded, key);
}

/** The same for what is written plainly. */
export function holdsPlainKey(text: string, key: string | null): boolean {
  return (key !== null && text.includes(key)) || (text.includes(KEY_BEGINNING) && KEY_SHAPE.test(text));
}

/** How many characters at the end of a text may be the beginning of somebody's key. */
export function keyBeginning(text: string): number {
  const end = text.slice(-SHORTEST);
  const begun = /e(?:v(?:k(?:_[\w-]*)?)?)?$/.exec(end);
  return begun === null ? 0 : begun[0].length;
}
