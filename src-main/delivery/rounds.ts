/** Does work under a name one time after the other. Whoever asks while it is being done has it done once more, for all who ask. */
export class Rounds {
  readonly #running = new Map<string, { again: Promise<void> | null; readonly now: Promise<void> }>();

  /** Resolves when a run of the work that began after this call has ended. The work must not reject. */
  run(name: string, work: () => Promise<void>): Promise<void> {
    const running = this.#running.get(name);
    if (running === undefined) {
      const now = Promise.resolve()
        .then(work)
        .finally(() => this.#running.delete(name));
      this.#running.set(name, { now, again: null });
      return now;
    }
    running.again ??= running.now.then(() => this.run(name, work));
    return running.again;
  }

  /** Resolves when nothing runs any more. */
  async rest(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ now, again }) => again ?? now));
  }
}
