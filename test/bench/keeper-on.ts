import { systemEntropy } from '../../src-main/adapters/entropy.ts';
import { createKeychainVault } from '../../src-main/adapters/keychain/keychain-vault.ts';
import { createMemoryVault } from '../../src-main/adapters/memory-vault.ts';
import type { Clock, Meta } from '../../src-main/core/ports.ts';
import { createRedactor } from '../../src-main/core/redact.ts';
import type { KeeperState, StateStore } from '../../src-main/core/state.ts';
import type { Keeper } from '../../src-main/keeper/api.ts';
import { createKeeper } from '../../src-main/keeper/keeper.ts';
import type { KeeperPorts } from '../../src-main/keeper/ports.ts';
import { accountId, APP, makeToken, numberId } from './meta/tokens.ts';

const INSTALLATION = 'bench';

/** The computer's clock, moved on at will. Reading it costs what reading the real one costs. */
export interface MovedClock extends Clock {
  /** ms ahead of the computer's. */
  ahead: number;
}

/** A clock that starts at the computer's time. */
export function movedClock(): MovedClock {
  const clock: MovedClock = { ahead: 0, now: () => Date.now() + clock.ahead, monotonic: () => performance.now() + clock.ahead };
  return clock;
}

/** A store that keeps the state as text, as a disk would, without the disk. */
export function textStore(): StateStore & { text: string } {
  const store = {
    text: JSON.stringify({ installationId: INSTALLATION, connections: [], alerts: [], told: [] } satisfies KeeperState),
    load: async () => JSON.parse(store.text) as KeeperState,
    save: async (state: KeeperState) => {
      store.text = JSON.stringify(state);
    },
  };
  return store;
}

/** The keeper's ports: all the real ones, but for the keychain's native module, the settings and Meta. */
export function portsOn(clock: Clock, meta: Meta, store: StateStore): KeeperPorts {
  const items = new Map<string, string>();
  const raw = {
    getPassword: async (_service: string, account: string) => items.get(account) ?? null,
    setPassword: async (_service: string, account: string, value: string) => void items.set(account, value),
    deletePassword: async (_service: string, account: string) => items.delete(account),
  };
  const keychain = createKeychainVault({ raw, platform: 'darwin', installationId: INSTALLATION, clock });
  const memory = createMemoryVault();
  return {
    clock,
    entropy: systemEntropy(),
    meta,
    store,
    vaults: { active: keychain, memory, of: ({ vault }) => ({ keychain, memory, file: null })[vault] },
    log: { write: () => undefined },
    notifier: { tell: () => undefined, withdraw: () => undefined },
    secretWatch: createRedactor(),
  };
}

/** A started keeper. */
export async function startedKeeper(ports: KeeperPorts): Promise<Keeper> {
  const keeper = createKeeper(ports);
  await keeper.start();
  return keeper;
}

/** Connects a shop with a token that lives `lifeMs` from now; answers the connection's id. */
export async function connectShop(keeper: Keeper, clock: Clock, shop: number, lifeMs: number, canRenew = true): Promise<string> {
  const issuedAt = Math.floor(clock.now() / 1_000);
  const token = makeToken({ shop, issuedAt, expiresAt: issuedAt + Math.floor(lifeMs / 1_000) });
  const app = canRenew ? APP : { appId: null, appSecret: null };
  const made = await keeper.connect({ label: `Shop ${shop}`, environment: null, token, ...app, phoneNumberId: numberId(shop), wabaId: accountId(shop), source: 'connect' });
  if (!made.ok || made.connection === null) throw new Error(made.message);
  return made.connection;
}
