/** The number of characters that every needle is found by; shorter needles are not taken. */
export const WINDOW = 8;

const BASE = 131;
/** `BASE` to the power of `WINDOW - 1`, in 32-bit arithmetic. */
const TOP = Array.from({ length: WINDOW - 1 }).reduce<number>((power) => Math.imul(power, BASE), 1);

/** A stretch of text: from `start` up to, not including, `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds any of thousands of strings in one pass over a text. The last eight characters of each string are hashed, and
 * a rolling hash walks the text (Rabin and Karp): the first characters would not do, since all tokens begin alike.
 */
export class Needles {
  readonly #byTail = new Map<number, string[]>();

  /** Adds a string of at least `WINDOW` characters; shorter ones are left out. */
  add(needle: string): void {
    if (needle.length < WINDOW) return;
    const key = hashOf(needle, needle.length - WINDOW);
    const known = this.#byTail.get(key);
    if (known === undefined) this.#byTail.set(key, [needle]);
    else if (!known.includes(needle)) known.push(needle);
  }

  /** Every stretch of the text that is one of the strings, overlaps merged, in order. */
  find(text: string): readonly Stretch[] {
    if (this.#byTail.size === 0 || text.length < WINDOW) return [];
    const found: Stretch[] = [];
    let hash = hashOf(text, 0);
    for (let end = WINDOW; ; end += 1) {
      const start = this.#longestEndingAt(text, end, hash);
      if (start !== null) append(found, { start, end });
      if (end >= text.length) return found;
      hash = (Math.imul((hash - Math.imul(text.charCodeAt(end - WINDOW), TOP)) | 0, BASE) + text.charCodeAt(end)) | 0;
    }
  }

  #longestEndingAt(text: string, end: number, hash: number): number | null {
    const known = this.#byTail.get(hash);
    if (known === undefined) return null;
    let start: number | null = null;
    for (const needle of known) {
      const from = end - needle.length;
      if (from >= 0 && (start === null || from < start) && text.startsWith(needle, from)) start = from;
    }
    return start;
  }
}

function hashOf(text: string, from: number): number {
  let hash = 0;
  for (let index = from; index < from + WINDOW; index += 1) hash = (Math.imul(hash, BASE) + text.charCodeAt(index)) | 0;
  return hash;
}

function append(found: Stretch[], next: Stretch): void {
  let { start } = next;
  for (let last = found.at(-1); last !== undefined && last.end > start; last = found.at(-1)) {
    start = Math.min(start, last.start);
    found.pop();
  }
  found.push({ start, end: next.end });
}
