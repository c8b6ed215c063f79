import type { AlertView, ConnectionView, StatusAnswer } from '../contract/status.ts';
import type { Health } from '../core/health/health.ts';
import { MINUTE } from '../core/time.ts';
import type { TokenKind } from '../core/token/kind.ts';
import { dateWords, spanWords } from '../core/words/dates.ts';
import { printable } from '../core/words/printable.ts';
import { alertName } from './alert-name.ts';
import { nextCommand } from './next-command.ts';
import type { Paint, Tone } from './paint.ts';

const HEALTH: Record<Health, { readonly words: string; readonly tone: Tone }> = {
  healthy: { words: 'healthy', tone: 'good' },
  soon: { words: 'needs you soon', tone: 'warning' },
  urgent: { words: 'needs you now', tone: 'bad' },
  expired: { words: 'expired', tone: 'bad' },
  revoked: { words: 'no longer valid', tone: 'bad' },
  'access-lost': { words: 'no access to the number', tone: 'bad' },
  unreachable: { words: 'Meta cannot be reached', tone: 'quiet' },
  unknown: { words: 'not known', tone: 'quiet' },
};

const KIND: Record<TokenKind, string> = {
  'short-lived': 'short-lived token',
  'long-lived': 'long-lived token',
  'system-user-60-day': 'System User token, 60 days',
  'never-expiring': 'token that never expires',
  unknown: 'not known',
};

/** The status in lines for a person; distances in time are counted from when it was said. */
export function statusLines({ at, connections, alerts, vault }: StatusAnswer, paint: Paint): readonly string[] {
  const now = Date.parse(at);
  const all = [...alerts, ...connections.flatMap((connection) => connection.alerts)];
  // What the note about the vault says need not be said again by an alert.
  const isNew = ({ text }: AlertView): boolean => vault.note === null || !text.includes(vault.note);
  const line = (alert: AlertView): string => alertLine(alert, alertName(alert, all), paint);
  const blocks = connections.map((connection) => [...connectionLines(connection, now, paint), ...connection.alerts.filter(isNew).map((alert) => `  ${line(alert)}`)]);
  const general = [...(vault.note === null ? [] : [paint('warning', printable(vault.note))]), ...alerts.filter(isNew).map(line)];
  const none = connections.length === 0 ? [['Nothing is connected yet. Connect a WhatsApp number with: npx evertoken connect']] : [];
  return [...none, ...blocks, ...(general.length === 0 ? [] : [general])].flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

function connectionLines(view: ConnectionView, now: number, paint: Paint): readonly string[] {
  const { words, tone } = HEALTH[view.health];
  const row = (name: string, text: string | null): readonly string[] => (text === null ? [] : [`  ${name.padEnd(14)}${printable(text)}`]);
  return [
    `${paint('strong', printable(view.label))} (${printable(view.environment)}): ${paint(tone, words)}`,
    ...row('Id', view.id),
    ...row('Number', view.number ?? view.phoneNumberId),
    ...row('Token', `${KIND[view.kind]}${view.fingerprint === null ? '' : `, ${view.fingerprint}`}`),
    ...row('Expires', view.kind === 'never-expiring' ? 'never' : (timeWords(view.expiresAt, now) ?? 'not known')),
    ...row('Data access', timeWords(view.dataAccessExpiresAt, now)),
    ...row('Last check', pastWords(view.lastCheck, now)),
    ...row('Last renewal', pastWords(view.lastRenewal, now)),
    ...row('Next renewal', timeWords(view.nextRenewal, now)),
    ...view.reasons.flatMap((reason, index) => row(index === 0 ? 'Why' : '', reason)),
    ...row('To do', view.advice),
    ...row('Command', nextCommand(view.cure)),
    ...view.offeredNumbers.flatMap(({ id, display }, index) => row(index === 0 ? 'Numbers' : '', `${display ?? 'number'}: id ${id}`)),
  ];
}

function alertLine({ severity, text, acknowledgedAt }: AlertView, name: string, paint: Paint): string {
  const seen = acknowledgedAt === null ? '' : ' (acknowledged)';
  return `${paint(severity === 'urgent' ? 'bad' : 'warning', severity === 'urgent' ? 'Urgent:' : 'Notice:')} ${printable(text)}${seen} ${paint('quiet', `[${printable(name)}]`)}`;
}

/** "21 January 2027 at 14:05 (in 12 days)", in this computer's time zone; null where there is no time. */
function timeWords(iso: string | null, now: number): string | null {
  const at = iso === null ? Number.NaN : Date.parse(iso);
  if (Number.isNaN(at)) return null;
  const distance = at >= now ? `in ${spanWords(at - now)}` : `${spanWords(now - at)} ago`;
  return `${dateWords(at)} (${distance})`;
}

/** The same for what has happened: never in the future, also where the clock was set back since. */
function pastWords(iso: string | null, now: number): string | null {
  const at = iso === null ? Number.NaN : Date.parse(iso);
  if (Number.isNaN(at)) return null;
  return now - at < MINUTE ? `${dateWords(at)} (just now)` : timeWords(iso, now);
}
