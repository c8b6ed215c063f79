import { type AlertCode, repeatsDaily } from '../core/alerts/alert.ts';
import { standingConcerns } from '../core/alerts/concerns.ts';
import { type AlertChanges, keepLedger } from '../core/alerts/ledger.ts';
import { type StandingAlert, standingAlerts } from '../core/alerts/rules.ts';
import { DAY } from '../core/time.ts';
import { alertWords } from '../core/words/alerts.ts';
import type { Live } from './live.ts';
import type { KeeperPorts } from './ports.ts';
import type { Roster } from './roster.ts';

/** Brings a connection's alerts up to date: saved first, then told, so that a restart repeats none. */
export async function tellConnection(ports: KeeperPorts, roster: Roster, live: Live): Promise<void> {
  const facts = roster.facts(live);
  const { connection } = live;
  const standing = [...standingAlerts(facts), ...standingConcerns(connection.id, live.declared, connection.alerts)];
  const changes = keepLedger(connection, connection.id, standing, (alert) => alertWords(facts, alert), ports.clock.now());
  if (changes.book !== connection) {
    const { alerts, told } = changes.book;
    try {
      await roster.update(live, (before) => ({ ...before, alerts, told }));
    } finally {
      // On a full disk as well: told twice after a restart is better than never.
      show(ports, changes);
    }
  }
}

/** An alert of the app as a whole. */
export interface AppAlert {
  readonly code: Extract<AlertCode, 'memory-only' | 'settings-broken'>;
  readonly subject: string;
  readonly text: string;
}

/** When an alert of the app as a whole is to be told again, ms since 1970, or null. */
export function appDueAt({ appBook }: Roster): number | null {
  const times = appBook.alerts.filter((alert) => repeatsDaily(alert) && alert.acknowledgedAt === null).map(({ toldAt }) => toldAt + DAY);
  return times.length === 0 ? null : Math.min(...times);
}

/** Brings the app's own alerts up to date, in the same order: saved, then told. What was declared about the app stands beside `standing`. */
export async function tellApp(ports: KeeperPorts, roster: Roster, standing: readonly AppAlert[]): Promise<void> {
  // What happened at an earlier start stays until it was seen: nothing can end its cause.
  const unseen = roster.appBook.alerts.filter((alert) => alert.code === 'settings-broken' && alert.acknowledgedAt === null);
  const kept = unseen.map((alert) => ({ code: 'settings-broken', subject: alert.id.slice('app/settings-broken/'.length), text: alert.text }) as const);
  const all = [...standing, ...kept.filter((old) => !standing.some((alert) => alert.code === old.code && alert.subject === old.subject))];
  const alerts: readonly StandingAlert[] = [...all.map((alert) => ({ ...alert, severity: 'warning', rung: null }) as const), ...standingConcerns('app', roster.declared, roster.appBook.alerts)];
  const changes = keepLedger(roster.appBook, 'app', alerts, ({ code, text }) => text ?? code, ports.clock.now());
  try {
    await roster.updateApp(changes.book);
  } finally {
    show(ports, changes);
  }
}

function show(ports: KeeperPorts, changes: AlertChanges): void {
  for (const alert of changes.tell) {
    ports.log.write('warn', 'alert-told', { id: alert.id, code: alert.code, rung: alert.rung, text: alert.text });
    ports.notifier.tell(alert);
  }
  for (const id of changes.withdraw) {
    ports.log.write('info', 'alert-withdrawn', { id });
    ports.notifier.withdraw(id);
  }
}
