/** What lies between the keeper and Meta. */
export type Weather =
  | 'clear'
  /** Nothing comes back. */
  | 'silent'
  | 'server-errors'
  | 'throttled'
  /** The exchange alone goes unanswered; it may have had its effect. */
  | 'exchange-lost'
  | 'exchange-errors'
  | 'debug-silent'
  | 'access-silent'
  /** Each call may fail by itself. */
  | 'flaky';

/** A call as the weather sees it. */
export type CallKind = 'debug' | 'exchange' | 'access';

/** What the weather does to one call. `effect`: it reached Meta all the same. */
export type Spoil = { readonly cause: 'network' | 'transient' | 'throttled'; readonly effect: boolean } | null;

/** Decides about one call; `roll` and `second` are uniform in [0, 1). */
export function spoil(weather: Weather, kind: CallKind, roll: number, second: number): Spoil {
  switch (weather) {
    case 'clear':
      return null;
    case 'silent':
      return { cause: 'network', effect: second < 0.1 };
    case 'server-errors':
      return { cause: 'transient', effect: second < 0.1 };
    case 'throttled':
      return { cause: 'throttled', effect: false };
    case 'exchange-lost':
      return kind === 'exchange' ? { cause: 'network', effect: second < 0.7 } : null;
    case 'exchange-errors':
      return kind === 'exchange' ? { cause: 'transient', effect: false } : null;
    case 'debug-silent':
      return kind === 'debug' ? { cause: 'network', effect: false } : null;
    case 'access-silent':
      return kind === 'access' ? { cause: 'network', effect: false } : null;
    case 'flaky':
      return roll < 0.35 ? { cause: second < 0.5 ? 'network' : 'transient', effect: second < 0.25 } : null;
  }
}
