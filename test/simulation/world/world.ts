import type { AlertRecord } from '../../../src-main/core/alerts/alert.ts';
import type { KeeperState } from '../../../src-main/core/state.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';
import type { Keeper } from '../../../src-main/keeper/api.ts';
import { createKeeper } from '../../../src-main/keeper/keeper.ts';
import type { KeeperPorts } from '../../../src-main/keeper/ports.ts';
import { Exchanges } from '../oracle/exchanges.ts';
import { Holdings } from '../oracle/holdings.ts';
import { Tellings } from '../oracle/tellings.ts';
import { Verdicts } from '../oracle/verdicts.ts';
import { Agenda } from './agenda.ts';
import { Life, portsOf } from './life.ts';
import { APP_SECRET_MARK, MetaTruth, TOKEN_MARK } from './meta-truth.ts';
import { type Random, randomOf } from './random.ts';
import { drawScenario, type Scenario } from './scenario.ts';
import type { Shop, TrueToken } from './shop.ts';
import { SimClock } from './sim-clock.ts';
import { SimDisk } from './sim-disk.ts';
import { SimKeychain } from './sim-keychain.ts';
import { createSimMeta } from './sim-meta.ts';
import type { Trace } from './trace.ts';
import type { Weather } from './weather.ts';

/** A change to the keeper's surroundings that plants a defect. Made anew for each run. */
export interface Defect {
  /** Wraps the ports of one life. */
  readonly wrapPorts?: (ports: KeeperPorts, world: World) => KeeperPorts;
  /** Wraps the keeper of one life; `again` makes another one over the same ports. */
  readonly wrapKeeper?: (keeper: Keeper, again: () => Keeper, world: World) => Keeper | Promise<Keeper>;
}

const HOW_OFTEN_KILLED = { none: 0, some: 0.004, much: 0.02 } as const;

/** What came of something the keeper was asked. Null: the process died on it. */
export type Done<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

/** The simulated computer with everything round it. */
export class World {
  readonly random: Random;
  readonly scenario: Scenario;
  readonly clock: SimClock;
  readonly trace: Trace;
  readonly agenda = new Agenda();
  readonly truth: MetaTruth;
  readonly shops: Shop[] = [];
  readonly keychain: SimKeychain;
  readonly disk: SimDisk;
  readonly verdicts: Verdicts;
  readonly holdings: Holdings;
  readonly exchanges: Exchanges;
  readonly tellings: Tellings;
  readonly defect: Defect | null;
  readonly installationId: string;

  weather: Weather = 'clear';
  asleep = false;
  /** The wall clock was set: the next minute's look notices it and is a wake. */
  clockWasSet = false;
  life: Life | null = null;
  keeper: Keeper | null = null;
  bootedAt = 0;
  killedAt = Number.NEGATIVE_INFINITY;
  diskTroubleAt = Number.NEGATIVE_INFINITY;
  clockTroubleAt = Number.NEGATIVE_INFINITY;
  ownerAskedAt = Number.NEGATIVE_INFINITY;
  /** Since when everything has been well with a shop, ms. */
  readonly troubleAt = new Map<Shop, number>();
  /** The last trouble that was more than silence, ms. */
  readonly hardTroubleAt = new Map<Shop, number>();
  /** Shop → its connection's id, and the app secret the owner gave. */
  readonly connected = new Map<Shop, { id: string; secret: string | null }>();
  /** Token → when it came into use, and how long Meta was silent since, ms of an awake computer. */
  readonly inUse = new Map<TrueToken, { since: number; silent: number }>();
  /** Shop → the token in use, and since when without a break, ms. */
  readonly inUseNow = new Map<Shop, { readonly token: TrueToken; readonly since: number }>();
  /** What the owner does about an alert. */
  hear: (alert: AlertRecord) => void = () => undefined;

  #saves = 0;
  readonly #lives: Random;
  readonly #meta: ReturnType<typeof createSimMeta>;

