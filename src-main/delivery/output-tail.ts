/** The last bytes of a program's output that are kept. */
const TAIL_BYTES = 4_096;

/** Keeps the end of an output. */
export interface OutputTail {
  take(chunk: Buffer): void;
  /**
   * The last 4 kB, without the word that was cut in two: half a token is no longer known for one when the log takes secrets out, and
   * could be told apart from nothing.
   */
  text(): string;
}

/** Begins to keep the end of an output. */
export function outputTail(): OutputTail {
  let kept: Buffer = Buffer.alloc(0);
  let isCut = false;
  return {
    take: (chunk) => {
      const whole = Buffer.concat([kept, chunk]);
      isCut ||= whole.length > TAIL_BYTES;
      kept = whole.subarray(-TAIL_BYTES);
    },
    text: () => {
      const text = kept.toString('utf8');
      return (isCut ? text.replace(/^\S*/, '') : text).trim();
    },
  };
}

/** The longest fact that the log takes whole, in characters, with some room. */
const FACT = 1_900;

/** Cuts an output into pieces that fit a line of the log, between words for the same reason; a longer word stays whole. */
export function logPieces(output: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const word of output.split(/(?<=\s)(?=\S)/)) {
    if (piece !== '' && piece.length + word.length > FACT) {
      pieces.push(piece);
      piece = '';
    }
    piece += word;
  }
  return piece === '' ? pieces : [...pieces, piece];
}
