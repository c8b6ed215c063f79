/**
 * How an expiry is worded. All three were seen in public logs: Pacific time with PST or PDT, bare unix
 * seconds, and a translated date without a zone. Nothing may be scheduled from any of them.
 */
export type SessionTextStyle = 'pacific' | 'unix' | 'localised';

const pacific = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  weekday: 'long',
  day: '2-digit',
  month: 'short',
  year: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
});

/** `Tuesday, 22-Jul-25 05:00:00 PDT`; `at` in ms since 1970. */
export function pacificTime(at: number): string {
  const part = Object.fromEntries(pacific.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part['weekday']}, ${part['day']}-${part['month']}-${part['year']} ${part['hour']}:${part['minute']}:${part['second']} ${part['timeZoneName']}`;
}

const german = new Intl.DateTimeFormat('de-DE', { timeZone: 'America/Los_Angeles', dateStyle: 'full', timeStyle: 'short' });
const seconds = (at: number): number => Math.floor(at / 1_000);

const sentences: Record<SessionTextStyle, (expiredAt: number, now: number) => string> = {
  pacific: (expiredAt, now) => `Session has expired on ${pacificTime(expiredAt)}. The current time is ${pacificTime(now)}.`,
  unix: (expiredAt, now) => `Session has expired at unix time ${seconds(expiredAt)}. The current unix time is ${seconds(now)}.`,
  localised: (expiredAt, now) => `Die Sitzung ist am ${german.format(expiredAt)} abgelaufen. Jetzt ist ${german.format(now)}.`,
};

/** Meta's sentence for a session that ended at `expiredAt`, said at `now` (both ms since 1970). */
export function sessionExpiredText(style: SessionTextStyle, expiredAt: number, now: number): string {
  return `Error validating access token: ${sentences[style](expiredAt, now)}`;
}
