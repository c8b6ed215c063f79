const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// The language of every other sentence here, and of the dates that main writes into them; the owner's time zone.
const LANGUAGE = 'en-GB';
const ABSOLUTE = new Intl.DateTimeFormat(LANGUAGE, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const DATE_CLOCK = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const CLOCK = new Intl.DateTimeFormat(LANGUAGE, { hour: '2-digit', minute: '2-digit' });
const DAY_CLOCK = new Intl.DateTimeFormat(LANGUAGE, { weekday: 'long', hour: '2-digit', minute: '2-digit' });
const DATE = new Intl.DateTimeFormat(LANGUAGE, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const RELATIVE = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'auto' });

/** An instant in full: weekday, date, time. */
export function absoluteWords(iso: string): string {
  return ABSOLUTE.format(new Date(iso));
}

/** The time of day. */
export function clockWords(iso: string): string {
  return CLOCK.format(new Date(iso));
}

/** The time of day, with the day where that is not today's. */
export function clockOrDayWords(iso: string, now: string): string {
  return midnight(iso) === midnight(now) ? CLOCK.format(new Date(iso)) : DAY_CLOCK.format(new Date(iso));
}

/** How far an instant is from `now`, in its largest fitting unit; both ISO 8601. */
export function relativeWords(iso: string, now: string): string {
  const away = Date.parse(iso) - Date.parse(now);
  const size = Math.abs(away);
  if (size < MINUTE) return RELATIVE.format(0, 'second');
  if (size < 2 * HOUR) return RELATIVE.format(Math.trunc(away / MINUTE), 'minute');
  if (size < 2 * DAY) return RELATIVE.format(Math.trunc(away / HOUR), 'hour');
  return RELATIVE.format(Math.trunc(away / DAY), 'day');
}

/** A day as a heading: today and yesterday by their names, seen from `now`. */
export function dayWords(iso: string, now: string): string {
  const days = Math.round((midnight(iso) - midnight(now)) / DAY);
  const words = days === 0 || days === -1 ? RELATIVE.format(days, 'day') : DATE.format(new Date(iso));
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** A moment that has passed, with its day: today and yesterday by their names. */
export function dayAndClockWords(iso: string, now: string): string {
  const days = Math.round((midnight(iso) - midnight(now)) / DAY);
  return days === 0 || days === -1 ? `${RELATIVE.format(days, 'day')} ${CLOCK.format(new Date(iso))}` : DATE_CLOCK.format(new Date(iso));
}

/** The day that an instant falls on, as something to compare. */
export function dayOf(iso: string): number {
  return midnight(iso);
}

function midnight(iso: string): number {
  return new Date(iso).setHours(0, 0, 0, 0);
}
