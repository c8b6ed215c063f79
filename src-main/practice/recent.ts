/** The last so many of something. Practice mode can run for weeks, so nothing in it may grow for ever. */
export interface Recent<T> {
  add(item: T): void;
  /** Oldest first. */
  list(): readonly T[];
  clear(): void;
}

/** Keeps at most `capacity` items and forgets the oldest. */
export function createRecent<T>(capacity: number): Recent<T> {
  let items: T[] = [];
  return {
    add: (item) => {
      items.push(item);
      // Trimmed in bulk, so that adding stays cheap.
      if (items.length >= capacity * 2) items = items.slice(-capacity);
    },
    list: () => items.slice(-capacity),
    clear: () => {
      items = [];
    },
  };
}
