/** What Electron hands to a listener that may say no. */
export class HostEvent {
  #prevented = false;

  /** Keeps the thing from happening. */
  preventDefault(): void {
    this.#prevented = true;
  }

  /** Whether a listener has said no. */
  get defaultPrevented(): boolean {
    return this.#prevented;
  }
}

/** An event that also carries facts, as Electron's newer events do: the facts are properties of the event itself. */
export function eventWith<Facts extends object>(facts: Facts): HostEvent & Facts {
  return Object.assign(new HostEvent(), facts);
}
