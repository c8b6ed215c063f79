import { useCallback, useMemo } from 'react';
import type { DeliveryView } from '../../../src-main/contract/deliveries.ts';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import type { WindowView } from '../../../src-main/contract/window-view.ts';
import { dayOf } from '../../ui/times.ts';
import { deliverySummary } from './delivery-words.ts';

interface Line {
  readonly standing: DeliveryView['standing'] | null;
  readonly deliveryWords: string | null;
}

/** How each connection's token reaches its bot, in a line for its card. Reckoned anew only where a delivery, a key or the day changed. */
export function useDeliveryLines({ status: { at }, deliveries, gateway: { enabled, keys } }: WindowView): (connection: ConnectionView) => Line {
  const day = dayOf(at);
  const summaries = useMemo(() => {
    const now = new Date(day).toISOString();
    return new Map([...byConnection(deliveries)].map(([id, own]) => [id, deliverySummary(own, now)]));
  }, [deliveries, day]);
  const opened = useMemo(() => (enabled ? keys.filter(({ rights }) => rights.includes('graph') || rights.includes('token')).map(({ connections }) => (connections === null ? null : new Set(connections))) : []), [enabled, keys]);
  return useCallback(
    ({ id, fingerprint }) => {
      const summary = summaries.get(id) ?? null;
      if (summary !== null) return { standing: summary.standing, deliveryWords: summary.words };
      // Without a token there is something else to do first.
      if (fingerprint === null) return { standing: null, deliveryWords: null };
      return { standing: null, deliveryWords: opened.some((ids) => ids === null || ids.has(id)) ? 'Your bot gets it through the gateway.' : 'No bot gets this token from Evertoken yet.' };
    },
    [summaries, opened],
  );
}

/** The deliveries of each connection, by its id. */
export function byConnection(deliveries: readonly DeliveryView[]): ReadonlyMap<string, readonly DeliveryView[]> {
  return Map.groupBy(deliveries, ({ connection }) => connection);
}
