import { heldLength } from './cutting.ts';
import { holdsPlainKey, keyBeginning } from './held-key.ts';

/** Looks for keys in a stream of bytes, also where one is split between chunks. Holds back no more than might be the beginning of one. */
export class KeyGuard {
  readonly #key: string;
  #held = '';

  constructor(key: string) {
    this.#key = key;
  }

  /** The next bytes, without what is held back; null where this key, or anybody's, stands in them. */
  push(chunk: Buffer): Buffer | null {
    const text = this.#held + chunk.toString('latin1');
    if (holdsPlainKey(text, this.#key)) return null;
    const keep = Math.max(heldLength(text, [this.#key]), keyBeginning(text));
    const same = this.#held === '' && keep === 0;
    this.#held = keep === 0 ? '' : text.slice(-keep);
    return same ? chunk : Buffer.from(keep === 0 ? text : text.slice(0, -keep), 'latin1');
  }

  /** What was held back to the end. */
  end(): Buffer {
    const rest = Buffer.from(this.#held, 'latin1');
    this.#held = '';
    return rest;
  }
}
