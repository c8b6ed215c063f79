import type { Violation } from '../oracle/verdicts.ts';
import { liveOneYear } from '../year.ts';
import type { PlantedDefect } from './catalogue.ts';

/** How many seeds a planted defect may survive. */
export const PATIENCE = 40;

/** The first seed that catches a planted defect by a promise that it breaks, and what it saw; null where none does. */
export async function hunt({ breaks, plant, shape = {} }: Pick<PlantedDefect, 'breaks' | 'plant' | 'shape'>, seeds = PATIENCE): Promise<{ readonly seed: number; readonly violation: Violation } | null> {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { violations } = await liveOneYear(seed, { defect: plant(), shape });
    const violation = violations.find(({ invariant }) => breaks.includes(invariant));
    if (violation !== undefined) return { seed, violation };
  }
  return null;
}
