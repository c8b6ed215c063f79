import type { AlertView, StatusAnswer } from './status.ts';

/** Every alert that stands: those of the app as a whole first, then those of each connection. */
export function allAlerts({ alerts, connections }: Pick<StatusAnswer, 'alerts' | 'connections'>): readonly AlertView[] {
  return [...alerts, ...connections.flatMap((connection) => connection.alerts)];
}
