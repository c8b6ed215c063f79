import { z } from 'zod';
import type { AfterCommand, Delivery, DeliveryFault, DeliveryState, DeliveryStore, EnvPlace, EnvTarget } from '../core/delivery/delivery.ts';
import type { Clock } from '../core/ports.ts';
import { openJsonDocument } from './json-document.ts';

const text = z.string().min(1);
const time = z.number();

const place: z.ZodType<EnvPlace> = z.object({ path: text, uid: z.number().int().min(0).nullable(), isPublic: z.boolean() });

const target: z.ZodType<EnvTarget> = z.object({ file: text, variable: text, keepBackup: z.boolean(), place: place.optional() });

const command: z.ZodType<AfterCommand> = z.object({ argv: z.array(z.string()).min(1), folder: text.nullable(), timeoutMs: z.number().positive() });

const fault: z.ZodType<DeliveryFault> = z.object({ code: text, text: z.string(), since: time, failures: z.number().int().min(0) });

const state: z.ZodType<DeliveryState> = z.object({
  done: z.object({ at: time, fingerprint: z.string() }).nullable(),
  fault: fault.nullable(),
  nextTryAt: time.nullable(),
  ownValues: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
});

const delivery: z.ZodType<Delivery> = z.object({
  id: text,
  connection: text,
  to: z.discriminatedUnion('kind', [z.object({ kind: z.literal('env-file'), target }), z.object({ kind: z.literal('command'), command })]),
  addedAt: time,
  state,
});

const deliveries: z.ZodType<{ readonly deliveries: readonly Delivery[] }> = z.object({ deliveries: z.array(delivery) });

/** The store, and where a broken file was put; null where it was whole. Say it to the owner: nothing is delivered then. */
export interface OpenedDeliveryStore {
  readonly store: DeliveryStore;
  readonly setAside: string | null;
}

/**
 * Opens `deliveries.json` (0600) in the data folder, which must exist: where tokens go and how that went, never a token. Rejects with
 * `StorageFault` where the file may not be read.
 */
export async function openDeliveryStore(folder: string, clock: Pick<Clock, 'now'>): Promise<OpenedDeliveryStore> {
  const { document, setAside } = await openJsonDocument({ folder, name: 'deliveries', schema: deliveries, empty: { deliveries: [] }, clock });
  return { store: { get: () => document.get().deliveries, save: (all) => document.save({ deliveries: all }) }, setAside };
}
