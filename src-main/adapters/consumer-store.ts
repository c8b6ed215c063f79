import { z } from 'zod';
import type { Consumer, ConsumerStore } from '../core/consumers/consumer.ts';
import { RIGHTS } from '../core/consumers/consumer.ts';
import type { Clock } from '../core/ports.ts';
import { openJsonDocument } from './json-document.ts';

const count = z.number().int().min(0);

const consumer: z.ZodType<Consumer> = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  rights: z.array(z.enum(RIGHTS)),
  connections: z.array(z.string().min(1)).nullable(),
  createdAt: z.number(),
  usage: z.object({ lastUsedAt: z.number().nullable(), calls: count, renewals: count, errors: count }),
});

const keys: z.ZodType<{ readonly keys: readonly Consumer[] }> = z.object({ keys: z.array(consumer) });

/** The store, and where a broken file was put; null where it was whole. Say it to the owner: no bot's key is known then. */
export interface OpenedConsumerStore {
  readonly store: ConsumerStore;
  readonly setAside: string | null;
}

/**
 * Opens `keys.json` (0600) in the data folder, which must exist: the consumers with the digests of their keys, never a key. Rejects with
 * `StorageFault` where the file may not be read.
 */
export async function openConsumerStore(folder: string, clock: Pick<Clock, 'now'>): Promise<OpenedConsumerStore> {
  const { document, setAside } = await openJsonDocument({ folder, name: 'keys', schema: keys, empty: { keys: [] }, clock });
  return { store: { get: () => document.get().keys, save: (consumers) => document.save({ keys: consumers }) }, setAside };
}
