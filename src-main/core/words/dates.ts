import { DAY, HOUR, MINUTE } from '../time.ts';

// Made when it is first needed: it reads the language data, and a start has better things to do.
let long: Intl.DateTimeFormat | null = null;

// Formatting is most of the cost of a status, and a status says the same dates again and again.
const formatted = new Map<number, string>();
const MOST_FORMATTED = 2_500;

/** An instant (ms since 1970) as an owner reads it, in this computer's time zone: "21 January 2027 at 14:05". */
export function dateWords(at: number): string {
  const known = formatted.get(at);
  if (known !== undefined) return known;
  long ??= new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  const words = long.format(at).replace(', ', ' at ');
  if (formatted.size >= MOST_FORMATTED) formatted.clear();
  formatted.set(at, words);
  return words;
}

/** A length of time (ms) in its largest fitting unit: "12 days", "3 hours", "1 minute". */
export function spanWords(length: number): string {
  const [unit, size] = length >= 2 * DAY ? (['day', DAY] as const) : length >= 2 * HOUR ? (['hour', HOUR] as const) : (['minute', MINUTE] as const);
  const count = Math.max(1, Math.floor(length / size));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
