import type { ConnectionName } from '../contract/admin.ts';
import type { KeyView } from '../contract/keys.ts';
import { printable } from '../core/words/printable.ts';
import type { Paint } from './paint.ts';
import { apart, pastWords, row } from './rows.ts';

/** The keys in lines for a person. `now` (ms since 1970) is what distances in time are counted from. */
export function keysLines(keys: readonly KeyView[], connections: readonly ConnectionName[], now: number, paint: Paint): readonly string[] {
  if (keys.length === 0) return ['There is no key yet. Make one for each bot: npx evertoken keys create NAME'];
  return apart(keys.map((key) => keyLines(key, connections, now, paint)));
}

function keyLines({ id, name, rights, connections: opened, createdAt, lastUsedAt, calls, renewals, errors }: KeyView, connections: readonly ConnectionName[], now: number, paint: Paint): readonly string[] {
  const labels = opened?.map((one) => connections.find((connection) => connection.id === one)?.label ?? one);
  return [
    paint('strong', printable(name)),
    ...row('Id', id),
    ...row('May use', rights.join(', ')),
    ...row('On', labels === undefined ? 'every connection' : labels.length === 0 ? 'no connection any more' : labels.join(', ')),
    ...row('Made', pastWords(createdAt, now)),
    ...row('Last used', pastWords(lastUsedAt, now) ?? 'never'),
    ...row('So far', `${counted(calls, 'call')}, ${counted(errors, 'error')}, ${counted(renewals, 'renewal')} of the token in between`),
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
