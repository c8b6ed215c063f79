import type { TokenStatusAnswer } from '../contract/admin.ts';

/**
 * What the deliveries add to the exit code of `status`: 1 where one of them failed or waits for the owner. It counts as a
 * warning does, so not once its alert was acknowledged.
 */
export function deliveryExit({ alerts, connections, deliveries }: TokenStatusAnswer): 0 | 1 {
  const seen = [...alerts, ...connections.flatMap((connection) => connection.alerts)].filter(({ acknowledgedAt }) => acknowledgedAt !== null);
  const inTrouble = deliveries.filter(({ standing }) => standing === 'failed' || standing === 'needs-owner');
  // An alert's id ends with what it is about.
  return inTrouble.some((delivery) => !seen.some((alert) => alert.id.endsWith(`/${delivery.id}`))) ? 1 : 0;
}
