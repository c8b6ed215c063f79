import type { Delivery, DeliveryState, DeliveryStore, EnvPlace } from '../core/delivery/delivery.ts';
import type { Log } from '../core/ports.ts';

/** A delivery to a file. */
export type FileDelivery = Delivery & { readonly to: { readonly kind: 'env-file' } };
/** A delivery by a command. */
export type CommandDelivery = Delivery & { readonly to: { readonly kind: 'command' } };

/** Whether a delivery goes to a file. */
export function isFileDelivery(delivery: Delivery): delivery is FileDelivery {
  return delivery.to.kind === 'env-file';
}

/** Whether a delivery is a command. */
export function isCommandDelivery(delivery: Delivery): delivery is CommandDelivery {
  return delivery.to.kind === 'command';
}

/** The deliveries in memory and their way to disk. */
export class DeliveryBook {
  readonly #store: DeliveryStore;
  readonly #log: Log;
  #all: readonly Delivery[];
  #saving: Promise<void> = Promise.resolve();
  #isUnsaved = false;

  constructor(store: DeliveryStore, log: Log) {
    this.#store = store;
    this.#log = log;
    this.#all = store.get();
  }

  all(): readonly Delivery[] {
    return this.#all;
  }

  get(id: string): Delivery | null {
    return this.#all.find((one) => one.id === id) ?? null;
  }

  of(connection: string): readonly Delivery[] {
    return this.#all.filter((one) => one.connection === connection);
  }

  /** Changes the list for an owner, who must hear if it could not be kept: rejects where the disk refuses, and nothing is changed then. */
  async change(change: (all: readonly Delivery[]) => readonly Delivery[]): Promise<void> {
    const before = this.#all;
    const next = change(before);
    this.#all = next;
    try {
      await this.#save();
    } catch (error) {
      const isNew = (one: Delivery): boolean => !before.some(({ id }) => id === one.id);
      const lost = before.filter(({ id }) => !next.some((one) => one.id === id));
      this.#all = [...this.#all.filter((one) => !isNew(one) || !next.some(({ id }) => id === one.id)), ...lost];
      throw error;
    }
  }

  /**
   * Writes down how a delivery stands; durable when it resolves, unless the disk refuses. Then it is in memory all the same and kept
   * with the next change: a full disk of ours must not keep a token from its bot.
   */
  async setState(id: string, change: (state: DeliveryState) => DeliveryState): Promise<void> {
    const delivery = this.get(id);
    if (delivery === null) return;
    const state = change(delivery.state);
    if (state === delivery.state) return;
    this.#all = this.#all.map((one) => (one.id === id ? { ...one, state } : one));
    await this.#keep();
  }

  /** Remembers what a file is, as `setState` does. */
  async setPlace(id: string, place: EnvPlace): Promise<void> {
    const delivery = this.get(id);
    if (delivery === null || !isFileDelivery(delivery)) return;
    const { path, uid, isPublic } = delivery.to.target.place ?? { path: null, uid: null, isPublic: false };
    if (path === place.path && uid === place.uid && isPublic === place.isPublic) return;
    const { target } = delivery.to;
    this.#all = this.#all.map((one) => (one.id === id ? { ...one, to: { kind: 'env-file', target: { ...target, place } } } : one));
    await this.#keep();
  }

  /** Takes out what nobody needs any more, as `setState` does. */
  async drop(isNeedless: (delivery: Delivery) => boolean): Promise<void> {
    const left = this.#all.filter((one) => !isNeedless(one));
    if (left.length === this.#all.length) return;
    this.#all = left;
    await this.#keep();
  }

  /** Saves again what the disk refused before. Never rejects. */
  async retry(): Promise<void> {
    if (this.#isUnsaved) await this.#keep();
  }

  async #keep(): Promise<void> {
    try {
      await this.#save();
    } catch (error) {
      this.#log.write('warn', 'delivery.not-saved', { error: error instanceof Error ? error.message : 'unknown' });
    }
  }

  /** One save after the other, each with what stands when its turn comes. */
  #save(): Promise<void> {
    const turn = this.#saving.catch(() => undefined).then(async () => {
      this.#isUnsaved = true;
      await this.#store.save(this.#all);
      this.#isUnsaved = false;
    });
    this.#saving = turn;
    return turn;
  }
}
