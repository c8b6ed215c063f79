import type { Clock } from '../core/ports.ts';
import { MINUTE } from '../core/time.ts';

const SHORTEST_REAL_MS = 20;
const JUMP_MS = 2 * MINUTE;

/** A running ticker. */
export interface Ticker {
  /** Runs `onWake` (or the tick) now; call it when the clock was moved or the network came back. */
  poke(): void;
  /** No further run is begun. Resolves when the run under way, if any, has ended. */
  stop(): Promise<void>;
}

/** What a ticker does and how. */
export interface TickerOptions {
  /** What to do each minute. A rejection goes to `onError` and ends nothing. */
  readonly tick: () => Promise<void>;
  /** What to do instead after a sleep or a jump of the wall clock; the tick itself unless given. */
  readonly onWake?: () => Promise<void>;
  readonly onError: (error: unknown) => void;
  /** False keeps the process alive for the ticker's sake; true (unless told) does not. */
  readonly unref?: boolean;
}

/**
 * Runs something a wall-clock minute apart. There is one timer and it is short: a wait of more than
 * 2,147,483,647 ms would fire at once in Node, so nothing here ever waits for a far deadline; each tick
 * compares absolute times instead. On a clock with a rate the minute shrinks with it, down to 20 real ms.
 * Runs never overlap: the next minute counts from the end of a run.
 *
 * A sleep or a clock that was set shows as a wall clock that moved otherwise than the monotonic one, or as a
 * timer that fired two real minutes late (systems whose monotonic clock counts sleep). Both call `onWake`.
 */
export function everyMinute(clock: Clock & { rate?(): number }, options: TickerOptions): Ticker {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let pokedWhileRunning = false;
  let stopped = false;
  let wall = clock.now();
  let steady = clock.monotonic();

  const arm = (): void => {
    if (stopped) return;
    const realWait = Math.min(MINUTE, Math.max(SHORTEST_REAL_MS, MINUTE / (clock.rate?.() ?? 1)));
    const due = performance.now() + realWait;
    timer = setTimeout(() => begin(performance.now() - due > JUMP_MS), realWait);
    if (options.unref ?? true) timer.unref();
  };

  const hasJumped = (): boolean => {
    const wallDelta = clock.now() - wall;
    const steadyDelta = clock.monotonic() - steady;
    wall += wallDelta;
    steady += steadyDelta;
    return Math.abs(wallDelta - steadyDelta) > JUMP_MS;
  };

  const begin = (woken: boolean): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const work = hasJumped() || woken ? (options.onWake ?? options.tick) : options.tick;
    running = runSafely(work, options.onError).then(() => {
      running = null;
      if (stopped) return;
      if (pokedWhileRunning) {
        pokedWhileRunning = false;
        begin(true);
      } else arm();
    });
  };

  arm();
  return {
    poke: () => {
      if (stopped) return;
      if (running === null) begin(true);
      else pokedWhileRunning = true;
    },
    stop: async () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}

async function runSafely(work: () => Promise<void>, onError: (error: unknown) => void): Promise<void> {
  try {
    await work();
  } catch (error) {
    onError(error);
  }
}
