import type { ConnectionName } from '../contract/admin.ts';
import type { DeliveryStanding, DeliveryView } from '../contract/deliveries.ts';
import { printable } from '../core/words/printable.ts';
import type { Paint, Tone } from './paint.ts';
import { apart, pastWords, row, timeWords } from './rows.ts';

const STANDING: Record<DeliveryStanding, { readonly words: string; readonly tone: Tone }> = {
  done: { words: 'done', tone: 'good' },
  pending: { words: 'waiting for its turn', tone: 'quiet' },
  failed: { words: 'failed, is tried again', tone: 'bad' },
  'needs-owner': { words: 'needs you', tone: 'bad' },
};

/** The deliveries in lines for a person. `now` (ms since 1970) is what distances in time are counted from. */
export function deliveriesLines(deliveries: readonly DeliveryView[], connections: readonly ConnectionName[], now: number, paint: Paint): readonly string[] {
  if (deliveries.length === 0) return ["Nothing is delivered yet. Add your bot's .env file: npx evertoken deliveries add FILE"];
  return apart(deliveries.map((delivery) => deliveryLines(delivery, connections, now, paint)));
}

/** A delivery in one line, for the status; `said` are texts that stand there anyway. */
export function deliveryLine({ target, standing, text }: DeliveryView, said: readonly string[], paint: Paint): string {
  const { words, tone } = STANDING[standing];
  const why = text === null || said.some((other) => other.includes(text)) ? '' : `. ${printable(text)}`;
  return `${printable(target)}: ${paint(tone, words)}${why}`;
}

function deliveryLines(delivery: DeliveryView, connections: readonly ConnectionName[], now: number, paint: Paint): readonly string[] {
  const { id, connection, kind, target, variable, keepBackup, standing, text, lastDone, fingerprint, nextTry } = delivery;
  const { words, tone } = STANDING[standing];
  const done = pastWords(lastDone, now);
  return [
    `${paint('strong', printable(target))}: ${paint(tone, words)}`,
    ...row('Id', id),
    ...row('Connection', connections.find((one) => one.id === connection)?.label ?? connection),
    ...(kind === 'command' ? row('Kind', 'command that runs after the files are written') : row('Variable', variable)),
    ...row('Backup', keepBackup ? 'the file as it was before is kept beside it' : null),
    ...row(kind === 'command' ? 'Last run' : 'Last written', done === null ? 'never' : `${done}${fingerprint === null ? '' : `, ${fingerprint}`}`),
    ...row('Why', text),
    ...row('Next try', standing === 'done' ? null : timeWords(nextTry, now)),
  ];
}
