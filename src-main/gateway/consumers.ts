import { randomBytes, timingSafeEqual } from 'node:crypto';
import pLimit from 'p-limit';
import type { CreatedKey, CreateKeyRequest, KeyDesk, KeyView } from '../contract/keys.ts';
import type { Outcome } from '../contract/outcome.ts';
import { type Consumer, type ConsumerStore, RIGHTS } from '../core/consumers/consumer.ts';
import type { Clock, Log } from '../core/ports.ts';
import { MINUTE, SECOND } from '../core/time.ts';
import type { Keeper } from '../keeper/api.ts';
import { sha256 } from './key-check.ts';
import type { KeyDigest } from './key-check.ts';
import { createTally } from './tally.ts';
import type { Tally } from './tally.ts';

/** What every consumer's key begins with, so that a key is known for one wherever it turns up. */
const KEY_PREFIX = 'evk_';

const KEY_BYTES = 32;
const ID_BYTES = 8;

/** The consumers' keys, who may do what with them, and what came through each. */
export interface Consumers extends KeyDesk {
  /** The consumer whose key this is; null for a wrong or revoked one. */
  find(presentedKey: string): Consumer | null;
  /** The same by the key's SHA-256, for whoever has it already. */
  findDigest(digest: KeyDigest): Consumer | null;
  /** An admitted request: on a connection whose token has this fingerprint, or on none in particular. Costs next to nothing. */
  called(consumer: Consumer, connection: string | null, fingerprint: string | null): void;
  /** An admitted request that ended in an error, of Meta's or of ours. */
  failed(consumer: Consumer): void;
  /** Saves what was counted. Never rejects; safe to call twice. */
  close(): Promise<void>;
}

/** What keeping consumers takes. The keeper must have been started: keys are freed of connections that it does not know. */
export interface ConsumersOptions {
  readonly store: ConsumerStore;
  readonly keeper: Pick<Keeper, 'status' | 'onChange'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Keeps a secret out of the log. */
  readonly watchSecret: (secret: string) => void;
}

interface Entry {
  readonly consumer: Consumer;
  readonly digest: KeyDigest;
  readonly tally: Tally;
}

