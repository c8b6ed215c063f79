import { type Spread, spreadOf } from './report/spread.ts';

/** A piece of work; answers how long the part that counts took, ms. */
export type Timed = () => Promise<number>;

/** Rounds that are run and not counted: the compiler settles in them. */
const WARM_UP = 3;

/** Times a piece of work as a whole, ms. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Runs two pieces of work in turn, so that whatever else the machine does meets both alike. ms. */
export async function inTurns(rounds: number, ours: Timed, rival: Timed): Promise<{ readonly ours: Spread; readonly rival: Spread }> {
  const mine: number[] = [];
  const theirs: number[] = [];
  for (let round = -WARM_UP; round < rounds; round += 1) {
    // Who goes first changes, because the second may find warm caches or a pending collection.
    const first = round % 2 === 0;
    const a = first ? await ours() : null;
    const b = await rival();
    const c = a ?? (await ours());
    if (round < 0) continue;
    mine.push(c);
    theirs.push(b);
  }
  return { ours: spreadOf(mine), rival: spreadOf(theirs) };
}

/** Runs one piece of work several times after a warm-up, ms. */
export async function repeated(rounds: number, work: Timed, warmUp = WARM_UP): Promise<Spread> {
  const taken: number[] = [];
  for (let round = -warmUp; round < rounds; round += 1) {
    const ms = await work();
    if (round >= 0) taken.push(ms);
  }
  return spreadOf(taken);
}

/** The same spread in another unit. */
export function scaled({ median, min, max, rounds }: Spread, factor: number): Spread {
  return { median: median * factor, min: min * factor, max: max * factor, rounds };
}
