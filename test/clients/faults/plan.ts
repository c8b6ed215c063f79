import type { Endpoint } from '../../../src-main/practice/endpoints.ts';
import type { Fault } from '../../../src-main/practice/faults.ts';
import type { Random } from '../../simulation/world/random.ts';

/** What a bot does in a run. */
export type Deed = 'text' | 'template' | 'read' | 'templates' | 'upload' | 'download';

/** What else happens while the bots are at it. */
export type Happening =
  /** Nothing. */
  | 'none'
  /** The owner renews the token. */
  | 'renewal'
  /** Meta ends the token in use; the owner replaces it when the round is over. */
  | 'death'
  /** Sends are on their way with the token in use when the owner puts a newer one in its place and Meta ends the older. */
  | 'overtaken';

/** One round: bots by number, each with its deed, all at once, under the weather of the round. */
export interface Round {
  readonly happening: Happening;
  readonly faults: readonly Fault[];
  readonly deeds: readonly { readonly bot: number; readonly deed: Deed }[];
}

/** How many bots there are: one for each client, and one that uses `fetch`. */
export const BOTS = 4;

const ROUNDS = 6;
const BUSY: readonly Endpoint[] = ['messages', 'number', 'media', 'download', 'templates'];

/** Everything that a seed decides. The last round is a calm one, in which everything must work again. */
export function planOf(random: Random): readonly Round[] {
  // A Meta that hangs is waited for in vain each time, so not every run has one.
  const hangs = random.chance(0.2);
  const rounds = Array.from({ length: ROUNDS }, () => roundOf(random, hangs));
  return [...rounds, { happening: 'none', faults: [], deeds: Array.from({ length: BOTS }, (_, bot) => ({ bot, deed: 'text' as const })) }];
}

function roundOf(random: Random, hangs: boolean): Round {
  const happening = random.weighted<Happening>({ none: 5, renewal: 2, death: 1, overtaken: 2 });
  if (happening === 'overtaken') return { happening, faults: [], deeds: some(random, random.int(1, 4), () => random.weighted<Deed>({ text: 3, template: 1 })) };
  return { happening, faults: random.chance(0.8) ? some(random, random.int(1, 3), () => faultOf(random, hangs)).map(({ deed }) => deed) : [], deeds: some(random, random.int(2, 5), () => random.weighted<Deed>({ text: 8, template: 3, read: 2, templates: 1, upload: 2, download: 2 })) };
}

function some<T>(random: Random, count: number, make: () => T): readonly { readonly bot: number; readonly deed: T }[] {
  return Array.from({ length: count }, () => ({ bot: random.int(0, BOTS - 1), deed: make() }));
}

function faultOf(random: Random, hangs: boolean): Fault {
  const on = random.chance(0.6) ? 'messages' : random.pick(['messages', 'number', 'media', 'download', 'templates']);
  const times = random.int(1, 3);
  const afterEffect = random.chance(0.5);
  switch (random.weighted({ drop: 4, error: 4, hang: hangs ? 3 : 0, page: 2, throttled: 3, slow: 3, refused: 1, leak: 1, exchange: 1 })) {
    case 'drop':
      return { kind: 'drop', afterEffect, on, times };
    case 'error':
      return { kind: 'server-error', status: random.pick([500, 502, 503]), afterEffect, on, times };
    case 'hang':
      return { kind: 'hang', afterEffect, on, times: 1 };
    case 'page':
      return { kind: 'html', status: random.pick([502, 503]), afterEffect, on, times };
    case 'throttled':
      return { kind: 'refuse', row: random.pick([4, 80007, 130429, 131056]), on, times };
    case 'slow':
      return { kind: 'latency', ms: random.int(5, 60), on, times };
    case 'refused':
      // Meta says once that the token is none, and takes it the next time.
      return { kind: 'refuse', row: random.pick(['session_invalid', 'cannot_parse']), on, times: 1 };
    case 'leak':
      return { kind: 'wording', wording: { echoToken: true }, on: BUSY };
    case 'exchange':
      // Whatever else is wrong, a renewal may fail too.
      return { kind: 'drop', afterEffect, on: ['exchange', 'debug'], times: 2 };
  }
}
