import { hasWordGaps, plainForm, squeeze } from './letters.ts';

/** A phrase with what it stands for. `*` in front: also inside a word. `.` at the end: the word must end there. */
export interface Phrase<Meaning> {
  readonly text: string;
  readonly meaning: Meaning;
}

/** A phrase as the net holds it. */
export interface Entry<Meaning> {
  readonly meaning: Meaning;
  /** Letters and digits it has. */
  readonly length: number;
  readonly startsWord: boolean;
  readonly endsWord: boolean;
}

/** The class of what is neither letter nor digit. */
export const SEPARATOR = 0;
/** The class of a character that is as if it were not there. */
export const UNSEEN = 1;
/** The class of a letter or digit that no phrase holds. */
export const FOREIGN = 2;
const PLAIN_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
const FIRST_LETTER = 3;
/** Columns of the table: most of any text is in these letters. */
const WIDTH = FIRST_LETTER + PLAIN_LETTERS.length;
const UNREAD = 0xff_ff;

/** A state while the net is tied: where each letter leads, and what ends here. */
interface Knot<Meaning> {
  readonly children: Map<number, number>;
  readonly ends: Entry<Meaning>[];
}

/**
 * Finds any of thousands of phrases in one pass over a text, whatever the text (Aho and Corasick, "Efficient string
 * matching", 1975): each character costs one step in a table, and nothing is ever read twice. The hundreds of letters
 * beyond a to z would make that table some twenty megabytes; their steps are kept apart, and fall back one by one.
 */
export class PhraseNet<Meaning> {
  /** Entries that end in a state, longest first; most states have none. */
  readonly found: readonly (readonly Entry<Meaning>[] | undefined)[];
  readonly #classes = new Uint16Array(0x1_00_00).fill(UNREAD);
  readonly #letters = new Map<string, number>([...PLAIN_LETTERS.split('').entries()].map(([index, letter]) => [letter, FIRST_LETTER + index]));
  readonly #next: Uint16Array;
  /** Steps with other letters, by state and letter. */
  readonly #apart = new Map<number, number>();
  readonly #fallback: Uint16Array;

  constructor(phrases: readonly Phrase<Meaning>[]) {
    const knots: Knot<Meaning>[] = [{ children: new Map(), ends: [] }];
    for (const phrase of phrases) this.#tie(knots, phrase);
    // 16 bits name a state; a table so large would be a mistake in it.
    if (knots.length > UNREAD) throw new RangeError('Too many phrases for one net.');
    this.#next = new Uint16Array(knots.length * WIDTH);
    this.#fallback = new Uint16Array(knots.length);
    this.found = this.#link(knots);
  }

  /** The class of a UTF-16 unit, for `step`. */
  classOf(unit: number): number {
    const known = this.#classes[unit] ?? SEPARATOR;
    return known === UNREAD ? this.#read(unit) : known;
  }

  /** The state after a letter or digit; 0 is the start. */
  step(state: number, letterClass: number): number {
    if (letterClass < WIDTH) return this.#next[state * WIDTH + letterClass] ?? 0;
    // Each fall undoes an earlier step, so that a text costs no more than two for each of its letters.
    for (let from = state; ; from = this.#fallback[from] ?? 0) {
      const to = this.#apart.get(from * UNREAD + letterClass);
      if (to !== undefined || from === 0) return to ?? 0;
    }
  }

  #read(unit: number): number {
    const plain = plainForm(String.fromCharCode(unit));
    const read = plain === null ? UNSEEN : plain === '' ? SEPARATOR : (this.#letters.get(plain) ?? FOREIGN);
    this.#classes[unit] = read;
    return read;
  }

  #tie(knots: Knot<Meaning>[], { text, meaning }: Phrase<Meaning>): void {
    const squeezed = squeeze(text);
    let knot = knots[0];
    for (const letter of squeezed) {
      let letterClass = this.#letters.get(letter);
      if (letterClass === undefined) this.#letters.set(letter, (letterClass = FIRST_LETTER + this.#letters.size));
      let child = knot?.children.get(letterClass);
      if (child === undefined) {
        child = knots.length;
        knots.push({ children: new Map(), ends: [] });
        knot?.children.set(letterClass, child);
      }
      knot = knots[child];
    }
    knot?.ends.push({ meaning, length: squeezed.length, startsWord: !text.startsWith('*') && hasWordGaps(squeezed), endsWord: text.endsWith('.') });
  }

  /** Fills in, breadth first, where each state goes when its phrase breaks off, and what shorter phrase ends there as well. */
  #link(knots: readonly Knot<Meaning>[]): (readonly Entry<Meaning>[] | undefined)[] {
    const next = this.#next;
    const fallback = this.#fallback;
    const found: (readonly Entry<Meaning>[] | undefined)[] = Array.from({ length: knots.length });
    const queue: number[] = [0];
    for (let head = 0; head < queue.length; head += 1) {
      const state = queue[head] ?? 0;
      const back = fallback[state] ?? 0;
      const { children, ends } = knots[state] ?? { children: new Map<number, number>(), ends: [] };
      const shorter = state === 0 ? [] : (found[back] ?? []);
      if (ends.length + shorter.length > 0) found[state] = [...ends, ...shorter];
      // As the state it falls back to, but for its own letters.
      if (state !== 0) next.copyWithin(state * WIDTH, back * WIDTH, (back + 1) * WIDTH);
      for (const [letter, child] of children) {
        fallback[child] = state === 0 ? 0 : this.step(back, letter);
        if (letter < WIDTH) next[state * WIDTH + letter] = child;
        else this.#apart.set(state * UNREAD + letter, child);
        queue.push(child);
      }
    }
    return found;
  }
}
