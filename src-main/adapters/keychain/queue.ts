/** How one native call ended, as far as the caller waited for it. */
export type NativeAnswer<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Not settled within the soft limit, or never begun because another call has not settled. */
  | { readonly kind: 'waiting'; readonly begun: boolean };

/** Runs native calls one at a time. */
export interface NativeQueue {
  call<T>(begin: () => Promise<T>): Promise<NativeAnswer<T>>;
  /** True while a native call has not settled; `process.exit` would wait for it. */
  hasOpenCall(): boolean;
}

/** Settings of the queue. */
export interface NativeQueueOptions {
  /** How long a caller waits for the keychain, ms. */
  readonly softLimitMs: number;
  /** Told when a call that was given up on settles after all; `answered` is false for a rejection or a null. */
  readonly onLateAnswer?: (answered: boolean) => void;
}

/**
 * A queue of width one over calls that may never settle. While the unlock prompt of a Linux keyring is open a
 * call hangs, and it holds one of Node's four worker threads: four of them stop all file and name look-ups of the
 * process. So a caller is sent away after the soft limit, but the call keeps its place: nothing else is begun until
 * it settles, and whoever comes meanwhile, or stood in line behind it, is sent away at once.
 */
export function createNativeQueue({ softLimitMs, onLateAnswer }: NativeQueueOptions): NativeQueue {
  const line: { readonly start: () => void; readonly sendAway: () => void }[] = [];
  let inFlight = false;
  let stuck = false;

  const next = (): void => {
    if (!inFlight) line.shift()?.start();
  };

  const run = <T>(begin: () => Promise<T>, answer: (answer: NativeAnswer<T>) => void): void => {
    inFlight = true;
    let gaveUp = false;
    const limit = setTimeout(() => {
      gaveUp = true;
      stuck = true;
      answer({ kind: 'waiting', begun: true });
      for (const waiter of line.splice(0)) waiter.sendAway();
    }, softLimitMs);
    const settle = (settled: NativeAnswer<T>): void => {
      clearTimeout(limit);
      inFlight = false;
      stuck = false;
      if (gaveUp) onLateAnswer?.(settled.kind === 'value' && settled.value !== null);
      else answer(settled);
      next();
    };
    begin().then(
      (value) => settle({ kind: 'value', value }),
      (error: unknown) => settle({ kind: 'failed', error }),
    );
  };

  return {
    hasOpenCall: () => inFlight,
    call: <T>(begin: () => Promise<T>) =>
      new Promise<NativeAnswer<T>>((resolve) => {
        if (stuck) {
          resolve({ kind: 'waiting', begun: false });
          return;
        }
        line.push({ start: () => run(begin, resolve), sendAway: () => resolve({ kind: 'waiting', begun: false }) });
        next();
      }),
  };
}
