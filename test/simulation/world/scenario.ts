import type { Made } from './meta-truth.ts';
import type { Random } from './random.ts';
import type { LongLivedExchange } from './shop.ts';

type Amount = 'none' | 'some' | 'much';

/** What kind of a year a seed is. */
export interface Scenario {
  readonly shops: number;
  readonly made: Made;
  readonly givesSecret: boolean;
  readonly givesIds: boolean;
  readonly longLivedExchange: LongLivedExchange;
  readonly hidesType: boolean;
  readonly hidesIssuedAt: boolean;
  readonly sixtyDaysOnly: boolean;
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly countsSleep: boolean;
  readonly power: 'always-on' | 'office' | 'laptop';
  readonly weather: Amount;
  readonly keychain: Amount;
  readonly disk: Amount;
  readonly kills: Amount;
  readonly mischief: Amount;
  /** Passwords changed, tokens revoked, access lost, app secrets reset. */
  readonly policy: Amount;
  readonly clock: Amount;
  readonly owner: 'diligent' | 'slow' | 'absent';
  readonly meddles: Amount;
  readonly dateHeader: 'right' | 'absent' | 'late';
}

/** Draws a year. About one in four is calm in most respects, so that a single cause can be seen by itself. */
export function drawScenario(random: Random): Scenario {
  const calm = random.chance(0.25);
  const amount = (none: number, some: number, much: number): Amount => random.weighted<Amount>(calm ? { none: 12, some: 2, much: 1 } : { none, some, much });
  return {
    shops: random.chance(0.15) ? 2 : 1,
    made: random.weighted<Made>({ 'system-60': 5, 'system-never': 2, 'user-short': 2, 'user-day': 3, 'user-long': 2 }),
    givesSecret: random.chance(0.85),
    givesIds: random.chance(0.8),
    longLivedExchange: random.weighted<LongLivedExchange>({ extends: 4, 'same-string': 1, 'same-expiry': 1 }),
    hidesType: random.chance(0.1),
    hidesIssuedAt: random.chance(0.3),
    sixtyDaysOnly: random.chance(0.3),
    platform: random.weighted({ linux: 6, darwin: 1, win32: 1 }),
    countsSleep: random.chance(0.4),
    power: random.weighted({ 'always-on': 3, office: 4, laptop: 3 }),
    weather: amount(2, 4, 3),
    keychain: amount(3, 4, 2),
    disk: amount(6, 2, 1),
    kills: amount(2, 4, 3),
    mischief: amount(4, 3, 2),
    policy: amount(4, 4, 1),
    clock: amount(7, 2, 1),
    owner: random.weighted({ diligent: 4, slow: 3, absent: 1 }),
    meddles: amount(3, 4, 2),
    dateHeader: random.weighted({ right: 8, absent: 1, late: 1 }),
  };
}
