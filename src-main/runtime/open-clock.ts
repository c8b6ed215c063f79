import { createFileClock, type FileClock } from '../adapters/file-clock.ts';
import { systemClock } from '../adapters/clock.ts';
import type { Clock } from '../core/ports.ts';

/** The clock of this run; only a trial's can be moved. */
export interface RunClock {
  readonly clock: Clock & { rate?(): number };
  /** Calls `listener` when a trial's clock was moved. */
  readonly onJump: (listener: () => void) => void;
  readonly stop: () => void;
}

/** The computer's clock, or for trials one that a file moves. */
export function openClock(clockFile: string | null, onBroken: (sentence: string) => void): RunClock {
  if (clockFile === null) return { clock: systemClock(), onJump: () => undefined, stop: () => undefined };
  const clock: FileClock = createFileClock(clockFile, { onBroken });
  return { clock, onJump: (listener) => void clock.onJump(listener), stop: () => clock.stop() };
}
