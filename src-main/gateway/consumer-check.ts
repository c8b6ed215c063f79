import { timingSafeEqual } from 'node:crypto';
import type { ConnectionName } from '../contract/admin.ts';
import { chooseConnection } from '../contract/choose-connection.ts';
import type { Consumer, Right } from '../core/consumers/consumer.ts';
import { mayUse } from '../core/consumers/consumer.ts';
import type { Consumers } from './consumers.ts';
import { sha256 } from './key-check.ts';
import type { KeyDigest } from './key-check.ts';
import { choiceRefusal, refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** Whose key a request carries; `consumer` is null for the owner's own, which opens everything. */
export type Caller = { readonly ok: true; readonly consumer: Consumer | null } | { readonly ok: false; readonly refusal: Refusal };

/** A caller that may do what it asks on the connection of this id, or why not. `consumer` is null for the owner's key. */
export type ConsumerAdmission =
  | { readonly ok: true; readonly consumer: Consumer | null; readonly connection: string }
  | { readonly ok: false; readonly refusal: Refusal };

/** Looks whose key was presented; null where none was. One SHA-256, whoever it is. */
export function findCaller(consumers: Pick<Consumers, 'findDigest'>, ownerDigest: KeyDigest, presented: string | null): Caller {
  if (presented === null) return { ok: false, refusal: refusal('key-missing') };
  const digest = sha256(presented);
  if (timingSafeEqual(digest, ownerDigest)) return { ok: true, consumer: null };
  const consumer = consumers.findDigest(digest);
  return consumer === null ? { ok: false, refusal: refusal('key-wrong') } : { ok: true, consumer };
}

/**
 * Decides whether whoever presents this key may do `right` on the connection that `wanted` names, by id or label. Refuses with 401
 * (no key, a wrong or revoked one), 403 `key-not-allowed` (the right or the connection is missing) or as `chooseConnection` does, with
 * no more choices than the key may see. Counts nothing: the caller tells `consumers.called` and `failed` how it went.
 *
 * `ownerDigest` is `digestKey` of the owner's key, `presented` the bare key (see `bearerKey`), null where there is none.
 */
export function admitConsumer(
  consumers: Pick<Consumers, 'findDigest'>,
  ownerDigest: KeyDigest,
  presented: string | null,
  right: Right,
  wanted: string,
  connections: readonly ConnectionName[],
): ConsumerAdmission {
  const caller = findCaller(consumers, ownerDigest, presented);
  return caller.ok ? admitTo(caller.consumer, right, wanted, connections) : caller;
}

/** The second half of `admitConsumer`, for a caller that is known already. `wanted` null is enough where the key opens exactly one connection. */
export function admitTo(consumer: Consumer | null, right: Right, wanted: string | null, connections: readonly ConnectionName[]): ConsumerAdmission {
  if (consumer !== null && !consumer.rights.includes(right)) return { ok: false, refusal: rightRefusal(right) };
  // The usual case, on the way of every message: named by its id.
  const open = (id: string): boolean => consumer === null || mayUse(consumer, right, id);
  if (wanted !== null && connections.some(({ id }) => id === wanted) && open(wanted)) return { ok: true, consumer, connection: wanted };
  const choice = chooseConnection(
    connections.filter(({ id }) => open(id)),
    wanted,
  );
  if (choice.ok) return { ok: true, consumer, connection: choice.id };
  const closed = wanted === null ? null : chooseConnection(connections, wanted);
  if (closed?.ok === true && !open(closed.id)) return { ok: false, refusal: notAllowed('This key may not use that connection.') };
  const none = choice.code === 'nothing-connected' && connections.length > 0;
  return { ok: false, refusal: none ? notAllowed('This key opens no connection any more: those that it named were removed. Make a new key.') : choiceRefusal(choice) };
}

const DEEDS: Readonly<Record<Right, string>> = {
  status: 'read the status',
  refresh: 'renew a token',
  token: 'take the token',
  graph: 'call Meta through Evertoken',
};

/** 403: a key without this right. */
export function rightRefusal(right: Right): Refusal {
  return notAllowed(`This key may not ${DEEDS[right]}: it was made without the right "${right}". Make a key that has it.`);
}

/** 403: a consumer's key where only the owner's will do. */
export function ownerOnlyRefusal(): Refusal {
  return notAllowed('This key may not do that: only the owner\'s own key may. "npx evertoken key" shows it.');
}

function notAllowed(message: string): Refusal {
  return { status: 403, code: 'key-not-allowed', message };
}
