import type { Declared } from '../core/alerts/concerns.ts';
import { diagnose } from '../core/health/health.ts';
import { type Facts, factsOf } from '../core/health/facts.ts';
import type { Connection, KeeperState } from '../core/state.ts';
import { type Live, liveOf } from './live.ts';
import type { KeeperPorts } from './ports.ts';
import { scheduleNext } from './schedule.ts';

/** The connections in memory and their way to disk. Every change goes through `update`, which is durable when it resolves. */
export class Roster {
  readonly #ports: KeeperPorts;
  readonly #live = new Map<string, Live>();
  readonly #listeners = new Set<() => void>();
  #state: KeeperState = { installationId: '', connections: [], alerts: [], told: [] };

  /** What was declared about the app as a whole in this run. */
  declared: Declared = new Map();
  #isLoaded = false;

  constructor(ports: KeeperPorts) {
    this.#ports = ports;
  }

  /** Reads the state from disk. Secrets are fetched elsewhere. */
  async load(): Promise<void> {
    this.#state = await this.#ports.store.load();
    for (const connection of this.#state.connections) this.#live.set(connection.id, liveOf(connection));
    this.#isLoaded = true;
  }

  /** False before `load` is over: nothing may be saved by then. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Calls `listener` after each change of a connection, of its plan or of the app's alerts; answers how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  get installationId(): string {
    return this.#state.installationId;
  }

  /** Alerts that belong to the app as a whole. */
  get appBook(): Pick<KeeperState, 'alerts' | 'told'> {
    return this.#state;
  }

  get(id: string): Live | null {
    return this.#live.get(id) ?? null;
  }

  all(): IterableIterator<Live> {
    return this.#live.values();
  }

  /** Changes a connection's record and saves it. Rejects if the disk refuses; the record in memory is then changed all the same. */
  async update(live: Live, change: (connection: Connection) => Connection): Promise<void> {
    const next = change(live.connection);
    if (next === live.connection) return;
    live.connection = next;
    this.refreshPlan(live);
    if (this.#live.get(next.id) !== live) return;
    await this.#save();
  }

  /** Adds a connection and saves it. */
  async add(live: Live): Promise<void> {
    this.#live.set(live.connection.id, live);
    this.refreshPlan(live);
    await this.#save();
  }

  /** Forgets a connection and saves that. */
  async remove(live: Live): Promise<void> {
    this.#live.delete(live.connection.id);
    live.removed = true;
    this.#changed();
    await this.#save();
  }

  async updateApp(book: Pick<KeeperState, 'alerts' | 'told'>): Promise<void> {
    if (book.alerts === this.#state.alerts && book.told === this.#state.told) return;
    this.#state = { ...this.#state, alerts: book.alerts, told: book.told };
    this.#changed();
    await this.#save();
  }

  /** The facts about a connection now. */
  facts(live: Live): Facts {
    return factsOf(live.connection, { hasAppSecret: live.appSecret !== null, vaultTrouble: live.vaultTrouble, appSecretLost: live.appSecretLost, isReadable: (id) => live.secrets.has(id) }, this.#ports.clock.now());
  }

  /** Recomputes what is due when, and forgets the token that was ready to be handed out. */
  refreshPlan(live: Live): void {
    live.handed = null;
    live.handUntil = 0;
    scheduleNext(live, this.facts(live), this.#ports.clock);
    this.#changed();
  }

  /** A connection's health in one word. */
  healthOf(live: Live): ReturnType<typeof diagnose>['health'] {
    return diagnose(this.facts(live)).health;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  #save(): Promise<void> {
    this.#state = { ...this.#state, connections: [...this.#live.values()].map((live) => live.connection) };
    return this.#ports.store.save(this.#state);
  }
}
