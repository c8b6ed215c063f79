/** Counts the bytes of bodies that are held at one time, so that many callers together cannot fill the memory. */
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

/** The room that one call has taken. */
export class Room {
  readonly #held: Held;
  #taken = 0;

  constructor(held: Held) {
    this.#held = held;
  }

  /** Takes more; false where there is none. */
  take(bytes: number): boolean {
    if (!this.#held.take(bytes)) return false;
    this.#taken += bytes;
    return true;
  }

  /** Gives all of it back. Safe to call twice. */
  leave(): void {
    this.#held.give(this.#taken);
    this.#taken = 0;
  }
}
