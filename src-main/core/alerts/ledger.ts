import { DAY } from '../time.ts';
import { type AlertRecord, keepsUpToDate, repeatsDaily, tellsOnce, type Told } from './alert.ts';
import { atLeast } from './ladder.ts';
import type { StandingAlert } from './rules.ts';

/** What is kept about alerts, per connection and for the app itself. */
export interface AlertBook {
  readonly alerts: readonly AlertRecord[];
  readonly told: readonly Told[];
}

// One line per rung and subject; a connection has a handful of subjects, so old ones are long dead when they fall out.
const LEDGER_LINES = 256;

/** What changes when the book is brought up to date. */
export interface AlertChanges {
  readonly book: AlertBook;
  /** To be shown now. The book is saved first, so that a crash in between repeats nothing. */
  readonly tell: readonly AlertRecord[];
  /** Ids whose cause has ended. */
  readonly withdraw: readonly string[];
}

/**
 * Brings the book up to date with the alerts that stand now. Each rung is told once for its deadline, rungs slept
 * through collapse into the tightest, daily ones are told again until acknowledged, words that follow their cause are
 * changed in silence, and what no longer stands is withdrawn. Returns the very same book where nothing changed.
 * @param owner connection id, or `app`
 * @param words the sentence for an alert
 * @param now ms since 1970
 */
export function keepLedger(book: AlertBook, owner: string, standing: readonly StandingAlert[], words: (alert: StandingAlert) => string, now: number): AlertChanges {
  const tell: AlertRecord[] = [];
  const alerts: AlertRecord[] = [];
  let { told } = book;
  for (const alert of standing) {
    const id = `${owner}/${alert.code}/${alert.subject}`;
    const known = book.alerts.find((record) => record.id === id);
    const due = isDue(alert, known, credible(told, now), now);
    if (due) told = [...told.filter((line) => line.key !== keyOf(alert)), { key: keyOf(alert), at: now }].slice(-LEDGER_LINES);
    const text = words(alert);
    const record: AlertRecord =
      due || known === undefined
        ? { id, code: alert.code, severity: alert.severity, text, rung: alert.rung, raisedAt: known?.raisedAt ?? now, toldAt: due ? now : lastTold(alert, told, now), acknowledgedAt: alert.rung === known?.rung ? (known?.acknowledgedAt ?? null) : null }
        : upToDate(known, alert, text);
    alerts.push(record);
    if (due) tell.push(record);
  }
  const withdraw = book.alerts.filter((record) => !alerts.some((kept) => kept.id === record.id)).map((record) => record.id);
  const unchanged = withdraw.length === 0 && alerts.length === book.alerts.length && alerts.every((record) => book.alerts.includes(record));
  return { book: unchanged ? book : { alerts, told }, tell, withdraw };
}

function upToDate(known: AlertRecord, { code, severity }: StandingAlert, text: string): AlertRecord {
  return keepsUpToDate(code) && (known.text !== text || known.severity !== severity) ? { ...known, severity, text } : known;
}

/**
 * A telling dated days ahead was made under a clock that was wrong: it must not silence the real one. It is kept all the
 * same, since it may be today's clock that is wrong.
 */
function credible(told: readonly Told[], now: number): readonly Told[] {
  return told.filter((line) => line.at - now < DAY);
}

function isDue(alert: StandingAlert, known: AlertRecord | undefined, told: readonly Told[], now: number): boolean {
  if (alert.rung !== null) {
    const rung = alert.rung;
    return !LADDER_RUNGS.some((other) => atLeast(other, rung) && told.some((line) => line.key === `${alert.code}/${alert.subject}/${other}`));
  }
  const daily = repeatsDaily(alert);
  if (known === undefined) return !told.some((line) => line.key === keyOf(alert) && (tellsOnce(alert.code) || !aDayApart(now, line.at)));
  // Raised again within a day of its telling and not told then: a cause that stays is told once that day is over.
  const untold = !tellsOnce(alert.code) && known.toldAt < known.raisedAt;
  return (daily || untold) && known.acknowledgedAt === null && aDayApart(now, known.toldAt);
}

// In either direction: a telling dated by a clock that ran far ahead must not silence the days until then.
function aDayApart(a: number, b: number): boolean {
  return Math.abs(a - b) >= DAY;
}

const LADDER_RUNGS = ['14d', '7d', '3d', '1d', '6h', '1h', '30m', 'ended'] as const;

function keyOf(alert: StandingAlert): string {
  return `${alert.code}/${alert.subject}/${alert.rung ?? 'once'}`;
}

function lastTold(alert: StandingAlert, told: readonly Told[], now: number): number {
  return told.findLast((line) => line.key.startsWith(`${alert.code}/${alert.subject}/`))?.at ?? now;
}
