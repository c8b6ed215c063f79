import { META_PHRASES } from './meta-phrases.ts';
import { NETWORK_PHRASES } from './network-phrases.ts';
import { createNumberReader } from './numbers.ts';
import type { Numbered } from './numbers.ts';
import { ORIGIN_PHRASES } from './origin-phrases.ts';
import { PAIRS, PARTS } from './parts.ts';
import type { Pair } from './parts.ts';
import { FOREIGN, PhraseNet, SEPARATOR, UNSEEN } from './phrase-net.ts';
import type { Entry } from './phrase-net.ts';
import type { ExplainedCause, Part, Reach, Sign, Tone } from './sign.ts';
import { TONES } from './tones.ts';
import { WHATSAPP_PHRASES } from './whatsapp-phrases.ts';

/** A cause that the words name. Places are counted in letters and digits from the start. */
export interface Said {
  readonly cause: ExplainedCause;
  readonly at: number;
  readonly length: number;
}

/** Everything a text was found to hold that can decide its cause; of each kind what came first. */
export interface Survey {
  readonly said: ReadonlyMap<Reach, Said>;
  readonly pairs: ReadonlyMap<Pair, number>;
  readonly parts: ReadonlyMap<Part, number>;
  readonly meta: { strong: boolean; weak: boolean };
  readonly vendor: { proof: boolean; name: boolean; host: boolean };
  readonly network: { readonly person: boolean | null } | null;
  readonly tones: ReadonlySet<Tone>;
  readonly numbers: readonly Numbered[];
  /** Where in the text (UTF-16 units) it begins to speak of an expiry; a few. */
  readonly expiries: readonly number[];
}

/** Built at the first text: it takes some milliseconds, and most starts never need it. */
let net: PhraseNet<Sign> | null = null;

/** How many mentions of an expiry are looked at for a date. */
const MOST_EXPIRIES = 8;
/** Remembered letters: a power of two, more than any phrase has. */
const MEMORY = 256;
const MASK = MEMORY - 1;
const PAIRS_OF = new Map<Part, readonly Pair[]>();
for (const pair of PAIRS) for (const part of [pair.one, pair.two]) PAIRS_OF.set(part, [...(PAIRS_OF.get(part) ?? []), pair]);

/** Reads a text once, from start to end, whatever its length. */
export function survey(text: string): Survey {
  net ??= new PhraseNet([...META_PHRASES, ...WHATSAPP_PHRASES, ...ORIGIN_PHRASES, ...NETWORK_PHRASES, ...PARTS, ...TONES]);
  const words = net;
  const said = new Map<Reach, Said>();
  const pairs = new Map<Pair, number>();
  const parts = new Map<Part, number>();
  const lastEnd = new Map<Part, number>();
  const meta = { strong: false, weak: false };
  const vendor = { proof: false, name: false, host: false };
  const tones = new Set<Tone>();
  const expiries: number[] = [];
  let network: { readonly person: boolean | null } | null = null;
  const numbers = createNumberReader(text);
  const startsWord = new Uint8Array(MEMORY);
  const placeOf = new Int32Array(MEMORY);
  let state = 0;
  let letters = 0;
  let before = SEPARATOR;
  let digits = false;

  const take = ({ meaning, length }: Entry<Sign>, at: number, place: number): void => {
    switch (meaning.is) {
      case 'cause': {
        const known = said.get(meaning.reach);
        if (known === undefined || at < known.at || (at === known.at && length > known.length)) said.set(meaning.reach, { cause: meaning.cause, at, length });
        if (meaning.cause === 'expired' && expiries.length < MOST_EXPIRIES) expiries.push(placeOf[at & MASK] ?? 0);
        break;
      }
      case 'part':
        takePart(meaning.part, at, at + length);
        break;
      case 'meta':
        if (meaning.weight !== 'word') meta[meaning.weight] = true;
        else if (isProperName(text, placeOf[at & MASK] ?? 0, place)) meta.weak = true;
        break;
      case 'vendor':
        vendor[meaning.weight] = true;
        break;
      case 'network':
        if (network === null || network.person === null) network = { person: meaning.person };
        break;
      case 'key':
        numbers.named(meaning.key, length, place);
        break;
      case 'tone':
        tones.add(meaning.tone);
        break;
    }
  };
  const takePart = (part: Part, start: number, end: number): void => {
    if (!parts.has(part)) parts.set(part, start);
    for (const pair of PAIRS_OF.get(part) ?? []) {
      if (pairs.has(pair)) continue;
      const partner = lastEnd.get(pair.one === part ? pair.two : pair.one);
      if (partner === undefined || start - partner > pair.within) continue;
      pairs.set(pair, Math.min(start, partner));
      if (pair.cause === 'expired') expiries.push(Math.max(0, (placeOf[start & MASK] ?? 0) - EXPIRY_BEHIND));
    }
    lastEnd.set(part, end);
  };

  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    const letter = words.classOf(unit);
    if (letter === UNSEEN) continue;
    const digit = isDigit(unit);
    if (digits && !digit) numbers.ended(place);
    if (letter === SEPARATOR) {
      before = SEPARATOR;
      digits = false;
      continue;
    }
    if (digit) numbers.digit(unit - 48, place, digits);
    startsWord[letters & MASK] = before === SEPARATOR || digit !== digits || (isUpper(unit) && !isUpper(before)) ? 1 : 0;
    placeOf[letters & MASK] = place;
    letters += 1;
    state = letter === FOREIGN ? 0 : words.step(state, letter);
    const found = words.found[state];
    if (found !== undefined) {
      for (const entry of found) {
        const at = letters - entry.length;
        if (entry.startsWord && startsWord[at & MASK] !== 1) continue;
        if (entry.endsWord && !endsHere(words, text, place, unit)) continue;
        take(entry, at, place);
      }
    }
    before = unit;
    digits = digit;
  }
  if (digits) numbers.ended(text.length);
  return { said, pairs, parts, meta, vendor, network, tones, numbers: numbers.all(), expiries };
}

/** A date may stand before the word "expired": this many characters. */
const EXPIRY_BEHIND = 90;

/** `Meta said`, not `"meta": {` or `org.example.meta.api`. */
function isProperName(text: string, start: number, end: number): boolean {
  return isUpper(text.charCodeAt(start)) || !(/["'.:=\]_/]/.test(text.charAt(end + 1)) || /[.$/_]/.test(text.charAt(start - 1)));
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

function isUpper(unit: number): boolean {
  return unit >= 65 && unit <= 90;
}

/** Whether the word that has come to `place` ends there; a capital or a digit begins another. */
function endsHere(words: PhraseNet<Sign>, text: string, place: number, unit: number): boolean {
  if (place + 1 >= text.length) return true;
  const next = text.charCodeAt(place + 1);
  const letter = words.classOf(next);
  return letter === SEPARATOR || (isDigit(next) && !isDigit(unit)) || (isUpper(next) && !isUpper(unit));
}
