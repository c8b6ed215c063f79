/** Writes that overlap are made as one. */
export interface GroupCommit<T> {
  /** Resolves when this value, or one given after it, has been written; rejects with the error of that write. */
  save(value: T): Promise<void>;
  /** Resolves when nothing is under way; never rejects. */
  idle(): Promise<void>;
}

/**
 * Makes one write of many: while one is under way, later values wait, and only the last of them is written,
 * since each value is the whole of what is kept. One write is under way at any time.
 */
export function createGroupCommit<T>(write: (value: T) => Promise<void>): GroupCommit<T> {
  let waiting: { value: T; readonly done: Promise<void> } | null = null;
  let last: Promise<void> = Promise.resolve();

  const save = (value: T): Promise<void> => {
    if (waiting !== null) {
      waiting.value = value;
      return waiting.done;
    }
    const done = last.then(async () => {
      const next = waiting;
      waiting = null;
      if (next !== null) await write(next.value);
    });
    waiting = { value, done };
    last = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  };

  return { save, idle: () => last };
}
