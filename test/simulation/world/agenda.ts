/** What will happen in the world, in order of time. */
export class Agenda {
  readonly #events: { readonly at: number; readonly name: string; readonly happen: () => void | Promise<void> }[] = [];

  /** Puts an event down for an instant (ms). Of two at the same instant the one put down first happens first. */
  at(at: number, name: string, happen: () => void | Promise<void>): void {
    const place = this.#events.findIndex((event) => event.at > at);
    this.#events.splice(place === -1 ? this.#events.length : place, 0, { at, name, happen });
  }

  /** When the next one happens, or infinity. */
  get nextAt(): number {
    return this.#events[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Takes the next event off. */
  take(): { readonly name: string; readonly happen: () => void | Promise<void> } | null {
    return this.#events.shift() ?? null;
  }
}
