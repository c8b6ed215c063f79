import type { TokenStatusAnswer } from '../contract/admin.ts';
import type { DeliveryView } from '../contract/deliveries.ts';
import type { AlertView, ConnectionView } from '../contract/status.ts';
import type { Health } from '../core/health/health.ts';
import type { TokenKind } from '../core/token/kind.ts';
import { printable } from '../core/words/printable.ts';
import { alertName } from './alert-name.ts';
import { deliveryCommand, deliveryLine } from './deliveries-view.ts';
import { nextCommand } from './next-command.ts';
import type { Paint, Tone } from './paint.ts';
import { apart, pastWords, row, timeWords } from './rows.ts';

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
export function statusLines({ at, connections, alerts, vault, deliveries }: TokenStatusAnswer, paint: Paint): readonly string[] {
  const now = Date.parse(at);
  const all = [...alerts, ...connections.flatMap((connection) => connection.alerts)];
  // What the note about the vault says need not be said again by an alert.
  const isNew = ({ text }: AlertView): boolean => vault.note === null || !text.includes(vault.note);
  const line = (alert: AlertView): string => alertLine(alert, alertName(alert, all), paint);
  const waiting = deliveries.filter(isOpen);
  const blocks = connections.map((connection) => [
    ...connectionLines(connection, now, paint),
    ...deliveryRows(waiting.filter((delivery) => delivery.connection === connection.id), connections, connection.alerts.map(({ text }) => text), paint),
    ...connection.alerts.filter(isNew).map((alert) => `  ${line(alert)}`),
  ]);
  const orphaned = waiting.filter((delivery) => connections.every(({ id }) => id !== delivery.connection));
  const general = [
    ...(vault.note === null ? [] : [paint('warning', printable(vault.note))]),
    ...orphaned.map((delivery) => deliveryLine(delivery, [], paint)),
    ...alerts.filter(isNew).map(line),
  ];
  const none = connections.length === 0 ? [['Nothing is connected yet. Connect a WhatsApp number with: npx evertoken connect']] : [];
  return apart([...none, ...blocks, ...(general.length === 0 ? [] : [general])]);
}

/** Whether something is left to do. A command that only waits for the next new token has nothing to do. */
function isOpen({ standing, code }: DeliveryView): boolean {
  return standing !== 'done' && code !== 'waits-for-token';
}

/** What is not delivered. What an alert says of it stands there once. */
function deliveryRows(waiting: readonly DeliveryView[], connections: readonly ConnectionView[], said: readonly string[], paint: Paint): readonly string[] {
  const commands = new Set(waiting.flatMap((delivery) => deliveryCommand(delivery, connections) ?? []));
  return [
    ...waiting.map((delivery, index) => `  ${(index === 0 ? 'Delivery' : '').padEnd(14)}${deliveryLine(delivery, said, paint)}`),
    ...[...commands].flatMap((command, index) => row(index === 0 ? 'Command' : '', command)),
  ];
}

function connectionLines(view: ConnectionView, now: number, paint: Paint): readonly string[] {
  const { words, tone } = HEALTH[view.health];
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
