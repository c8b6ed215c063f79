const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A stream of made-up strings; the same seed gives the same stream. Not for anything that must be secret. */
export interface SeededStream {
  /** Letters and digits. */
  text(length: number): string;
  /** A decimal number of exactly `length` digits, as Meta's ids are. */
  digits(length: number): string;
}

/** Starts a stream (mulberry32: tiny, and good enough for ids nobody has to guess). */
export function seededStream(seed: number): SeededStream {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return {
    text: (length) => Array.from({ length }, () => LETTERS.charAt(below(LETTERS.length))).join(''),
    digits: (length) => Array.from({ length }, (_, at) => String(at === 0 ? 1 + below(9) : below(10))).join(''),
  };
}
