/** What stands in an answer where a secret stood. */
export const REMOVED = '[removed]';

const PARAMETERS = /((?:access_token|appsecret_proof)(?:=|%3D))[^&\s"'\\<>]+/gi;
/** What Meta's tokens look like; not in the middle of a longer id, which may hold these letters by chance. */
const TOKEN_SHAPE = /(?<![A-Za-z0-9_-])EAA[A-Za-z0-9_-]{8,}/g;

/** Cuts values out of text. */
export function cutValues(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (clean.includes(secret)) clean = clean.replaceAll(secret, REMOVED);
  return clean;
}

/** Cuts secrets out of text: by value, where they stand as a parameter of an address, and in errors by shape. */
export function cutText(text: string, secrets: readonly string[], byShape: boolean): string {
  let clean = cutValues(text, secrets);
  if (/access_token|appsecret_proof/i.test(clean)) clean = clean.replace(PARAMETERS, `$1${REMOVED}`);
  return byShape && clean.includes('EAA') ? clean.replace(TOKEN_SHAPE, REMOVED) : clean;
}

/** Cuts values out of a stream of bytes, also where one is split between chunks. Holds back no more than might be the beginning of one. */
export class StreamCutter {
  readonly #secrets: readonly string[];
  #held = '';
  #found = false;

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  /** Whether a value was met. */
  get found(): boolean {
    return this.#found;
  }

  /** The next bytes, without what is held back. The very chunk that was given where nothing in it matters. */
  push(chunk: Buffer): Buffer {
    const text = this.#held + chunk.toString('latin1');
    const clean = this.#cut(text);
    const keep = heldLength(clean, this.#secrets);
    const same = this.#held === '' && keep === 0 && clean === text;
    this.#held = keep === 0 ? '' : clean.slice(-keep);
    return same ? chunk : Buffer.from(keep === 0 ? clean : clean.slice(0, -keep), 'latin1');
  }

  /** What was held back to the end. */
  end(): Buffer {
    const rest = Buffer.from(this.#held, 'latin1');
    this.#held = '';
    return rest;
  }

  #cut(text: string): string {
    let clean = text;
    for (const secret of this.#secrets) {
      if (!clean.includes(secret)) continue;
      this.#found = true;
      clean = clean.replaceAll(secret, REMOVED);
    }
    return clean;
  }
}

/** How many characters at the end of a text are the beginning of one of the values, but not the whole. */
function heldLength(text: string, secrets: readonly string[]): number {
  let longest = 0;
  for (const secret of secrets) {
    const first = secret.charAt(0);
    const earliest = Math.max(0, text.length - secret.length + 1);
    for (let at = text.indexOf(first, earliest); at !== -1; at = text.indexOf(first, at + 1)) {
      if (secret.startsWith(text.slice(at))) {
        longest = Math.max(longest, text.length - at);
        break;
      }
    }
  }
  return longest;
}
