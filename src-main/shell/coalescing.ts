/** Does something soon, once for however often it is asked. */
export interface Coalesced {
  soon(): void;
  /** Does nothing more; what was asked for is dropped. */
  stop(): void;
}

/** Makes `work` happen `within` ms after it was first asked for, so that a burst of changes is shown once. */
export function coalesced(within: number, work: () => void): Coalesced {
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  return {
    soon: () => {
      if (timer !== null || stopped) return;
      timer = setTimeout(() => {
        timer = null;
        work();
      }, within);
    },
    stop: () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
