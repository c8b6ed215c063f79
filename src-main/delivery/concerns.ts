import type { Concern, ConcernCode } from '../core/alerts/alert.ts';
import type { Delivery } from '../core/delivery/delivery.ts';
import { isHandChange, waitsForOwner } from '../core/delivery/fault-codes.ts';
import { DAY } from '../core/time.ts';
import { isFileDelivery } from './book.ts';

/** The kinds of alerts that deliveries raise. */
export const DELIVERY_CONCERNS = ['delivery-failed', 'changed-by-hand', 'command-failed'] as const satisfies readonly ConcernCode[];

/** Whether the token of this fingerprint is dead or ends within a day; null where that is not known. */
export type AtItsEnd = (fingerprint: string) => boolean | null;

/** What the owner must hear about a connection's deliveries, by kind. A kind without concerns is told as such, so that its alerts end. */
export function concernsOf(deliveries: readonly Delivery[], now: number, isAtItsEnd: AtItsEnd): Readonly<Record<(typeof DELIVERY_CONCERNS)[number], readonly Concern[]>> {
  const concerns: Record<(typeof DELIVERY_CONCERNS)[number], Concern[]> = { 'delivery-failed': [], 'changed-by-hand': [], 'command-failed': [] };
  for (const delivery of deliveries) {
    const { fault } = delivery.state;
    if (fault === null || !isWorthTelling(delivery)) continue;
    const kind = !isFileDelivery(delivery) ? 'command-failed' : isHandChange(fault.code) ? 'changed-by-hand' : 'delivery-failed';
    const severity = kind === 'delivery-failed' && isUrgent(delivery, now, isAtItsEnd) ? 'urgent' : 'warning';
    concerns[kind].push({ subject: delivery.id, severity, text: fault.text });
  }
  return concerns;
}

/** What passes by itself within a second, an editor that saves for example, is nobody's trouble. */
function isWorthTelling({ state: { fault, nextTryAt } }: Delivery): boolean {
  if (fault === null || fault.code === 'unproved') return false;
  if (fault.code === 'command-interrupted') return nextTryAt === null;
  return fault.failures > 1 || fault.code.startsWith('command-') || waitsForOwner(fault.code);
}

/** The bot cannot send, or soon cannot: its file holds a token that is dead or dies within a day, or nobody has known for a day what it holds. */
function isUrgent({ state: { done, fault } }: Delivery, now: number, isAtItsEnd: AtItsEnd): boolean {
  const known = done === null ? null : isAtItsEnd(done.fingerprint);
  return known ?? (fault !== null && now - fault.since >= DAY);
}
