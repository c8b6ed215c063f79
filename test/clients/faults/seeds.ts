import pLimit from 'p-limit';
import { expect, it } from 'vitest';
import { type RunReport, runSeed } from './run.ts';

/** Seeds to a test. */
const GROUP = 50;
/** Runs that wait for a Meta that hangs take no processor, so some go on at once. */
const AT_ONCE = 12;
const LIMIT_MS = 180_000;

/** Declares tests over a range of seeds; with EVERTOKEN_SEED for that one alone. A failure names the seed, what happened in it, and how to run it again. */
export function seedsKeepTheirPromises(first: number, count: number): void {
  const alone = process.env['EVERTOKEN_SEED'];
  const all = Array.from({ length: count }, (_, at) => first + at).filter((seed) => alone === undefined || seed === Number(alone));
  const groups = Array.from({ length: Math.ceil(all.length / GROUP) }, (_, at) => all.slice(at * GROUP, (at + 1) * GROUP));
  it.each(groups.map((seeds) => [seeds[0], seeds.at(-1), seeds] as const))('seeds %i to %i keep every promise', { timeout: LIMIT_MS }, async (_from, _to, seeds) => {
    const atOnce = pLimit(AT_ONCE);
    const reports = await Promise.all(seeds.map((seed) => atOnce(() => runSeed(seed))));
    expect(reports.flatMap(complaints)).toEqual([]);
    // A run in which nothing is sent keeps every promise too.
    expect(reports.filter(({ sent }) => sent < 4)).toEqual([]);
  });
}

function complaints({ seed, violations, happened }: RunReport): readonly string[] {
  if (violations.length === 0) return [];
  const steps = happened.map(({ round, client, deed, to, outcome }) => `${round} ${client} ${deed} ${to ?? ''} ${outcome.kind} ${outcome.kind === 'refused' ? outcome.refusal.message : ''}`);
  return [...violations.map(({ promise, detail }) => `EVERTOKEN_SEED=${seed} npx vitest run test/clients/faults: ${promise}: ${detail}`), ...steps];
}
