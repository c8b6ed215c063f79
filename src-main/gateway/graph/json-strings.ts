/** A string value in JSON text, and where it stands. */
export interface StringPlace {
  /** As written, without its quotes. */
  readonly raw: string;
  /** The key that it, or the array around it, stands under; null at the top. */
  readonly key: string | null;
  /** The key of the object around it; null at the top. */
  readonly parentKey: string | null;
  /** How many objects and arrays it stands in. */
  readonly depth: number;
  /** Every key on the way to it, its own last. */
  readonly way: readonly (string | null)[];
}

interface Frame {
  readonly isObject: boolean;
  /** The key that the object or array stands under. */
  readonly key: string | null;
}

/**
 * Goes through the strings of JSON text that `JSON.parse` takes and puts what `edit` answers (as written, without quotes) in the place of each;
 * null leaves it. All else stays byte for byte, which parsing and writing anew would not do: ids beyond 2^53 would change. Null where nothing changed.
 */
export function editStrings(text: string, edit: (place: StringPlace) => string | null): string | null {
  const frames: Frame[] = [];
  let key: string | null = null;
  let atKey = false;
  let edited = '';
  let from = 0;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (sign === '{' || sign === '[') {
      frames.push({ isObject: sign === '{', key });
      atKey = sign === '{';
    } else if (sign === '}' || sign === ']') {
      key = frames.pop()?.key ?? null;
      atKey = false;
    } else if (sign === ',') {
      atKey = frames.at(-1)?.isObject === true;
    } else if (sign === '"') {
      const end = closingQuote(text, index);
      const raw = text.slice(index + 1, end);
      if (atKey) {
        key = decodeString(raw);
        atKey = false;
      } else {
        const next = edit({ raw, key, parentKey: parentKey(frames), depth: frames.length, way: [...frames.map((frame) => frame.key), key] });
        if (next !== null && next !== raw) {
          edited += text.slice(from, index + 1) + next;
          from = end;
        }
      }
      index = end;
    }
  }
  return from === 0 ? null : edited + text.slice(from);
}

/** What a string as written means. The text is latin-1 of UTF-8 bytes, so the bytes are read as what they are. */
export function decodeString(raw: string): string {
  if (!raw.includes('\\')) return raw;
  const value: unknown = JSON.parse(`"${Buffer.from(raw, 'latin1').toString('utf8')}"`);
  return typeof value === 'string' ? value : raw;
}

/** How a string is written, in the same latin-1 of UTF-8. */
export function encodeString(value: string): string {
  return Buffer.from(JSON.stringify(value).slice(1, -1), 'utf8').toString('latin1');
}

function parentKey(frames: readonly Frame[]): string | null {
  return frames.findLast(({ isObject }) => isObject)?.key ?? null;
}

function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
