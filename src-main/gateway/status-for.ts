import type { ConsumerStatusAnswer, TokenStatusAnswer } from '../contract/admin.ts';
import type { DeliverySummary, DeliveryView } from '../contract/deliveries.ts';
import type { AlertView, StatusAnswer } from '../contract/status.ts';
import type { AlertCode } from '../core/alerts/alert.ts';
import type { Consumer } from '../core/consumers/consumer.ts';
import { mayUse } from '../core/consumers/consumer.ts';

/** Alerts whose words are for the owner alone: paths of this computer stand in them, command lines, the last letters of another program's token. */
const OWNERS_ALONE: ReadonlySet<string> = new Set<AlertCode>(['delivery-failed', 'changed-by-hand', 'command-failed', 'gateway-trouble', 'settings-broken']);

/** The status as a caller may see it: everything for the owner (null), for a consumer how its own connections are and nothing of the owner's computer. */
export function statusFor(consumer: Consumer | null, status: StatusAnswer, deliveries: readonly DeliveryView[]): TokenStatusAnswer | ConsumerStatusAnswer {
  if (consumer === null) return { ...status, deliveries };
  const own = (connection: string): boolean => mayUse(consumer, 'status', connection);
  return {
    ...status,
    connections: status.connections.filter(({ id }) => own(id)).map((connection) => ({ ...connection, alerts: connection.alerts.map(withoutOwnersWords) })),
    // What concerns the app as a whole may name connections that this key does not open.
    alerts: consumer.connections === null ? status.alerts.map(withoutOwnersWords) : [],
    deliveries: deliveries.filter(({ connection }) => own(connection)).map(summary),
  };
}

function withoutOwnersWords(alert: AlertView): AlertView {
  if (!OWNERS_ALONE.has(alert.code)) return alert;
  // An id ends in what the alert is about, which may be a file.
  return { ...alert, id: alert.id.split('/').slice(0, 2).join('/'), text: 'The owner sees why.' };
}

function summary({ connection, kind, standing, lastDone, fingerprint, nextTry }: DeliveryView): DeliverySummary {
  return { connection, kind, standing, lastDone, fingerprint, nextTry };
}
