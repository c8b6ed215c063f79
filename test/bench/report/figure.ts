import type { Spread } from './spread.ts';

/** What a figure ought to be. `ours` is in the figure's unit, `ratio` is ours over the rival's, both by their medians. */
export type Goal =
  | { readonly of: 'ours' | 'ratio'; readonly kind: 'at-most' | 'below' | 'at-least'; readonly limit: number }
  | { readonly of: 'ours'; readonly kind: 'exactly'; readonly limit: number };

/** One measured thing. */
export interface Figure {
  /** Stable, kebab-case; for the JSON. */
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly ours: Spread;
  /** The same work done by somebody else, in rounds that took turns with ours. */
  readonly rival: { readonly name: string; readonly spread: Spread } | null;
  readonly goal: Goal | null;
  /** What a reader must know to believe the number. */
  readonly note: string | null;
}

/** Whether a figure is what it ought to be. */
export type Verdict = 'met' | 'MISSED' | 'no goal';

/** Ours over the rival's; null without a rival. */
export function ratioOf({ ours, rival }: Figure): number | null {
  return rival === null ? null : ours.median / rival.spread.median;
}

/** Judges a figure by its own medians. A ratio without a rival is a miss: what was not measured was not met. */
export function verdictOf(figure: Figure): Verdict {
  const { goal } = figure;
  if (goal === null) return 'no goal';
  const value = goal.of === 'ours' ? figure.ours.median : ratioOf(figure);
  return value !== null && holds(goal, value) ? 'met' : 'MISSED';
}

function holds({ kind, limit }: Goal, value: number): boolean {
  switch (kind) {
    case 'at-most':
      return value <= limit;
    case 'below':
      return value < limit;
    case 'at-least':
      return value >= limit;
    case 'exactly':
      return value === limit;
  }
}
