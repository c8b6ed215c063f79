/** Counts the bytes that are held at one time, so that many callers together cannot fill the memory. */
export interface Held {
  /** Takes room for so many bytes more; false where there is none. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

/** Room for `capacity` bytes. */
export function createHeld(capacity: number): Held {
  let held = 0;
  return {
    take(bytes) {
      if (held + bytes > capacity) return false;
      held += bytes;
      return true;
    },
    give: (bytes) => {
      held -= bytes;
    },
  };
}

/** The room that one call has taken, for its body and its answer. */
export class Room {
  readonly #held: Held;
  readonly #strangers: Held;
  #taken = 0;
  #takenAsStranger = 0;

  /** `strangers`: the share of those who have shown no key yet. */
  constructor(held: Held, strangers: Held) {
    this.#held = held;
    this.#strangers = strangers;
  }

  /** Bytes taken altogether. */
  get taken(): number {
    return this.#taken + this.#takenAsStranger;
  }

  /** Takes more; false where there is none. */
  take(bytes: number): boolean {
    if (!this.#held.take(bytes)) return false;
    this.#taken += bytes;
    return true;
  }

  /** Takes more of the strangers' share; false where there is none. */
  takeAsStranger(bytes: number): boolean {
    if (!this.#strangers.take(bytes)) return false;
    this.#takenAsStranger += bytes;
    return true;
  }

  /** Whoever was a stranger has shown a key: what is held of it, `bytes`, is taken like everybody's. False where there is no room. */
  moveIn(bytes: number): boolean {
    if (!this.take(bytes)) return false;
    this.#strangers.give(this.#takenAsStranger);
    this.#takenAsStranger = 0;
    return true;
  }

  /** Gives all of it back. Safe to call twice. */
  leave(): void {
    this.#held.give(this.#taken);
    this.#strangers.give(this.#takenAsStranger);
    this.#taken = 0;
    this.#takenAsStranger = 0;
  }
}