/** Reads the consumers of the store and keeps them from then on: nobody else may save to it. */
export function openConsumers({ store, keeper, clock, log, watchSecret }: ConsumersOptions): Consumers {
  const entries = new Map<string, Entry>();
  const byDigest = new Map<string, Entry>();
  // One after the other, so that each save holds what the one before it did.
  const queue = pLimit(1);
  let flushing: NodeJS.Timeout | null = null;
  let pruning: NodeJS.Timeout | null = null;
  let closed = false;

  const take = (consumer: Consumer, tally = createTally(consumer.usage)): void => {
    const entry = { consumer, digest: Buffer.from(consumer.digest, 'hex'), tally };
    entries.set(consumer.id, entry);
    byDigest.set(consumer.digest, entry);
  };
  const now = (): readonly Consumer[] => [...entries.values()].map(({ consumer, tally }) => ({ ...consumer, usage: tally.usage() }));
  // What the disk refused is tried again every minute, so that a revoked key does not come back with a restart.
  const save = async (event: string, more: readonly Consumer[] = []): Promise<boolean> => {
    try {
      await store.save([...now(), ...more]);
      return true;
    } catch (error) {
      log.write('error', 'keys.not-saved', { after: event, error: error instanceof Error ? error.message : 'unknown' });
      flushSoon();
      return false;
    }
  };
  const flush = async (): Promise<void> => {
    if (flushing !== null) clearTimeout(flushing);
    flushing = null;
    await queue(() => save('counting'));
  };
  const flushSoon = (): void => {
    if (flushing !== null || closed) return;
    flushing = setTimeout(() => void flush(), MINUTE);
    flushing.unref();
  };
  const known = (): ReadonlySet<string> => new Set(keeper.status().connections.map(({ id }) => id));
  // A connection that was removed leaves no right behind. A key that named only it opens nothing: an empty list is never "all".
  const prune = (): void => {
    const ids = known();
    const stale = [...entries.values()].filter(({ consumer }) => consumer.connections?.some((id) => !ids.has(id)) === true);
    for (const { consumer, tally } of stale) take({ ...consumer, connections: (consumer.connections ?? []).filter((id) => ids.has(id)) }, tally);
    if (stale.length > 0) void queue(() => save('removal'));
  };
  const pruneSoon = (): void => {
    if (pruning !== null || closed || ![...entries.values()].some(({ consumer }) => consumer.connections !== null)) return;
    pruning = setTimeout(() => {
      pruning = null;
      prune();
    }, SECOND);
    pruning.unref();
  };

  const findDigest = (digest: KeyDigest): Consumer | null => {
    // Whoever times this learns about digests, not about keys: the digest of a guess cannot be steered.
    const entry = byDigest.get(digest.toString('hex'));
    return entry !== undefined && timingSafeEqual(entry.digest, digest) ? entry.consumer : null;
  };

  const create = async (request: CreateKeyRequest): Promise<CreatedKey> => {
    const name = request.name.trim();
    const refused = objection({ ...request, name }, [...entries.values()].map(({ consumer }) => consumer.name), known());
    if (refused !== null) return { ...refused, key: null, id: null };
    const key = `${KEY_PREFIX}${randomBytes(KEY_BYTES).toString('base64url')}`;
    watchSecret(key);
    const consumer: Consumer = {
      // Hex, since it is typed after a command: an id that begins with a hyphen would be taken for an option.
      id: randomBytes(ID_BYTES).toString('hex'),
      name,
      digest: sha256(key).toString('hex'),
      rights: RIGHTS.filter((right) => request.rights.includes(right)),
      connections: request.connections === null ? null : [...new Set(request.connections)],
      createdAt: clock.now(),
      usage: { lastUsedAt: null, calls: 0, renewals: 0, errors: 0 },
    };
    if (!(await save('creation', [consumer]))) return { ...no('not-saved', 'No key was made, because it could not be saved. Look whether the disk is full, then try again.'), key: null, id: null };
    take(consumer);
    // A connection may have been removed while this was saved.
    pruneSoon();
    log.write('info', 'key.created', { keyId: consumer.id, name });
    return { ...yes('key-created', `The key for "${name}" is made. It is shown this once: put it into the bot now.`), key, id: consumer.id };
  };

  for (const consumer of store.get()) take(consumer);
  prune();
  const stopListening = keeper.onChange(pruneSoon);

  return {
    list: () => now().map(viewOf),
    create: (request) => queue(() => create(request)),
    async revoke(id) {
      const entry = entries.get(id);
      if (entry === undefined) return no('no-such-key', 'There is no such key. It may have been revoked already.');
      entries.delete(id);
      byDigest.delete(entry.consumer.digest);
      log.write('info', 'key.revoked', { keyId: id, name: entry.consumer.name });
      const saved = await queue(() => save('revocation'));
      return saved
        ? yes('key-revoked', `The key of "${entry.consumer.name}" opens nothing any more.`)
        : no('not-saved', `The key of "${entry.consumer.name}" opens nothing any more, but that could not be saved: until it is, a restart would bring the key back. Evertoken tries again every minute. Look whether the disk is full.`);
    },
    find: (presentedKey) => findDigest(sha256(presentedKey)),
    findDigest,
    called({ id }, connection, fingerprint) {
      entries.get(id)?.tally.called(clock.now(), connection, fingerprint);
      flushSoon();
    },
    failed({ id }) {
      entries.get(id)?.tally.failed();
      flushSoon();
    },
    async close() {
      stopListening();
      if (pruning !== null) clearTimeout(pruning);
      closed = true;
      if (flushing !== null) await flush();
      else await queue(() => undefined);
    },
  };
}

/** Why a key is not made as asked; null where nothing is against it. */
function objection({ name, rights, connections }: CreateKeyRequest, names: readonly string[], known: ReadonlySet<string>): Outcome | null {
  if (name === '') return no('name-missing', 'Give the key a name, such as the name of the bot that will use it.');
  if (names.some((taken) => taken.toLowerCase() === name.toLowerCase())) return no('name-taken', `There is a key named "${name}" already. Choose another name, or revoke that one first.`);
  if (rights.length === 0) return no('no-rights', 'Say what the key may do: status, refresh, token, graph.');
  if (connections?.length === 0) return no('no-connections', 'Say which connections the key opens, or give it all of them.');
  if (connections?.some((id) => !known.has(id)) === true) return no('no-such-connection', 'One of the connections that were named is not there. Look at the list of connections and use their ids.');
  return null;
}

function viewOf({ id, name, rights, connections, createdAt, usage }: Consumer): KeyView {
  const { lastUsedAt, calls, renewals, errors } = usage;
  return { id, name, rights, connections, createdAt: new Date(createdAt).toISOString(), lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(), calls, renewals, errors };
}

function yes(code: string, message: string): Outcome {
  return { ok: true, code, message, connection: null, details: [] };
}

function no(code: string, message: string): Outcome {
  return { ok: false, code, message, connection: null, details: [] };
}
