import type { KeeperState } from '../../src-main/core/state.ts';
import { DAY, HOUR, MINUTE } from '../../src-main/core/time.ts';
import { judge } from './oracle/standing.ts';
import type { Violation } from './oracle/verdicts.ts';
import { planEvents } from './world/events.ts';
import { isAlive } from './world/meta-truth.ts';
import { Owner } from './world/owner.ts';
import type { Scenario } from './world/scenario.ts';
import type { Shop } from './world/shop.ts';
import { drawShops } from './world/shops.ts';
import { YEAR_START } from './world/sim-clock.ts';
import { Trace } from './world/trace.ts';
import { type Defect, World } from './world/world.ts';

/** How a simulated year went. */
export interface YearReport {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** Equal for equal runs. */
  readonly digest: string;
  readonly steps: number;
  /** The settings as they were at the end. */
  readonly settings: string;
}

/** What a run may be given besides its seed. */
export interface YearOptions {
  readonly days?: number;
  readonly defect?: Defect | null;
  readonly show?: (line: string) => void;
  readonly shape?: Partial<Scenario>;
}

/** Lives through one year of one seed, up to the first broken promise. */
export async function liveOneYear(seed: number, { days = 365, defect = null, show, shape = {} }: YearOptions = {}): Promise<YearReport> {
  const world = new World(seed, new Trace(show ?? null), defect, shape);
  show?.(JSON.stringify(world.scenario));
  world.shops.push(...drawShops(world.scenario, world.random.fork()));
  for (const shop of world.shops) world.troubleAt.set(shop, world.clock.now);
  new Owner(world).begin();
  planEvents(world);
  const steps = await new Year(world).live(YEAR_START + days * DAY);
  return { seed, violations: world.verdicts.found, digest: world.trace.digest, steps, settings: world.disk.text };
}

/** Ticks a minute apart are spread out when the keeper has been at it for a while without an end near. */
const LONGEST_STRETCH = 60 * MINUTE;

class Year {
  readonly #world: World;
  readonly #phases = new Map<string, { readonly name: string; readonly since: number }>();
  #judged = 0;
  #ticksInARow = 0;
  #tickedAt = Number.NEGATIVE_INFINITY;

  constructor(world: World) {
    this.#world = world;
  }

  /** Returns the number of steps. */
  async live(end: number): Promise<number> {
    const world = this.#world;
    await world.boot();
    let steps = 0;
    while (world.clock.now < end && world.verdicts.found.length === 0) {
      steps += 1;
      const tickAt = this.#nextTickAt();
      const at = Math.min(world.agenda.nextAt, tickAt, end);
      this.#passTo(Math.max(at, world.clock.now));
      if (world.clock.now >= end) break;
      let settled = false;
      if (world.agenda.nextAt <= world.clock.now) await this.#happen();
      else settled = await this.#tick();
      await this.#judge(settled);
    }
    return steps;
  }

  #passTo(at: number): void {
    const { clock, weather, isUp, inUse, disk, holdings } = this.#world;
    const elapsed = at - clock.now;
    if (weather !== 'clear' && isUp) {
      for (const connection of disk.state.connections) {
        const record = connection.tokens.find((token) => token.id === connection.currentTokenId);
        const token = record === undefined ? null : holdings.tokenOf(record);
        const use = token === null ? undefined : inUse.get(token);
        if (use !== undefined) use.silent += elapsed;
      }
    }
    clock.pass(elapsed, !this.#world.asleep);
  }

