/** How words stand out on a terminal. */
export type Tone = 'good' | 'warning' | 'bad' | 'quiet' | 'strong';

/** Puts a tone on words, or leaves them as they are. */
export type Paint = (tone: Tone, text: string) => string;

const CODES: Record<Tone, number> = { good: 32, warning: 33, bad: 31, quiet: 2, strong: 1 };

/** Colour only on a terminal that wants it: not in a pipe, not with `NO_COLOR` (no-color.org) or `TERM=dumb`. */
export function createPaint(isTty: boolean, env: Readonly<Record<string, string | undefined>>): Paint {
  const colourful = isTty && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return colourful ? (tone, text) => `\u001b[${CODES[tone]}m${text}\u001b[0m` : (_tone, text) => text;
}