  constructor(seed: number, trace: Trace, defect: Defect | null = null, shape: Partial<Scenario> = {}) {
    this.random = randomOf(seed);
    this.scenario = { ...drawScenario(this.random.fork()), ...shape };
    this.trace = trace;
    this.defect = defect;
    this.clock = new SimClock(this.scenario.countsSleep);
    this.verdicts = new Verdicts(() => this.clock.now);
    this.truth = new MetaTruth(this.random.fork());
    this.#lives = this.random.fork();
    this.installationId = `inst-${this.random.text(8)}`;
    this.holdings = new Holdings(this.verdicts, this.truth, this.clock, () => this.keychain);
    this.exchanges = new Exchanges(this.verdicts, this.clock, () => this.#tryMayBeForgotten(), (shop, at) => (this.hardTroubleAt.get(shop) ?? 0) >= at);
    this.keychain = new SimKeychain(this.scenario.platform, {
      written: (account, value, stored) => {
        const [, , markerId, secret] = value.split(':');
        if (markerId !== undefined && secret !== undefined) this.holdings.noteWritten(markerId, secret);
        this.note(`keychain ${stored ? 'keeps' : 'drops'} ${account.slice(-12)}`);
      },
      erased: (account, value) => {
        this.note(`keychain erases ${account.slice(-12)}`);
        this.holdings.onErased(this.disk.state, account, value);
      },
    });
    this.disk = new SimDisk(this.installationId, (before, after) => {
      this.holdings.onSave(before, after);
      for (const { id, renewal } of after.connections) {
        const former = before.connections.find((other) => other.id === id);
        const shop = [...this.connected].find(([, known]) => known.id === id)?.[0];
        if (former === undefined || shop === undefined || renewal.lastSuccessAt === null || former.renewal.lastSuccessAt === renewal.lastSuccessAt) continue;
        const token = this.tokenInUse(after, id);
        this.exchanges.renewed(shop, token === null ? 0 : (token.expiresAt ?? 0) - this.clock.now);
      }
      // What leaks into the settings stays there, so not every save need be searched.
      this.#saves += 1;
      if (this.#saves % 16 === 0) this.#searchForSecrets('settings', this.disk.text);
    });
    this.tellings = new Tellings(this.verdicts, {
      clock: this.clock,
      about: (alert) => this.#aboutOf(alert),
      secretIsGone: (shop) => this.#secretIsGone(shop),
      hardTrouble: (shop, token) => this.#hardTrouble(shop, token),
      awakeSilence: (token) => this.inUse.get(token)?.silent ?? 0,
      clockUnsure: () => this.clockUnsure,
      appWasRefused: (alert, shop) => shop.refusedSecrets.has(this.holdings.secretOf(alert.id.split('/')[2] ?? '') ?? ''),
      diskTroubleAt: () => this.diskTroubleAt,
    });
    this.#meta = createSimMeta({
      clock: this.clock,
      truth: this.truth,
      shops: this.shops,
      random: this.random.fork(),
      weather: () => this.weather,
      date: { present: this.scenario.dateHeader !== 'absent', error: this.scenario.dateHeader === 'late' ? -5 * MINUTE : 0 },
      watch: {
        exchangeBegins: (token) => {
          this.exchanges.begins(token);
          this.#keychainAtItsWorst();
          if (this.life !== null && this.random.chance(HOW_OFTEN_KILLED[this.scenario.kills] * 20)) this.life.lightFuse(this.random.int(1, 22));
        },
        exchangeEnds: (token, fresh, answered) => {
          this.note(`exchange ${fresh === null ? 'nothing' : fresh === token ? 'same' : fresh.text.slice(-4)} ${answered ? 'answered' : 'lost'}`);
          this.exchanges.ends(token, fresh, answered);
        },
        called: (shop, kind, answered) => {
          if (kind !== 'exchange') this.note(`${kind} ${answered ? 'answered' : 'lost'}`);
          this.exchanges.called(shop);
        },
      },
    });
  }

  /** The current token of a connection in the settings, as Meta knows it. */
  tokenInUse(state: KeeperState, id: string): TrueToken | null {
    const connection = state.connections.find((other) => other.id === id);
    const record = connection?.tokens.find((token) => token.id === connection.currentTokenId);
    return record === undefined ? null : this.holdings.tokenOf(record);
  }

  note(line: string): void {
    this.trace.write(this.clock.now, line);
  }

  get clockUnsure(): boolean {
    return Math.abs(this.clock.offset) > 90_000 || this.clock.now - this.clockTroubleAt < 26 * HOUR || this.scenario.dateHeader === 'late';
  }

