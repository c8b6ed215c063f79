import type { Key } from './sign.ts';

/** A number of a text, and what it is the value of. `hash`: written `(#190)`, as Meta begins its messages. `bare`: nothing says. */
export interface Numbered {
  readonly value: number;
  readonly key: Key | 'hash' | 'bare' | 'after';
}

/** Reads the numbers of a text while it is gone through. */
export interface NumberReader {
  /** A word that names numbers ended at `place`. */
  named(key: Key, length: number, place: number): void;
  digit(digit: number, place: number, goesOn: boolean): void;
  /** The digits ended before `place`. */
  ended(place: number): void;
  all(): readonly Numbered[];
}

/** What is kept of a text: errors stand at the beginning or are few. */
const MOST_NUMBERS = 48;
/** Quotes, colons, arrows and blanks between a name and its number. */
const FARTHEST = 24;
/** Between a code and the subcode that follows without a name: `190/463`, `190 (463)`. */
const NEXT_DOOR = 4;
const MOST_DIGITS = 7;

/** A reader for one text. */
export function createNumberReader(text: string): NumberReader {
  const numbers: Numbered[] = [];
  let key: Key | null = null;
  let keyLength = 0;
  let keyPlace = -1;
  let value = 0;
  let start = 0;
  let count = 0;
  let keyed: Key | null = null;
  let lastEnd = -1;
  return {
    named(next, length, place) {
      if (place === keyPlace && length < keyLength) return;
      key = next;
      keyLength = length;
      keyPlace = place;
    },
    digit(digit, place, goesOn) {
      if (!goesOn) {
        value = 0;
        count = 0;
        start = place;
        keyed = key !== null && place - keyPlace <= FARTHEST && onlySigns(text, keyPlace + 1, place) ? key : null;
      }
      count += 1;
      if (count <= MOST_DIGITS) value = value * 10 + digit;
    },
    ended(end) {
      const previousEnd = lastEnd;
      lastEnd = end;
      if (count > MOST_DIGITS || numbers.length >= MOST_NUMBERS) return;
      const found = kindOf(text, start, end, keyed, previousEnd);
      if (found !== null && !numbers.some((one) => one.value === value && one.key === found)) numbers.push({ value, key: found });
    },
    all: () => numbers,
  };
}

function kindOf(text: string, start: number, end: number, keyed: Key | null, previousEnd: number): Numbered['key'] | null {
  const before = text.charAt(start - 1);
  if (before === '#') return text.charAt(start - 2) === '(' && OPENS_MESSAGE.test(text.slice(end, end + 6)) ? 'hash' : (keyed ?? 'bare');
  // `-104` after a name is a negative number, not a code.
  if (before === '-' && /[\s:=([]/.test(text.charAt(start - 2))) return null;
  if (keyed === 'loose' && /[.:-]\d/.test(text.slice(end, end + 2))) return null;
  if (keyed !== null) return keyed;
  if (/[\w.-]/.test(before)) return null;
  if (/\w/.test(text.charAt(end)) || (/[.:-]/.test(text.charAt(end)) && /\w/.test(text.charAt(end + 1)))) return null;
  if (previousEnd >= 0 && start - previousEnd <= NEXT_DOOR) return 'after';
  return 'bare';
}

/** Meta goes on after its `(#190)`; a number at the end of a line is that of an issue. */
const OPENS_MESSAGE = /^\)[^\S\n]{0,3}[\p{L}"'…(.]/u;
const WORD = /[\p{L}\p{N}]/u;

function onlySigns(text: string, from: number, to: number): boolean {
  return !WORD.test(text.slice(from, to));
}
