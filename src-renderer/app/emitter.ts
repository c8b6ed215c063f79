/** Tells listeners that something changed; what it is now, they read themselves. The half of a store that React asks for. */
export interface Emitter {
  readonly subscribe: (listener: () => void) => () => void;
  readonly emit: () => void;
}

export function createEmitter(): Emitter {
  const listeners = new Set<() => void>();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit: () => {
      for (const listener of listeners) listener();
    },
  };
}
