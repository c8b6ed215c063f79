import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemEntropy } from '../../../src-main/adapters/entropy.ts';
import { openStateStore } from '../../../src-main/adapters/settings.ts';
import type { KeeperState, StateStore } from '../../../src-main/core/state.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src-main/core/time.ts';
import type { Keeper } from '../../../src-main/keeper/api.ts';
import type { KeeperPorts } from '../../../src-main/keeper/ports.ts';
import { connectShop, movedClock, type MovedClock, portsOn, startedKeeper } from '../keeper-on.ts';
import { createInstantMeta, type InstantMeta } from '../meta/instant-meta.ts';
import type { Figure } from '../report/figure.ts';
import { spreadOf } from '../report/spread.ts';
import { repeated, scaled, timed } from '../rounds.ts';

const CONNECTIONS = 1_000;
/** Of them, tokens in their last hour, which are looked at every minute. */
const NEAR_END = 10;
/** A tick with a hundredth of the work may take this share of a full one; were it not by what is due, it would take all of it. */
const SHARE = 0.05;
const ROUNDS = 11;
const IDLE_TICKS = 20_000;

interface Crowd {
  readonly keeper: Keeper;
  readonly clock: MovedClock;
  readonly meta: InstantMeta;
}

/** Ticks and status with a thousand connections: what a tick costs by what is due in it. */
export async function crowdFigures(): Promise<readonly Figure[]> {
  const clock = movedClock();
  const meta = createInstantMeta(() => clock.now());
  const kept = heldStore();
  const ports = portsOn(clock, meta.port, kept.store);
  const crowd: Crowd = { keeper: await startedKeeper(ports), clock, meta };
  for (let shop = 1; shop <= CONNECTIONS; shop += 1) await connectShop(crowd.keeper, clock, shop, shop <= NEAR_END ? 59 * MINUTE : 60 * DAY, shop > NEAR_END);

  const idle = scaled(await repeated(ROUNDS, () => timed(() => idleTicks(crowd))), 1_000 / IDLE_TICKS);
  const status = await repeated(ROUNDS, () => statusRound(crowd.keeper));
  const answer = crowd.keeper.status();
  const json = JSON.stringify(answer);
  const few = await repeated(ROUNDS, () => dueRound(crowd, MINUTE, NEAR_END));
  const all = await repeated(ROUNDS, () => dueRound(crowd, 7 * HOUR, CONNECTIONS));
  await crowd.keeper.stop();
  const onDisk = await diskFigure(clock, meta, ports, kept.state());
  const instant = 'Meta, keychain and disk answer at once here, so this is the keeper’s own time.';
  return [
    { id: 'tick-none', name: 'tick, 0 of 1,000 due', unit: 'µs', ours: idle, rival: null, goal: { of: 'ours', kind: 'at-most', limit: 100 }, note: `${IDLE_TICKS.toLocaleString('en-US')} ticks a round.` },
    { id: 'tick-few', name: `tick, ${NEAR_END} of 1,000 due`, unit: 'ms', ours: few, rival: null, goal: { of: 'ours', kind: 'at-most', limit: all.median * SHARE }, note: `By what is due: its goal is ${SHARE * 100} % of the next line, for 1 % of the work. ${instant}` },
    { id: 'tick-all', name: 'tick, 1,000 of 1,000 due', unit: 'ms', ours: all, rival: null, goal: null, note: instant },
    onDisk,
    { id: 'status', name: 'status of 1,000', unit: 'ms', ours: status, rival: null, goal: { of: 'ours', kind: 'at-most', limit: 10 }, note: null },
    { id: 'status-json', name: 'status of 1,000 as JSON', unit: 'ms', ours: await repeated(ROUNDS, () => timed(async () => JSON.stringify(answer))), rival: null, goal: null, note: `${(json.length / 1_000).toFixed(0)} kB.` },
  ];
}

async function idleTicks({ keeper, clock }: Crowd): Promise<void> {
  const due = (keeper.nextDueAt() ?? 0) <= clock.now();
  if (due) throw new Error('something is due in a tick that was to find nothing');
  for (let tick = 0; tick < IDLE_TICKS; tick += 1) await keeper.tick();
}

async function dueRound({ keeper, clock, meta }: Crowd, pass: number, expected: number): Promise<number> {
  clock.ahead += pass + SECOND;
  const before = meta.calls.debug;
  const ms = await timed(() => keeper.tick());
  const looked = meta.calls.debug - before;
  if (looked < expected || looked > expected * 3) throw new Error(`${expected} were to be due, and ${looked} questions were asked`);
  return ms;
}

/** Status is quicker than a good clock reading, so several make a round; ms of one. */
async function statusRound(keeper: Keeper): Promise<number> {
  const times = 10;
  let seen = 0;
  const ms = await timed(async () => {
    for (let time = 0; time < times; time += 1) seen += keeper.status().connections.length;
  });
  if (seen !== times * CONNECTIONS) throw new Error('somebody is missing in the status');
  return ms / times;
}

/** The same tick as `tick-all` with the real settings file, written and synced. */
async function diskFigure(clock: MovedClock, meta: InstantMeta, ports: KeeperPorts, state: KeeperState): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'evertoken-bench-'));
  try {
    const { store } = await openStateStore({ folder, clock, entropy: systemEntropy() });
    await store.save(state);
    let saves = 0;
    const counted: StateStore = {
      load: () => store.load(),
      save: (next) => {
        saves += 1;
        return store.save(next);
      },
    };
    const keeper = await startedKeeper({ ...ports, store: counted });
    const crowd: Crowd = { keeper, clock, meta };
    const asked: number[] = [];
    const spread = await repeated(3, async () => {
      saves = 0;
      const ms = await dueRound(crowd, 7 * HOUR, CONNECTIONS);
      asked.push(saves);
      return ms;
    }, 1);
    await keeper.stop();
    return { id: 'tick-all-disk', name: '… with the settings on disk', unit: 'ms', ours: spread, rival: null, goal: null, note: `${spreadOf(asked).median.toLocaleString('en-US')} saves were asked for, which are written together where they overlap.` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A store that costs nothing. */
function heldStore(): { readonly store: StateStore; readonly state: () => KeeperState } {
  let state: KeeperState = { installationId: 'bench', connections: [], alerts: [], told: [] };
  return {
    store: {
      load: async () => state,
      save: async (next) => {
        state = next;
      },
    },
    state: () => state,
  };
}
