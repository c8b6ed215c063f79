import pLimit from 'p-limit';
import type { Concern, ConcernCode } from '../core/alerts/alert.ts';
import type { Facts } from '../core/health/facts.ts';
import { fingerprintOf } from '../core/token/fingerprint.ts';
import { MEMORY_ONLY_WORDS } from '../core/words/alerts.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { ConnectInput, HandedToken, Keeper, ReplaceInput } from './api.ts';
import { loadSecrets } from './custody.ts';
import { handOut } from './hand-out.ts';
import { inTurn, type Live } from './live.ts';
import { OwnerRequests } from './owner-requests.ts';
import { OpenWork } from './open-work.ts';
import type { KeeperPorts } from './ports.ts';
import { RefusedCalls } from './refused-calls.ts';
import { Roster } from './roster.ts';
import { statusAnswer, vaultView } from './status.ts';
import { type AppAlert, appDueAt, tellApp } from './telling.ts';
import { handOutAfterRenewal, isReady } from './waiting.ts';
import { ConnectionWork } from './work.ts';

/** What a run of the keeper is told at its start. */
export interface KeeperOptions {
  /** Things that went wrong before the keeper began, such as settings that were set aside. */
  readonly startAlerts: readonly AppAlert[];
}

// Meta's limits are per app, and a burst of a thousand checks helps nobody.
const CHECKS_AT_ONCE = 4;

/** Makes the token manager. Nothing happens before `start`; see `Keeper` for what each call does. */
export function createKeeper(ports: KeeperPorts, options: KeeperOptions = { startAlerts: [] }): Keeper {
  return new TokenKeeper(ports, options);
}

class TokenKeeper implements Keeper {
  readonly #ports: KeeperPorts;
  readonly #options: KeeperOptions;
  readonly #roster: Roster;
  readonly #work: ConnectionWork;
  readonly #requests: OwnerRequests;
  readonly #refusedCalls: RefusedCalls;
  readonly #declaring = new OpenWork();
  #ticking: Promise<void> | null = null;
  #stopping = false;

  constructor(ports: KeeperPorts, options: KeeperOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#roster = new Roster(ports);
    this.#work = new ConnectionWork({ ...ports, vaults: ports.vaults.unasked ?? ports.vaults }, this.#roster);
    this.#requests = new OwnerRequests(ports, this.#roster, this.#work);
    this.#refusedCalls = new RefusedCalls(ports, this.#roster, this.#work);
  }

