import type { ConnectionName } from '../contract/admin.ts';
import type { DeliveryStanding, DeliveryView } from '../contract/deliveries.ts';
import type { Outcome } from '../contract/outcome.ts';
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

/** What the owner types where that is what helps; null where it is something else, or nothing. The texts themselves name no surface. */
export function deliveryCommand({ connection, standing, code }: DeliveryView, connections: readonly Pick<ConnectionName, 'id'>[]): string | null {
  const option = standing === 'needs-owner' && code !== null ? COMMANDS.get(code) : undefined;
  if (option === undefined) return null;
  // Of several connections only this one's values are to be written over.
  return `npx evertoken deliver${connections.length > 1 ? ` ${connection}` : ''}${option}`;
}

/** The same for what came of adding or delivering; `connection` is the id where one was named. */
export function outcomeCommand({ ok, code }: Pick<Outcome, 'ok' | 'code'>, connection: string | null): string | null {
  const option = COMMANDS.get(code.replace(/^added-/, ''));
  // A delivery that was tried just now is not helped by trying it once more.
  if (option === undefined || option === '' || (ok && !code.startsWith('added-'))) return null;
  return `npx evertoken deliver${connection === null ? '' : ` ${connection}`}${option}`;
}

const COMMANDS: ReadonlyMap<string, string> = new Map([
  ['changed-by-hand', ' --overwrite'],
  ['two-values', ' --overwrite'],
  ['moved', ' --overwrite'],
  ['vanished', ''],
  ['command-failed', ''],
  ['command-timeout', ''],
  ['command-not-found', ''],
  ['command-interrupted', ''],
]);

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
    ...row(kind === 'command' ? 'Last success' : 'Last written', done === null ? 'never' : `${done}${fingerprint === null ? '' : `, ${fingerprint}`}`),
    ...row('Why', text),
    ...row('Command', deliveryCommand(delivery, connections)),
    ...row('Next try', standing === 'done' ? null : timeWords(nextTry, now)),
  ];
}
