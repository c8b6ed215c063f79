import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';
import { isAlive } from './meta-truth.ts';
import type { Shop } from './shop.ts';
import { newAppSecret } from './shops.ts';
import type { World } from './world.ts';

/** Mean days between troubles of one sort. */
const RARITY = { none: null, some: 30, much: 7 } as const;

/** Puts all that befalls a computer and its shops in a year on the agenda. */
export function planEvents(world: World): void {
  planPower(world);
  planWeather(world);
  planKeychain(world);
  planDisk(world);
  planKills(world);
  planClock(world);
  for (const shop of world.shops) {
    planMischief(world, shop);
    planPolicy(world, shop);
  }
}

/** Something that begins, lasts, and ends, again and again. */
function recurring(world: World, name: string, meanDays: number | null, begin: () => number | null, end: () => void): void {
  if (meanDays === null) return;
  const next = (): void => world.agenda.at(world.clock.now + 10 * MINUTE + world.random.gap(meanDays * DAY), name, () => {
    world.noteTroubles();
    const lasts = begin();
    world.noteTroubles();
    if (lasts === null) {
      next();
      return;
    }
    world.agenda.at(world.clock.now + lasts, `${name} ends`, () => {
      world.noteTroubles();
      end();
      world.noteTroubles();
      next();
    });
  });
  next();
}

function someTime(world: World): number {
  return world.random.pick([5 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY, 8 * DAY]) * (0.5 + world.random.next());
}

function planWeather(world: World): void {
  recurring(
    world,
    'weather',
    RARITY[world.scenario.weather],
    () => {
      world.weather = world.random.pick(['silent', 'silent', 'server-errors', 'throttled', 'exchange-lost', 'exchange-errors', 'debug-silent', 'access-silent', 'flaky']);
      world.note(`weather ${world.weather}`);
      return world.random.chance(0.05) ? 25 * DAY : someTime(world);
    },
    () => {
      world.weather = 'clear';
    },
  );
}

function planKeychain(world: World): void {
  const meanDays = RARITY[world.scenario.keychain];
  recurring(
    world,
    'keychain',
    meanDays,
    () => {
      const mood = world.random.pick(['locked', 'locked', 'locked', 'unavailable', 'no-collection', 'drops-writes', 'loses-one']);
      world.note(`keychain ${mood}`);
      if (mood === 'loses-one') {
        const accounts = [...world.keychain.items.keys()].filter((account) => !account.endsWith('sentinel'));
        const lost = world.random.chance(0.3) ? accounts[world.random.int(0, accounts.length - 1)] : undefined;
        if (lost !== undefined) world.keychain.lose(lost);
        return null;
      }
      world.keychain.mood = mood;
      return someTime(world) / 2;
    },
    () => {
      world.keychain.mood = 'open';
    },
  );
}

function planDisk(world: World): void {
  recurring(
    world,
    'disk full',
    RARITY[world.scenario.disk],
    () => {
      world.disk.full = true;
      return world.random.pick([MINUTE, 10 * MINUTE, HOUR, 12 * HOUR]);
    },
    () => {
      world.disk.full = false;
    },
  );
}

function planKills(world: World): void {
  const meanDays = RARITY[world.scenario.kills];
  const restart = (): void => world.agenda.at(world.clock.now + world.random.gap((meanDays ?? 40) * DAY), 'restart', async () => {
    // An orderly end half of the time, for an update for example.
    if (world.random.chance(0.5)) await world.ask('stop', (keeper) => keeper.stop());
    if (world.life !== null) world.quit();
    restart();
  });
  restart();
}

function planClock(world: World): void {
  recurring(
    world,
    'clock',
    RARITY[world.scenario.clock],
    () => {
      world.clock.offset = world.random.pick([-400 * DAY, -3 * DAY, -2 * HOUR, -5 * MINUTE, 5 * MINUTE, 2 * HOUR, 3 * DAY, 400 * DAY]);
      world.clockWasSet = true;
      world.note(`clock ${world.clock.offset}`);
      return world.random.pick([20 * MINUTE, 6 * HOUR, 2 * DAY]);
    },
    () => {
      world.clock.offset = 0;
      world.clockWasSet = true;
    },
  );
}

function planPower(world: World): void {
  const { power } = world.scenario;
  if (power === 'always-on') return;
  const awakeFor = (): number => (power === 'office' ? (8 + 3 * world.random.next()) * HOUR : world.random.gap(4 * HOUR) + 5 * MINUTE);
  const asleepFor = (): number => (power === 'office' ? (world.random.chance(0.15) ? 62 : 14) * HOUR : world.random.chance(0.02) ? world.random.gap(20 * DAY) : world.random.gap(12 * HOUR) + MINUTE);
  const sleep = (): void => world.agenda.at(world.clock.now + awakeFor(), 'sleep', () => {
    world.asleep = true;
    world.agenda.at(world.clock.now + asleepFor(), 'awake', async () => {
      world.asleep = false;
      if (world.keeper !== null) await world.ask('wake', (keeper) => keeper.wake());
      sleep();
    });
  });
  sleep();
}

function planMischief(world: World, shop: Shop): void {
  recurring(
    world,
    'mischief',
    RARITY[world.scenario.mischief],
    () => {
      shop.mischief = world.random.pick(['same-string', 'same-expiry', 'earlier', 'no-messaging', 'fewer-extras', 'other-user', 'no-access', 'dead-on-arrival', 'refused']);
      world.note(`mischief ${shop.mischief}`);
      return world.random.pick([HOUR, DAY, 10 * DAY, 40 * DAY]);
    },
    () => {
      shop.mischief = null;
    },
  );
}

function planPolicy(world: World, shop: Shop): void {
  const rarity = RARITY[world.scenario.policy];
  recurring(
    world,
    'policy',
    rarity === null ? null : rarity * 3,
    () => {
      const what = world.random.pick(['dies', 'dies', 'all-die', 'access-lost', 'app-refused', 'secret-reset']);
      world.note(`policy ${what}`);
      const living = world.truth.of(shop).filter((token) => isAlive(token, world.clock.now));
      const cause = world.random.pick(['password_changed', 'logged_out', 'app_removed', 'inactive_90_days']);
      switch (what) {
        case 'dies': {
          const newest = living.at(-1);
          if (newest !== undefined) newest.death = cause;
          return null;
        }
        case 'all-die':
          for (const token of living) token.death = cause;
          return null;
        case 'access-lost':
          shop.accessLost = true;
          return someTime(world);
        case 'app-refused':
          shop.appRefused = true;
          return someTime(world);
        case 'secret-reset':
          shop.appSecret = newAppSecret(world.random);
          return null;
      }
    },
    () => {
      shop.accessLost = false;
      shop.appRefused = false;
    },
  );
}
