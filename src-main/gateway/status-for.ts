import type { TokenStatusAnswer } from '../contract/admin.ts';
import type { DeliveryView } from '../contract/deliveries.ts';
import type { StatusAnswer } from '../contract/status.ts';
import type { Consumer } from '../core/consumers/consumer.ts';
import { mayUse } from '../core/consumers/consumer.ts';

/** The status as a caller may see it: everything for the owner (null), its own connections for a consumer. */
export function statusFor(consumer: Consumer | null, status: StatusAnswer, deliveries: readonly DeliveryView[]): TokenStatusAnswer {
  if (consumer === null) return { ...status, deliveries };
  const own = (connection: string): boolean => mayUse(consumer, 'status', connection);
  return {
    ...status,
    connections: status.connections.filter(({ id }) => own(id)),
    // What concerns the app as a whole may name connections that this key does not open.
    alerts: consumer.connections === null ? status.alerts : [],
    deliveries: deliveries.filter(({ connection }) => own(connection)),
  };
}