  /** Starts the process: vault, ports, keeper, and the first look at everything. */
  async boot(): Promise<void> {
    const life = new Life(this.#lives.fork());
    this.life = life;
    this.bootedAt = this.clock.now;
    this.note('boot');
    if (this.random.chance(HOW_OFTEN_KILLED[this.scenario.kills] * 4)) life.lightFuse(this.random.int(1, 40));
    const setting = {
      clock: this.clock,
      meta: this.#meta,
      store: this.disk.store,
      raw: this.keychain.raw,
      platform: this.keychain.platform,
      installationId: this.installationId,
      log: { write: (level: string, event: string, facts?: object) => this.#onLog(level, event, facts) },
      notifier: { tell: (alert: AlertRecord) => this.#onTell(alert), withdraw: (id: string) => this.#onWithdraw(id) },
      onMemoryWrite: (marker: { readonly id: string }, secret: string) => this.holdings.noteWritten(marker.id, secret),
    };
    const made = await this.#settle(async () => {
      const ports = await portsOf(life, setting);
      const wrapped = this.defect?.wrapPorts?.(ports, this) ?? ports;
      const again = (): Keeper => createKeeper(wrapped);
      const keeper = again();
      await keeper.start();
      return this.defect?.wrapKeeper?.(keeper, again, this) ?? keeper;
    }, life, 'start');
    if (made === null) return;
    if (!made.ok) {
      if (this.disk.full) this.quit();
      else this.verdicts.report('failed', `start: ${String(made.error)}`);
      return;
    }
    this.keeper = made.value;
    await this.ask('wake', (keeper) => keeper.wake());
  }

  /** The process ends, by its own doing or not; nothing of it remains. */
  quit(): void {
    this.life?.kill();
    this.life = null;
    this.keeper = null;
    this.killedAt = this.clock.now;
    this.exchanges.processDied();
    this.agenda.at(this.clock.now + this.random.pick([5_000, MINUTE, 10 * MINUTE, HOUR, 9 * HOUR]), 'boot', () => this.#bootIfDown());
  }

  async #bootIfDown(): Promise<void> {
    if (this.life === null && !this.asleep) await this.boot();
    else if (this.life === null) this.agenda.at(this.clock.now + 20 * MINUTE, 'boot', () => this.#bootIfDown());
  }

  /** Asks the keeper something. Null where it is not running, or died on it. */
  async ask<T>(what: string, act: (keeper: Keeper) => Promise<T>): Promise<Done<T> | null> {
    const { keeper, life } = this;
    if (keeper === null || life === null) return null;
    this.note(what);
    if (this.random.chance(HOW_OFTEN_KILLED[this.scenario.kills] / 4)) life.lightFuse(this.random.int(1, 12));
    const done = await this.#settle(() => act(keeper), life, what);
    if (done !== null && !done.ok && !this.disk.full) this.verdicts.report('failed', `${what}: ${String(done.error)}`);
    return done;
  }

  async #settle<T>(act: () => Promise<T>, life: Life, what: string): Promise<Done<T> | null> {
    let watch: NodeJS.Immediate | undefined;
    // Every simulated answer comes within microtasks: whatever has not settled when the loop turns never will.
    const stuck = new Promise<'stuck'>((resolve) => {
      watch = setImmediate(() => resolve('stuck'));
    });
    const done = await Promise.race([
      act().then((value): Done<T> => ({ ok: true, value }), (error: unknown): Done<T> => ({ ok: false, error })),
      life.killed,
      stuck,
    ]);
    clearImmediate(watch);
    if (done === 'stuck') {
      this.verdicts.report('stuck', what);
      return null;
    }
    if (done !== 'killed') {
      life.putOut();
      return done;
    }
    this.note('killed');
    if (this.life === life) this.quit();
    return null;
  }

  /** Anything but plain well-being of the things round a shop; what Meta will not do for a token is no trouble. */
  isTroubled(shop: Shop): boolean {
    return this.weather !== 'clear' || this.isHard(shop);
  }

  isHard(shop: Shop): boolean {
    const { secret } = this.connected.get(shop) ?? { secret: null };
    const secretWrong = secret !== null && secret !== shop.appSecret;
    return this.keychain.mood !== 'open' || this.disk.full || shop.mischief !== null || shop.appRefused || shop.accessLost || secretWrong || Math.abs(this.clock.offset) > 90_000 || this.#hasLostSecret(shop);
  }

  /** Writes down how things are now; called before and after whatever changes them. */
  noteTroubles(): void {
    const { now } = this.clock;
    for (const shop of this.shops) {
      if (this.isTroubled(shop)) this.troubleAt.set(shop, now);
      if (this.isHard(shop)) this.hardTroubleAt.set(shop, now);
    }
    if (this.disk.full) this.diskTroubleAt = now;
    if (Math.abs(this.clock.offset) > 90_000) this.clockTroubleAt = now;
  }

  /** Now and then the keychain fails just when a new token is on its way. */
  #keychainAtItsWorst(): void {
    if (this.scenario.keychain === 'none' || this.keychain.mood !== 'open' || !this.random.chance(0.1)) return;
    this.keychain.mood = this.random.pick(['drops-writes', 'drops-writes', 'locked', 'unavailable']);
    this.note(`keychain ${this.keychain.mood}`);
    this.noteTroubles();
    this.agenda.at(this.clock.now + this.random.int(1, 40) * MINUTE, 'keychain ends', () => {
      this.noteTroubles();
      this.keychain.mood = 'open';
      this.noteTroubles();
    });
  }

