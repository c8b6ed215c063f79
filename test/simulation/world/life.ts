import { createHash, createHmac } from 'node:crypto';
import { createKeychainVault } from '../../../src-main/adapters/keychain/keychain-vault.ts';
import type { RawKeychain } from '../../../src-main/adapters/keychain/raw.ts';
import { createMemoryVault } from '../../../src-main/adapters/memory-vault.ts';
import type { Log, Meta, Notifier, SecretMarker, Vault } from '../../../src-main/core/ports.ts';
import type { StateStore } from '../../../src-main/core/state.ts';
import type { KeeperPorts } from '../../../src-main/keeper/ports.ts';
import type { Random } from './random.ts';
import type { SimClock } from './sim-clock.ts';
import { letOthersRun } from './turns.ts';

/** A new one each time: one for all would hold on to every dead process that ever waited for it. */
const neverSettles = (): Promise<never> => new Promise(() => undefined);
/** The keychain's patience runs on real time; simulated keychains answer long before it. */
const NO_LIMIT_MS = 2_000_000_000;

/** One run of the process: it can be killed at any call it makes to the outside. */
export class Life {
  readonly random: Random;
  /** Resolves when the process is killed. */
  readonly killed: Promise<'killed'>;
  #dead = false;
  #fuse = Number.POSITIVE_INFINITY;
  #die: () => void = () => undefined;

  constructor(random: Random) {
    this.random = random;
    this.killed = new Promise((resolve) => {
      this.#die = () => resolve('killed');
    });
  }

  get isDead(): boolean {
    return this.#dead;
  }

  /** The process is to be killed at its `calls`-th call from now on, if that comes before any earlier fuse. */
  lightFuse(calls: number): void {
    this.#fuse = Math.min(this.#fuse, calls);
  }

  /** No kill after all. */
  putOut(): void {
    this.#fuse = Number.POSITIVE_INFINITY;
  }

  kill(): void {
    this.#dead = true;
    this.#die();
  }

  /**
   * Passes a call to the outside. A kill comes before its effect, or after its effect and before its answer; then,
   * and for whatever a dead process still asks, the promise never settles. `inOrder` keeps the order of effects, as
   * the real store does for its saves.
   */
  async pass<T>(call: () => Promise<T>, inOrder = false): Promise<T> {
    if (this.#dead) return neverSettles();
    this.#fuse -= 1;
    const now = this.#fuse <= 0;
    const afterEffect = now && this.random.chance(0.6);
    if (now && !afterEffect) {
      this.kill();
      return neverSettles();
    }
    // Answers do not all come equally fast, so that whatever runs at the same time is shuffled.
    const hops = this.random.int(0, 3);
    if (!inOrder) await letOthersRun(hops);
    if (this.#dead) return neverSettles();
    const answer = await call();
    if (afterEffect) this.kill();
    if (inOrder) await letOthersRun(hops);
    return this.#dead ? neverSettles() : answer;
  }

  /** As `pass`, for the keychain's native calls: what a dead process asked is refused at once, so that no timer stays. */
  async passNative<T>(call: () => Promise<T>): Promise<T> {
    return Promise.race([this.pass(call), this.killed.then(() => Promise.reject(new Error('The process is dead.')))]);
  }
}

/** What a life is made of. */
export interface LifeSetting {
  readonly clock: SimClock;
  readonly meta: Meta;
  readonly store: StateStore;
  readonly raw: RawKeychain;
  readonly platform: NodeJS.Platform;
  readonly installationId: string;
  readonly log: Log;
  readonly notifier: Notifier;
  /** Hears of every secret that is kept in memory only. */
  readonly onMemoryWrite: (marker: SecretMarker, secret: string) => void;
}

/** The keeper's ports for one life, as the real start puts them together. */
export async function portsOf(life: Life, setting: LifeSetting): Promise<KeeperPorts> {
  const { clock, raw, meta, store } = setting;
  const keychain = createKeychainVault({
    raw: {
      getPassword: (service, account) => life.passNative(() => raw.getPassword(service, account)),
      setPassword: (service, account, value) => life.passNative(() => raw.setPassword(service, account, value)),
      deletePassword: (service, account) => life.passNative(() => raw.deletePassword(service, account)),
    },
    platform: setting.platform,
    installationId: setting.installationId,
    clock: clock.port,
    softLimitMs: NO_LIMIT_MS,
  });
  const probe = await keychain.probe();
  const memory = createMemoryVault();
  const kept: Vault = mortal(life, keychain);
  const watched: Vault = {
    ...memory,
    write: (marker, secret) => {
      if (!life.isDead) setting.onMemoryWrite(marker, secret);
      return memory.write(marker, secret);
    },
  };
  return {
    clock: clock.port,
    entropy: { id: () => life.random.text(22), random: () => life.random.next(), sha256: (text) => createHash('sha256').update(text).digest('hex'), hmacSha256: (key, text) => createHmac('sha256', key).update(text).digest('hex') },
    meta: {
      debugToken: (token, app) => life.pass(() => meta.debugToken(token, app)),
      exchangeToken: (token, app, sixtyDays) => life.pass(() => meta.exchangeToken(token, app, sixtyDays)),
      readNumber: (id, auth) => life.pass(() => meta.readNumber(id, auth)),
      listNumbers: (id, auth) => life.pass(() => meta.listNumbers(id, auth)),
      readApp: (auth) => life.pass(() => meta.readApp(auth)),
    },
    vaults: {
      active: probe.state === 'unavailable' ? watched : kept,
      memory: watched,
      of: (marker) => ({ keychain: kept, memory: watched, file: null })[marker.vault],
    },
    store: { load: () => life.pass(() => store.load()), save: (state) => life.pass(() => store.save(state), true) },
    log: { write: (level, event, facts) => (life.isDead ? undefined : setting.log.write(level, event, facts)) },
    notifier: {
      tell: (alert) => (life.isDead ? undefined : setting.notifier.tell(alert)),
      withdraw: (id) => (life.isDead ? undefined : setting.notifier.withdraw(id)),
    },
    secretWatch: { add: () => undefined, remove: () => undefined },
  };
}

/** A vault whose answers no longer reach a dead process. */
function mortal(life: Life, vault: Vault): Vault {
  const reach = async <T>(answer: Promise<T>): Promise<T> => {
    const settled = await answer;
    return life.isDead ? neverSettles() : settled;
  };
  return {
    kind: vault.kind,
    read: (marker, ownerSaysUnlocked) => reach(vault.read(marker, ownerSaysUnlocked)),
    write: (marker, secret) => reach(vault.write(marker, secret)),
    erase: (marker) => reach(vault.erase(marker)),
  };
}