  async start(): Promise<void> {
    await this.#roster.load();
    for (const live of this.#roster.all()) {
      await inTurn(live, () => loadSecrets(this.#ports, live));
      if (this.#work.wasNeverMade(live)) await this.#work.forget(live);
      else this.#askAtOnce(live);
    }
    await tellApp(this.#ports, this.#roster, [...this.#options.startAlerts, ...this.#memoryOnly()]);
  }

  tick(): Promise<void> {
    this.#ticking ??= this.#attendDue().finally(() => {
      this.#ticking = null;
    });
    return this.#ticking;
  }

  nextDueAt(): number | null {
    const wall = this.#ports.clock.now();
    const monotonic = this.#ports.clock.monotonic();
    let next = appDueAt(this.#roster);
    for (const live of this.#roster.all()) {
      const at = Math.min(live.dueAt, wall + live.dueAtMonotonic - monotonic);
      if (next === null || at < next) next = at;
    }
    return next;
  }

  async wake(): Promise<void> {
    // A tick under way may have passed a connection by already.
    await this.#ticking;
    for (const live of this.#roster.all()) this.#askAtOnce(live);
    await this.tick();
    // The keychain may have come since the start.
    await tellApp(this.#ports, this.#roster, this.#memoryOnly());
  }

  accessToken(connectionId: string): Promise<HandedToken | null> {
    const live = this.#roster.get(connectionId);
    if (live === null) return Promise.resolve(null);
    if (live.handed !== null && isReady(live, this.#ports.clock.now())) return live.handed.answer;
    return handOutAfterRenewal(this.#ports, this.#roster, this.#work, live);
  }

  knowsToken(connectionId: string, token: string): boolean {
    const fingerprint = fingerprintOf(token, (text) => this.#ports.entropy.sha256(text));
    return this.#roster.get(connectionId)?.connection.tokens.some((record) => record.fingerprint === fingerprint && record.role !== 'discarded') === true;
  }

  currentToken(connectionId: string): HandedToken | null {
    const live = this.#roster.get(connectionId);
    if (live === null) return null;
    if (live.handed !== null && this.#ports.clock.now() < live.handUntil) return live.handed.token;
    return handOut(this.#ports, live, this.#roster.facts(live));
  }

  tokenRefused(connectionId: string, fingerprint: string, fault: { readonly code: number; readonly message: string }): void {
    const live = this.#roster.get(connectionId);
    if (live !== null) this.#refusedCalls.refused(live, fingerprint, fault);
  }

  tokenAccepted(connectionId: string, fingerprint: string): void {
    const live = this.#roster.get(connectionId);
    if (live !== null) this.#refusedCalls.accepted(live, fingerprint);
  }

  async declare(connectionId: string | null, code: ConcernCode, concerns: readonly Concern[]): Promise<void> {
    const owner = connectionId === null ? this.#roster : this.#roster.get(connectionId);
    if (owner === null || this.#stopping) return;
    owner.declared = new Map([...owner.declared, [code, concerns]]);
    await this.#declaring.add(owner instanceof Roster ? this.#tellAppAtOnce() : this.#work.tellAtOnce(owner));
  }

  status(): ReturnType<Keeper['status']> {
    const { active, lock } = this.#ports.vaults;
    const facts = [...this.#allFacts()];
    return statusAnswer(this.#ports.clock.now(), facts, this.#roster.appBook.alerts, vaultView(active.kind, lock?.isLocked() ?? false, facts));
  }

  connect(input: ConnectInput): Promise<Outcome> {
    return this.#requests.connect(input);
  }

  replace(connectionId: string, input: ReplaceInput): Promise<Outcome> {
    return this.#requests.replace(connectionId, input);
  }

  refresh(connectionId: string): Promise<Outcome> {
    return this.#requests.refresh(connectionId);
  }

  chooseNumber(connectionId: string, phoneNumberId: string): Promise<Outcome> {
    return this.#requests.chooseNumber(connectionId, phoneNumberId);
  }

  check(connectionId: string): Promise<Outcome> {
    return this.#requests.check(connectionId);
  }

  remove(connectionId: string): Promise<Outcome> {
    return this.#requests.remove(connectionId);
  }

  acknowledge(alertId: string): Promise<Outcome> {
    return this.#requests.acknowledge(alertId);
  }

  onChange(listener: () => void): () => void {
    const stops = [this.#roster.onChange(listener), this.#ports.vaults.lock?.onChange(listener)];
    return () => stops.forEach((stop) => stop?.());
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#refusedCalls.stop();
    await this.#declaring.settled();
    await this.#ticking;
    await Promise.all([...this.#roster.all()].map((live) => live.turn));
  }

  async #attendDue(): Promise<void> {
    const { clock } = this.#ports;
    const wall = clock.now();
    const monotonic = clock.monotonic();
    const due: Live[] = [];
    for (const live of this.#roster.all()) if (live.dueAt <= wall || live.dueAtMonotonic <= monotonic) due.push(live);
    const limit = pLimit(CHECKS_AT_ONCE);
    await Promise.all(due.map((live) => limit(() => (this.#stopping ? undefined : this.#work.attend(live)))));
    const appDue = appDueAt(this.#roster);
    if (appDue !== null && appDue <= wall) await this.#tellAppAtOnce();
  }

  /** Never rejects: what the disk refused was told all the same and is saved with the next change. */
  async #tellAppAtOnce(): Promise<void> {
    // Declared before the start it is told with it.
    if (!this.#roster.isLoaded) return;
    try {
      await tellApp(this.#ports, this.#roster, this.#memoryOnly());
    } catch (error) {
      this.#ports.log.write('error', 'tick-failed', { message: error instanceof Error ? error.message : String(error) });
    }
  }

  #askAtOnce(live: Live): void {
    live.dueAt = 0;
    live.checkAt = 0;
  }

  #memoryOnly(): readonly AppAlert[] {
    return this.#ports.vaults.active.kind === 'memory' ? [{ code: 'memory-only', subject: 'vault', text: MEMORY_ONLY_WORDS }] : [];
  }

  *#allFacts(): Iterable<Facts> {
    for (const live of this.#roster.all()) yield this.#roster.facts(live);
  }
}
