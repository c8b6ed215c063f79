import { printable } from '../core/words/printable.ts';
import { stopped, went } from './report.ts';
import type { Step } from './report.ts';

/** How the things of one kind are named. */
export interface Naming<Thing> {
  /** "key", "delivery". */
  readonly kind: string;
  readonly name: (thing: Thing) => string;
  /** What to do where there is none at all. */
  readonly none: string;
}

/** Finds what `wanted` names: by its id, else by its name, else by its name whatever the case, else by how its id begins. Two are asked about, never guessed. */
export function pick<Thing extends { readonly id: string }>(all: readonly Thing[], wanted: string, { kind, name, none }: Naming<Thing>): Step<Thing> {
  if (all.length === 0) return stopped(`no-such-${kind}`, none);
  const plain = wanted.trim().toLowerCase();
  const tries: readonly ((thing: Thing) => boolean)[] = [
    ({ id }) => id === wanted,
    (thing) => name(thing) === wanted,
    (thing) => name(thing).trim().toLowerCase() === plain,
    ({ id }) => wanted !== '' && id.startsWith(wanted),
  ];
  const found = tries.map((fits) => all.filter(fits)).find((some) => some.length > 0) ?? [];
  const [only, ...others] = found;
  const listed = (things: readonly Thing[]): string => things.map((thing) => `"${printable(name(thing))}" (${printable(thing.id)})`).join(', ');
  if (only === undefined) return stopped(`no-such-${kind}`, `There is no ${kind} of that name. There is: ${listed(all)}.`);
  return others.length === 0 ? went(only) : stopped(`which-${kind}`, `Say which ${kind} is meant, by its id. There is: ${listed(found)}.`);
}
