/** Work that nobody waits for until the keeper stops. */
export class OpenWork {
  readonly #open = new Set<Promise<unknown>>();

  /** Takes note of work under way, which must not reject, and answers it. */
  add<T>(work: Promise<T>): Promise<T> {
    this.#open.add(work);
    void work.finally(() => this.#open.delete(work));
    return work;
  }

  /** Resolves when all that is under way now is over. */
  async settled(): Promise<void> {
    await Promise.all(this.#open);
  }
}