  async #happen(): Promise<void> {
    const event = this.#world.agenda.take();
    if (event === null) return;
    if (event.name !== 'sleep' && event.name !== 'awake') this.#ticksInARow = 0;
    this.#world.note(event.name);
    await event.happen();
  }

  /** The next minute at which the keeper has something to do, true time in ms. */
  #nextTickAt(): number {
    const { world } = { world: this.#world };
    if (!world.isUp || world.keeper === null) return Number.POSITIVE_INFINITY;
    const dueAt = world.clockWasSet ? world.clock.port.now() : world.keeper.nextDueAt();
    if (dueAt === null) return Number.POSITIVE_INFINITY;
    const due = Math.max(dueAt - world.clock.offset, world.clock.now + 1);
    const minute = world.bootedAt + Math.ceil((due - world.bootedAt) / MINUTE) * MINUTE;
    const gap = minute - Math.max(this.#tickedAt, world.bootedAt);
    if (gap > 2 * MINUTE || this.#ticksInARow < 6) return minute;
    const stretch = Math.min(this.#endIsNear() ? 4 * MINUTE : LONGEST_STRETCH, (this.#ticksInARow - 4) * 2 * MINUTE);
    return Math.max(minute, this.#tickedAt + stretch);
  }

  #endIsNear(): boolean {
    const { world } = { world: this.#world };
    for (const token of world.inUse.keys()) {
      if (token.expiresAt !== null && isAlive(token, world.clock.now) && token.expiresAt - world.clock.now < 3 * HOUR) return true;
    }
    return false;
  }

  async #tick(): Promise<boolean> {
    const world = this.#world;
    this.#ticksInARow = world.clock.now - this.#tickedAt <= LONGEST_STRETCH + MINUTE ? this.#ticksInARow + 1 : 0;
    this.#tickedAt = world.clock.now;
    const woken = world.clockWasSet;
    world.clockWasSet = false;
    const done = woken ? await world.ask('wake', (keeper) => keeper.wake()) : await world.ask('tick', (keeper) => keeper.tick());
    return done?.ok === true && !world.disk.full;
  }

  async #judge(settled: boolean): Promise<void> {
    const world = this.#world;
    world.noteTroubles();
    if (!world.isUp || world.keeper === null) return;
    if (world.keychain.items.size > 60 * world.shops.length) world.verdicts.report('secrets-pile-up', `${world.keychain.items.size} secrets in the keychain`);
    for (const [shop, { id }] of world.connected) await this.#judgeOne(shop, id, settled);
  }

  #phaseFor({ id, renewal: { phase } }: KeeperState['connections'][number]): number {
    const { now } = this.#world.clock;
    const name = phase.phase === 'resting' ? null : `${phase.phase}/${'tokenId' in phase ? phase.tokenId : ''}`;
    const known = this.#phases.get(id);
    if (name === null) this.#phases.delete(id);
    else if (known?.name !== name) this.#phases.set(id, { name, since: now });
    return name === null || known?.name !== name ? 0 : now - known.since;
  }

  async #judgeOne(shop: Shop, id: string, settled: boolean): Promise<void> {
    const world = this.#world;
    const asked = await world.ask('token', (keeper) => keeper.accessToken(id));
    if (asked?.ok !== true || world.keeper === null) return;
    const handed = asked.value;
    const status = world.keeper.status();
    const view = status.connections.find((other) => other.id === id);
    const connection = world.disk.state.connections.find((other) => other.id === id);
    this.#judged += 1;
    if (this.#judged % 16 === 0) world.searchAnswer('status', status);
    if (view === undefined || connection === undefined) {
      if (!world.disk.full) world.verdicts.report('connection-vanished', id);
      return;
    }
    const { now } = world.clock;
    const inUse = handed === null ? null : world.truth.find(handed.token);
    if (inUse !== null && !world.inUse.has(inUse)) world.inUse.set(inUse, { since: now, silent: 0 });
    if (inUse === null) world.inUseNow.delete(shop);
    else if (world.inUseNow.get(shop)?.token !== inUse) world.inUseNow.set(shop, { token: inUse, since: now });
    judge(
      {
        now,
        shop,
        connection,
        view,
        handed,
        inUse,
        clearFor: world.isTroubled(shop) ? 0 : now - (world.troubleAt.get(shop) ?? now),
        settled: settled && !world.disk.full,
        secretKnown: world.secretKnown(shop),
        heldSince: inUse === null ? now : (world.inUse.get(inUse)?.since ?? now),
        inUseFor: now - (world.inUseNow.get(shop)?.since ?? now),
        upFor: now - world.bootedAt,
        birthUnsure: shop.hidesIssuedAt && Number.isFinite(world.clockTroubleAt),
        clockUnsure: world.clockUnsure,
        clockEverWrong: Number.isFinite(world.clockTroubleAt) && (world.scenario.dateHeader === 'absent' || world.scenario.weather !== 'none'),
        killedAt: world.killedAt,
        diskTroubleAt: world.diskTroubleAt,
        keychainOpen: world.keychain.mood === 'open',
        phaseFor: this.#phaseFor(connection),
      },
      world,
    );
  }
}