  #tryMayBeForgotten(): boolean {
    const { now } = this.clock;
    return now - this.ownerAskedAt < HOUR || now - this.diskTroubleAt < 2 * DAY || now - this.clockTroubleAt < 2 * DAY;
  }

  #aboutOf(alert: AlertRecord): { shop: Shop | null; token: TrueToken | null } {
    const [id, , subject] = alert.id.split('/');
    const connection = this.disk.state.connections.find((other) => other.id === id);
    const shop = [...this.connected].find(([, { id: known }]) => known === id)?.[0] ?? null;
    const record = connection?.tokens.find((token) => token.id === subject?.split('@')[0]);
    if (record !== undefined) return { shop, token: this.holdings.tokenOf(record) };
    const token = shop === null || alert.code !== 'data-access' ? null : (this.truth.of(shop).find((other) => String(other.dataAccessEnd) === subject) ?? null);
    return { shop, token };
  }

  /** Whether Evertoken knows the right app secret and can reach it. */
  secretKnown(shop: Shop): boolean {
    const known = this.connected.get(shop);
    const marker = this.disk.state.connections.find((other) => other.id === known?.id)?.appSecret ?? null;
    return marker !== null && known?.secret === shop.appSecret && this.holdings.isKept(marker);
  }

  #hasLostSecret(shop: Shop): boolean {
    return this.connected.has(shop) && this.#secretIsGone(shop);
  }

  #secretIsGone(shop: Shop): boolean {
    const id = this.connected.get(shop)?.id;
    const connection = this.disk.state.connections.find((other) => other.id === id);
    const record = connection?.tokens.find((token) => token.id === connection.currentTokenId);
    return record === undefined || record.marker.vault === 'memory' || !this.holdings.isKept(record.marker);
  }

  #hardTrouble(shop: Shop, token: TrueToken): boolean {
    const since = Math.min(token.issuedAt, this.inUse.get(token)?.since ?? token.issuedAt);
    if ((this.hardTroubleAt.get(shop) ?? Number.NEGATIVE_INFINITY) >= since) return true;
    if (!this.secretKnown(shop) || token.shop.hidesType) return true;
    return token.type === 'USER' && token.longLived && shop.longLivedExchange !== 'extends';
  }

  #onLog(level: string, event: string, facts?: object): void {
    const text = `${level} ${event} ${facts === undefined ? '' : JSON.stringify(facts)}`;
    this.#searchForSecrets('log', text);
    this.note(`log ${text}`);
    if (level === 'error' && !this.disk.full) this.verdicts.report('failed', text);
  }

  #onTell(alert: AlertRecord): void {
    this.#searchForSecrets('alert', alert.text);
    this.note(`tell ${alert.id} ${alert.rung ?? ''}`);
    this.tellings.told(alert);
    this.hear(alert);
  }

  #onWithdraw(id: string): void {
    this.note(`withdraw ${id}`);
  }

  #searchForSecrets(where: string, text: string): void {
    if (text.includes(TOKEN_MARK) || text.includes(APP_SECRET_MARK) || text.includes('EAATest')) this.verdicts.report('secret-leaked', where);
  }

  /** Looks for secrets in something that the keeper answered. */
  searchAnswer(where: string, answer: unknown): void {
    this.#searchForSecrets(where, JSON.stringify(answer));
  }

  get isUp(): boolean {
    return this.keeper !== null && !this.asleep;
  }
}
