import { expect, it } from 'vitest';
import { liveOneYear } from './year.ts';

const AT_ONCE = 25;
/** Generous: the whole of 300 years is to stay below a minute on two cores. */
const LIMIT_MS = 120_000;

/** Declares tests over a range of seeds. A failure names the seed, the promise and the way to replay it. */
export function yearsKeepTheirPromises(first: number, count: number): void {
  for (let from = first; from < first + count; from += AT_ONCE) {
    const to = Math.min(from + AT_ONCE, first + count) - 1;
    it(`seeds ${from} to ${to} keep every promise`, { timeout: LIMIT_MS }, async () => {
      const broken: string[] = [];
      let steps = 0;
      for (let seed = from; seed <= to; seed += 1) {
        const report = await liveOneYear(seed);
        steps += report.steps;
        for (const { invariant, at, detail } of report.violations) broken.push(`npm run simulate -- --seed ${seed} --trace: ${invariant} at ${new Date(at).toISOString()}: ${detail}`);
      }
      expect(broken).toEqual([]);
      // A year in which nothing happens keeps every promise too.
      expect(steps).toBeGreaterThan(500 * (to - from + 1));
    });
  }
}
