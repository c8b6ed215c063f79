import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Which processors the programs of a measurement may run on, as taskset takes them; null leaves it to the system. */
export interface Placement {
  /** Whoever is measured: all of a contender's threads. */
  readonly contender: string | null;
  /** The load, and what stands behind the contender. */
  readonly others: string | null;
  /** The same in words, for whoever reads the figures. */
  readonly words: string;
}

/** One processor for the contender alone, the others for the rest: rounds are steadier so, and a contender is measured by what it does with one processor. */
export function placement(): Placement {
  const count = availableParallelism();
  if (process.platform !== 'linux' || count < 2 || spawnSync('taskset', ['-V'], { stdio: 'ignore' }).status !== 0) {
    return { contender: null, others: null, words: 'Nothing is pinned to a processor.' };
  }
  const last = String(count - 1);
  const others = count === 2 ? '0' : `0-${count - 2}`;
  return { contender: last, others, words: `Pinned with taskset: each contender to processor ${last}, load and upstream to ${others}.` };
}
