import pLimit from 'p-limit';

/** Lets those who write the same real file do so one after the other. */
export class FileTurns {
  readonly #queues = new Map<string, ReturnType<typeof pLimit>>();

  /** Does the work when its turn has come. `path` is the real one, with links followed. */
  async take<T>(path: string, work: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(path) ?? pLimit(1);
    this.#queues.set(path, queue);
    try {
      return await queue(work);
    } finally {
      if (queue.activeCount === 0 && queue.pendingCount === 0) this.#queues.delete(path);
    }
  }
}
