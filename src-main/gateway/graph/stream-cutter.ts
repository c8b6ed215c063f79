import { cutText, heldLength } from './cutting.ts';

/** Longest run of letters that is held back, characters; Meta's tokens have some hundred. */
const LONGEST_RUN = 16 * 1024;
/** So much of a longer run is held back all the same. */
const KEPT_OF_RUN = 8 * 1024;
/** So much of what has gone out is looked at again: `"access_token" : ` may stand there. */
const CONTEXT = 64;
/** Letters and digits written as escapes, which may hide a letter of anything. */
const ESCAPED = /\\+u00(2d|3[0-9]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9a])/gi;

/** Cuts secrets out of a stream of text, also where one is split between chunks. Holds back no more than the word at the end. */
export class StreamCutter {
  readonly #secrets: readonly string[];
  readonly #byShape: boolean;
  #held = '';
  #before = '';

  constructor(secrets: readonly string[], byShape = false) {
    this.#secrets = secrets;
    this.#byShape = byShape;
  }

  /** The next bytes, without what is held back. The very chunk that was given where nothing in it matters. */
  push(chunk: Buffer): Buffer {
    const text = unescaped(this.#held + chunk.toString('latin1'));
    const run = runLength(text);
    // A longer run is no token; a known one may still stand in it.
    const ready = run > LONGEST_RUN ? this.#cut(text) : text;
    let keep = run > LONGEST_RUN ? Math.min(KEPT_OF_RUN, ready.length) : run;
    keep += heldLength(ready.slice(0, ready.length - keep), this.#secrets);
    const clean = this.#cut(ready.slice(0, ready.length - keep));
    const same = this.#held === '' && keep === 0 && clean === chunk.toString('latin1');
    this.#held = keep === 0 ? '' : ready.slice(-keep);
    this.#before = (this.#before + clean).slice(-CONTEXT);
    return same ? chunk : Buffer.from(clean, 'latin1');
  }

  /** What was held back to the end. */
  end(): Buffer {
    const rest = Buffer.from(this.#cut(this.#held), 'latin1');
    this.#held = '';
    return rest;
  }

  #cut(text: string): string {
    const clean = cutText(this.#before + text, this.#secrets, this.#byShape);
    return clean.startsWith(this.#before) ? clean.slice(this.#before.length) : cutText(text, this.#secrets, this.#byShape);
  }
}

function unescaped(text: string): string {
  return text.includes(String.raw`\u00`) ? text.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text;
}

/** How many characters at the end of a text belong to one word: a token, a parameter or a field with it, an escape. */
function runLength(text: string): number {
  let at = text.length;
  while (at > 0 && isOfRun(text.charCodeAt(at - 1))) at -= 1;
  return text.length - at;
}

/** Letters, digits and `" % ' - : = \ _`. */
function isOfRun(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 58) || code === 34 || code === 37 || code === 39 || code === 45 || code === 61 || code === 92 || code === 95;
}
