import { systemEntropy } from '../../src-main/adapters/entropy.ts';
import { createMeta } from '../../src-main/adapters/graph.ts';
import { createMemoryVault } from '../../src-main/adapters/memory-vault.ts';
import type { ConnectionView } from '../../src-main/contract/status.ts';
import type { AlertRecord } from '../../src-main/core/alerts/alert.ts';
import type { Clock, SecretMarker, Vault } from '../../src-main/core/ports.ts';
import type { KeeperState } from '../../src-main/core/state.ts';
import type { Outcome } from '../../src-main/contract/outcome.ts';
import type { ConnectInput, Keeper } from '../../src-main/keeper/api.ts';
import { createKeeper } from '../../src-main/keeper/keeper.ts';
import type { KeeperPorts } from '../../src-main/keeper/ports.ts';
import { type PracticeMeta, startPracticeMeta } from '../../src-main/practice/meta.ts';
import { openShop, SHOP } from '../../src-main/practice/shop.ts';

/** A keeper in this process against a simulated Meta over HTTP, both under one clock that the test moves. */
export interface KeeperHouse {
  readonly meta: PracticeMeta;
  readonly ports: KeeperPorts;
  keeper: Keeper;
  /** Asked at each save; replace it to make the disk refuse. */
  diskIsFull: () => boolean;
  /** Alerts in the order they were told, over all restarts. */
  readonly told: AlertRecord[];
  readonly withdrawn: string[];
  /** Every log line as JSON. */
  readonly logged: string[];
  now(): number;
  /** Moves both clocks on, or only the computer's. */
  advance(ms: number): void;
  jumpComputer(ms: number): void;
  /** Moves on in steps with a tick after each. */
  pass(ms: number, step: number): Promise<void>;
  connect(input: Partial<ConnectInput> & { readonly token: string }): Promise<Outcome>;
  only(): ConnectionView;
  /** A new keeper from what is on disk and in the vault. */
  restart(): Promise<void>;
  /** What is on disk. */
  disk(): KeeperState;
  stop(): Promise<void>;
}

/** Builds a house with one shop at Meta (see `SHOP`). `vault` stands in for the keychain. */
export async function buildKeeperHouse(vault: Vault = keychainLike()): Promise<KeeperHouse> {
  let now = Date.UTC(2027, 0, 10, 12);
  let computerAhead = 0;
  let steady = 0;
  const clock: Clock = { now: () => now + computerAhead, monotonic: () => steady };
  const meta = await startPracticeMeta({ now: () => now, seed: 3 });
  openShop(meta.world);
  let disk = JSON.stringify({ installationId: 'inst', connections: [], alerts: [], told: [] } satisfies KeeperState);
  const told: AlertRecord[] = [];
  const withdrawn: string[] = [];
  const logged: string[] = [];
  const memory = createMemoryVault();
  const ports: KeeperPorts = {
    clock,
    entropy: systemEntropy(),
    meta: createMeta({ graphUrl: meta.url, clock, timeoutMs: 2_000 }),
    vaults: { active: vault, memory, of: (marker: SecretMarker) => (marker.vault === vault.kind ? vault : marker.vault === 'memory' ? memory : null) },
    store: {
      load: async () => JSON.parse(disk) as KeeperState,
      save: async (state) => {
        if (house.diskIsFull()) throw new Error('The disk is full.');
        disk = JSON.stringify(state);
      },
    },
    log: { write: (level, event, facts) => void logged.push(JSON.stringify({ level, event, ...facts })) },
    notifier: { tell: (alert) => void told.push(alert), withdraw: (id) => void withdrawn.push(id) },
    secretWatch: { add: () => undefined, remove: () => undefined },
  };
  const house: KeeperHouse = {
    meta,
    ports,
    keeper: createKeeper(ports),
    diskIsFull: () => false,
    told,
    withdrawn,
    logged,
    now: () => now,
    advance: (ms) => {
      now += ms;
      steady += ms;
    },
    jumpComputer: (ms) => {
      computerAhead += ms;
    },
    pass: async (ms, step) => {
      for (let passed = 0; passed < ms; passed += step) {
        house.advance(step);
        await house.keeper.tick();
      }
    },
    connect: (input) => house.keeper.connect({ label: 'Shop', environment: null, appId: SHOP.appId, appSecret: SHOP.appSecret, phoneNumberId: null, wabaId: null, source: 'connect', ...input }),
    only: () => {
      const [view] = house.keeper.status().connections;
      if (view === undefined) throw new Error('there is no connection');
      return view;
    },
    restart: async () => {
      house.keeper = createKeeper(ports);
      await house.keeper.start();
      await house.keeper.tick();
    },
    disk: () => JSON.parse(disk) as KeeperState,
    stop: () => meta.stop(),
  };
  await house.keeper.start();
  return house;
}

/** A vault that keeps like a keychain and can be locked: its memory outlives the keeper. */
export function keychainLike(): Vault & { locked: boolean; readonly items: Map<string, string> } {
  const items = new Map<string, string>();
  const vault = {
    kind: 'keychain' as const,
    locked: false,
    items,
    read: async (marker: SecretMarker) => {
      if (vault.locked) return { outcome: 'locked' as const };
      const secret = items.get(marker.account);
      return secret === undefined ? { outcome: 'lost' as const } : { outcome: 'present' as const, secret };
    },
    write: async (marker: SecretMarker, secret: string) => {
      if (vault.locked) return { outcome: 'locked' as const };
      items.set(marker.account, secret);
      return { outcome: 'stored' as const };
    },
    erase: async (marker: SecretMarker) => {
      if (vault.locked) return false;
      items.delete(marker.account);
      return true;
    },
  };
  return vault;
}
