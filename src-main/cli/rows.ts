import { MINUTE } from '../core/time.ts';
import { dateWords, spanWords } from '../core/words/dates.ts';
import { printable } from '../core/words/printable.ts';

/** A line of a block, its name in a column of its own; no line where there is nothing to say. */
export function row(name: string, text: string | null): readonly string[] {
  return text === null ? [] : [`  ${name.padEnd(14)}${printable(text)}`];
}

/** Blocks of lines, an empty line between them. */
export function apart(blocks: readonly (readonly string[])[]): readonly string[] {
  return blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

/** "21 January 2027 at 14:05 (in 12 days)", in this computer's time zone; null where there is no time. */
export function timeWords(iso: string | null, now: number): string | null {
  const at = iso === null ? Number.NaN : Date.parse(iso);
  if (Number.isNaN(at)) return null;
  const distance = at >= now ? `in ${spanWords(at - now)}` : `${spanWords(now - at)} ago`;
  return `${dateWords(at)} (${distance})`;
}

/** The same for what has happened: never in the future, also where the clock was set back since. */
export function pastWords(iso: string | null, now: number): string | null {
  const at = iso === null ? Number.NaN : Date.parse(iso);
  if (Number.isNaN(at)) return null;
  return now - at < MINUTE ? `${dateWords(at)} (just now)` : timeWords(iso, now);
}
