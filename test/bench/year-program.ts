import type { Clock } from '../../src-main/core/ports.ts';
import { DAY, HOUR, MINUTE } from '../../src-main/core/time.ts';
import { connectShop, portsOn, startedKeeper, textStore } from './keeper-on.ts';
import { createInstantMeta } from './meta/instant-meta.ts';

/** What a simulated year came to. */
export interface Year {
  readonly connections: number;
  readonly ticks: number;
  /** Exchanges that Meta was asked for, also in vain. */
  readonly exchanges: number;
  /** Tokens that Meta was asked about. */
  readonly checks: number;
  /** Heap in use after a collection, at the end of each month of 30 days, kB. */
  readonly heapKb: readonly number[];
  readonly residentMb: number;
  /** Processor time of the year. */
  readonly seconds: number;
}

const CONNECTIONS = 20;
const MONTHS = 12;

/** A program: lives a year with a tick a minute and sends what it came to. Start it with `--expose-gc`. */
async function live(): Promise<Year> {
  let now = Date.UTC(2030, 0, 1);
  let passed = 0;
  const clock: Clock = { now: () => now, monotonic: () => passed };
  const meta = createInstantMeta(() => now);
  const keeper = await startedKeeper(portsOn(clock, meta.port, textStore()));
  const ids: string[] = [];
  for (let shop = 1; shop <= CONNECTIONS; shop += 1) ids.push(await connectShop(keeper, clock, shop, 60 * DAY));
  const heapKb: number[] = [];
  let ticks = 0;
  for (let month = 1; month <= MONTHS; month += 1) {
    for (let minute = 0; minute < (30 * DAY) / MINUTE; minute += 1) {
      meta.silent = month % 3 === 0 && minute < (7 * DAY) / MINUTE;
      now += MINUTE;
      passed += MINUTE;
      await keeper.tick();
      ticks += 1;
      if (minute % (HOUR / MINUTE) !== 0) continue;
      for (const id of ids) if ((await keeper.accessToken(id)) === null) throw new Error('a connection lost its token');
      if (keeper.status().connections.length !== CONNECTIONS) throw new Error('a connection was lost');
    }
    await collected();
    heapKb.push(process.memoryUsage().heapUsed / 1_000);
  }
  const unhealthy = keeper.status().connections.filter(({ health }) => health !== 'healthy').length;
  if (unhealthy > 0) throw new Error(`${unhealthy} connections are not healthy after the year`);
  const { user, system } = process.cpuUsage();
  return { connections: CONNECTIONS, ticks, exchanges: meta.calls.exchange, checks: meta.calls.debug, heapKb, residentMb: process.memoryUsage().rss / 1e6, seconds: (user + system) / 1e6 };
}

/** Twice, with a turn of the event loop in between, because what is finalised in the first is free only then. */
async function collected(): Promise<void> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('start this with --expose-gc');
  gc();
  await new Promise((resolve) => setImmediate(resolve));
  gc();
}

process.send?.(await live());
process.disconnect();
