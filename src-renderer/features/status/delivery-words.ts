import type { DeliveryView } from '../../../src-main/contract/deliveries.ts';
import { dayAndClockWords } from '../../ui/times.ts';

type Standing = DeliveryView['standing'];

/** How all deliveries of a connection are: the worst standing, and a line about it. */
export interface DeliverySummary {
  readonly standing: Standing;
  readonly words: string;
}

/** Worst first; the last is the good one. */
const ORDER: readonly Standing[] = ['needs-owner', 'failed', 'pending', 'done'];

/** Sums up the deliveries of one connection, seen from `now` (ISO 8601); null where it has none. */
export function deliverySummary(all: readonly DeliveryView[], now: string): DeliverySummary | null {
  // A command that was set while the files held the token already has nothing to do yet: no news beside them.
  const busy = all.filter(({ code }) => code !== 'waits-for-token');
  const deliveries = busy.length === 0 ? all : busy;
  const worst = ORDER.find((standing) => deliveries.some((one) => one.standing === standing));
  if (worst === undefined) return null;
  return { standing: worst, words: worst === 'done' ? doneWords(deliveries, now) : waitingWords(deliveries, worst) };
}

function doneWords(deliveries: readonly DeliveryView[], now: string): string {
  const files = deliveries.filter(({ kind }) => kind === 'env-file');
  // All hold the newest token since the last of them was written. ISO 8601 in UTC sorts as text.
  const last = (files.length === 0 ? deliveries : files).flatMap(({ lastDone }) => lastDone ?? []).toSorted().at(-1);
  const when = last === undefined ? '' : dayAndClockWords(last, now);
  if (files.length === 0) return `The command ran ${when}`.trim();
  return `In ${counted(files.length)}${when === '' ? '' : ` since ${when}`}`;
}

/** Those in the worst standing speak, the first of them for all. */
function waitingWords(deliveries: readonly DeliveryView[], worst: Standing): string {
  const waiting = deliveries.filter(({ standing }) => standing === worst);
  const files = waiting.filter(({ kind }) => kind === 'env-file').length;
  const [who, one] = files === 0 ? ['The command', true] : files === 1 ? ['One file', true] : [counted(files), false];
  const verb = worst === 'needs-owner' ? (one ? 'needs you' : 'need you') : one ? 'waits' : 'wait';
  const why = waiting.find(({ kind, text }) => text !== null && (kind === 'env-file' || files === 0))?.text ?? null;
  return `${who} ${verb}${why === null ? ` for ${one ? 'its' : 'their'} turn` : `: ${why}`}`;
}

function counted(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}
