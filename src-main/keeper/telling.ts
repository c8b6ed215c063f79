import type { AlertCode } from '../core/alerts/alert.ts';
import { type AlertChanges, keepLedger } from '../core/alerts/ledger.ts';
import { standingAlerts } from '../core/alerts/rules.ts';
import { alertWords } from '../core/words/alerts.ts';
import type { Live } from './live.ts';
import type { KeeperPorts } from './ports.ts';
import type { Roster } from './roster.ts';

/** Brings a connection's alerts up to date: saved first, then told, so that a restart repeats none. */
export async function tellConnection(ports: KeeperPorts, roster: Roster, live: Live): Promise<void> {
  const facts = roster.facts(live);
  const { connection } = live;
  const changes = keepLedger(connection, connection.id, standingAlerts(facts), (alert) => alertWords(facts, alert), ports.clock.now());
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

/** Brings the app's own alerts up to date, in the same order: saved, then told. */
export async function tellApp(ports: KeeperPorts, roster: Roster, standing: readonly AppAlert[]): Promise<void> {
  // What happened at an earlier start stays until it was seen: nothing can end its cause.
  const unseen = roster.appBook.alerts.filter((alert) => alert.code === 'settings-broken' && alert.acknowledgedAt === null);
  const kept = unseen.map((alert) => ({ code: 'settings-broken', subject: alert.id.slice('app/settings-broken/'.length), text: alert.text }) as const);
  const all = [...standing, ...kept.filter((old) => !standing.some((alert) => alert.code === old.code && alert.subject === old.subject))];
  const alerts = all.map(({ code, subject }) => ({ code, subject, severity: 'warning', rung: null }) as const);
  const words = new Map(all.map((alert) => [`${alert.code}/${alert.subject}`, alert.text]));
  const changes = keepLedger(roster.appBook, 'app', alerts, ({ code, subject }) => words.get(`${code}/${subject}`) ?? code, ports.clock.now());
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
