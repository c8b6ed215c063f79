import { DAY, HOUR, MINUTE } from '../time.ts';
import { SHORT_LIFE } from '../token/kind.ts';
import type { Rung } from './alert.ts';

interface Step {
  readonly rung: Rung;
  /** How long before the deadline it is told, ms. */
  readonly lead: number;
}

/** The ladder towards a deadline that needs a person, widest first. `ended` is told by proof, not by the clock. */
export const LADDER: readonly Step[] = [
  { rung: '14d', lead: 14 * DAY },
  { rung: '7d', lead: 7 * DAY },
  { rung: '3d', lead: 3 * DAY },
  { rung: '1d', lead: DAY },
  { rung: '6h', lead: 6 * HOUR },
  { rung: '1h', lead: HOUR },
  { rung: '30m', lead: 30 * MINUTE },
];

const ORDER: readonly Rung[] = [...LADDER.map((step) => step.rung), 'ended'];

/**
 * The tightest rung reached with `remaining` ms to go, or null. A token whose whole life (ms) is under 3 days skips
 * the rungs that lie in its first half: it would be born warning.
 */
export function rungAt(remaining: number, life: number | null): Rung | null {
  return stepsFor(life).findLast((step) => remaining <= step.lead)?.rung ?? null;
}

/** Ms to go at which the next rung is reached, or null when the last one was. */
export function nextLead(remaining: number, life: number | null): number | null {
  return stepsFor(life).find((step) => step.lead < remaining)?.lead ?? null;
}

/** True when `rung` is `other` or tighter. */
export function atLeast(rung: Rung, other: Rung): boolean {
  return ORDER.indexOf(rung) >= ORDER.indexOf(other);
}

function stepsFor(life: number | null): readonly Step[] {
  return life !== null && life < SHORT_LIFE ? LADDER.filter((step) => step.lead <= life / 2) : LADDER;
}
