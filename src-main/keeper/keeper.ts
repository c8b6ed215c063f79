import pLimit from 'p-limit';
import type { Facts } from '../core/health/facts.ts';
import { candidateOf } from '../core/renewal/machine.ts';
import { SECOND } from '../core/time.ts';
import { diagnosisWords } from '../core/words/reasons.ts';
import { MEMORY_ONLY_WORDS } from '../core/words/alerts.ts';
import type { ConnectInput, HandedToken, Keeper, Outcome, ReplaceInput } from './api.ts';
import { checkConnection } from './check.ts';
import { makeConnection } from './connect.ts';
import { tieToNumber } from './choose-number.ts';
import { eraseSecret, loadSecrets } from './custody.ts';
import { handOut, renewFirst } from './hand-out.ts';
import { inTurn, type Live } from './live.ts';
import type { KeeperPorts } from './ports.ts';
import { renewToken } from './renewal.ts';
import { replaceToken } from './replace.ts';
import { Roster } from './roster.ts';
import { nextTry } from './schedule.ts';
import { statusAnswer } from './status.ts';
import { type AppAlert, tellApp, tellConnection } from './telling.ts';
import { dropDeadTokens, moveIntoVault } from './upkeep.ts';

/** What a run of the keeper is told at its start. */
export interface KeeperOptions {
  /** Things that went wrong before the keeper began, such as settings that were set aside. */
  readonly startAlerts: readonly AppAlert[];
}

// Meta's limits are per app, and a burst of a thousand checks helps nobody.
const CHECKS_AT_ONCE = 4;
/** How long a caller waits for a renewal before it gets the best token known, ms. */
const HAND_OUT_PATIENCE = 20 * SECOND;

/** Makes the token manager. Nothing happens before `start`; see `Keeper` for what each call does. */
export function createKeeper(ports: KeeperPorts, options: KeeperOptions = { startAlerts: [] }): Keeper {
  return new TokenKeeper(ports, options);
}

class TokenKeeper implements Keeper {
  readonly #ports: KeeperPorts;
  readonly #options: KeeperOptions;
  readonly #roster: Roster;
  #ticking: Promise<void> | null = null;
  #stopping = false;

  constructor(ports: KeeperPorts, options: KeeperOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#roster = new Roster(ports);
  }

  async start(): Promise<void> {
    await this.#roster.load();
    for (const live of this.#roster.all()) {
      await inTurn(live, () => loadSecrets(this.#ports, live));
      if (this.#wasNeverMade(live)) await this.#forget(live);
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
    let next: number | null = null;
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
  }

  accessToken(connectionId: string): Promise<HandedToken | null> {
    const live = this.#roster.get(connectionId);
    if (live === null) return Promise.resolve(null);
    if (live.handed !== null && this.#ports.clock.now() < live.handUntil) return live.handed;
    return this.#handOutSlowly(live);
  }

  status(): ReturnType<Keeper['status']> {
    const kind = this.#ports.vaults.active.kind;
    return statusAnswer(this.#allFacts(), this.#roster.appBook.alerts, { kind, note: kind === 'memory' ? MEMORY_ONLY_WORDS : null });
  }

  async connect(input: ConnectInput): Promise<Outcome> {
    const connected = await makeConnection(this.#ports, this.#roster, input);
    if (!connected.ok) {
      this.#ports.log.write('warn', 'connect-refused', { code: connected.outcome.code });
      return connected.outcome;
    }
    const { live, notes } = connected;
    this.#ports.log.write('info', 'connected', { connection: live.connection.id });
    const renewed = await this.#renewIfDue(live);
    await this.#tell(live);
    const facts = this.#roster.facts(live);
    const { reasons, advice } = diagnosisWords(facts);
    const tail = renewed === null ? [] : [renewed.code === 'renewed' ? 'Its short-lived token was exchanged at once for one that lives longer.' : renewed.message];
    return { ok: true, code: 'connected', message: [`“${live.connection.label}” is connected.`, ...tail, reasons[0] ?? '', advice].join(' '), connection: live.connection.id, details: [...notes, ...reasons.slice(1)] };
  }

  async replace(connectionId: string, input: ReplaceInput): Promise<Outcome> {
    const live = this.#roster.get(connectionId);
    if (live === null) return unknownConnection(connectionId);
    const outcome = await inTurn(live, async () => {
      const replaced = await replaceToken(this.#ports, this.#roster, live, input);
      if (replaced.ok) await loadSecrets(this.#ports, live);
      return replaced;
    });
    this.#ports.log.write(outcome.ok ? 'info' : 'warn', 'replace', { connection: connectionId, code: outcome.code });
    if (!outcome.ok) return outcome;
    this.#roster.refreshPlan(live);
    const renewed = await this.#renewIfDue(live);
    await this.#tell(live);
    return renewed === null ? outcome : { ...outcome, message: `${outcome.message} ${renewed.message}` };
  }

  async refresh(connectionId: string): Promise<Outcome> {
    const live = this.#roster.get(connectionId);
    if (live === null) return unknownConnection(connectionId);
    await inTurn(live, () => loadSecrets(this.#ports, live, true));
    this.#roster.refreshPlan(live);
    const facts = this.#roster.facts(live);
    // A token that cannot be renewed is at least looked at: the owner pressed the button to learn how things are.
    if (!facts.plan.can || facts.token?.snapshot?.valid !== true) await inTurn(live, () => checkConnection(this.#ports, this.#roster, live));
    const outcome = await this.#renewOnce(live, false);
    await this.#tell(live);
    this.#ports.log.write('info', 'refresh', { connection: connectionId, code: outcome.code });
    return outcome;
  }

  async chooseNumber(connectionId: string, phoneNumberId: string): Promise<Outcome> {
    const live = this.#roster.get(connectionId);
    if (live === null) return unknownConnection(connectionId);
    const outcome = await inTurn(live, () => tieToNumber(this.#ports, this.#roster, live, phoneNumberId));
    await this.#tell(live);
    return outcome;
  }

  async check(connectionId: string): Promise<Outcome> {
    const live = this.#roster.get(connectionId);
    if (live === null) return unknownConnection(connectionId);
    await inTurn(live, async () => {
      await loadSecrets(this.#ports, live, true);
      await checkConnection(this.#ports, this.#roster, live);
    });
    await this.#renewIfDue(live);
    await this.#tell(live);
    const health = this.#roster.healthOf(live);
    const { reasons, advice } = diagnosisWords(this.#roster.facts(live));
    return { ok: health === 'healthy', code: health, message: `${reasons.join(' ')} ${advice}`, connection: connectionId, details: [] };
  }

  async remove(connectionId: string): Promise<Outcome> {
    const live = this.#roster.get(connectionId);
    if (live === null) return unknownConnection(connectionId);
    const { label } = live.connection;
    const left = await inTurn(live, () => this.#forget(live));
    this.#ports.log.write('info', 'removed', { connection: connectionId });
    const rest = left > 0 ? ` ${left} of its secrets could not be erased from the keychain now; they stay there until you delete them by hand (service “Evertoken”).` : '';
    return { ok: true, code: 'removed', message: `“${label}” was removed and its secrets were erased.${rest}`, connection: connectionId, details: [] };
  }

  async acknowledge(alertId: string): Promise<Outcome> {
    const at = this.#ports.clock.now();
    const seal = <T extends { readonly id: string }>(alerts: readonly T[]): readonly T[] => alerts.map((alert) => (alert.id === alertId ? { ...alert, acknowledgedAt: at } : alert));
    const live = [...this.#roster.all()].find(({ connection }) => connection.alerts.some((alert) => alert.id === alertId));
    if (live !== undefined) await inTurn(live, () => this.#roster.update(live, (before) => ({ ...before, alerts: seal(before.alerts) })));
    else if (this.#roster.appBook.alerts.some((alert) => alert.id === alertId)) await this.#roster.updateApp({ ...this.#roster.appBook, alerts: seal(this.#roster.appBook.alerts) });
    else return { ok: false, code: 'unknown-alert', message: 'There is no such alert any more.', connection: null, details: [] };
    return { ok: true, code: 'acknowledged', message: 'Evertoken will not remind you of this again.', connection: live?.connection.id ?? null, details: [] };
  }

  async stop(): Promise<void> {
    this.#stopping = true;
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
    await Promise.all(due.map((live) => limit(() => this.#attend(live))));
  }

  /** Does all that is due for one connection. A failure of ours (a full disk) is logged and tried again in a minute. */
  async #attend(live: Live): Promise<void> {
    if (this.#stopping) return;
    try {
      await inTurn(live, async () => {
        await loadSecrets(this.#ports, live);
        await moveIntoVault(this.#ports, this.#roster, live);
        const { clock } = this.#ports;
        if (live.checkAt <= clock.now() || live.dueAtMonotonic <= clock.monotonic()) {
          await checkConnection(this.#ports, this.#roster, live);
          await dropDeadTokens(this.#ports, this.#roster, live);
        }
      });
      await this.#renewIfDue(live);
      if (this.#wasNeverMade(live)) await inTurn(live, () => this.#forget(live));
      else await this.#tell(live);
    } catch (error) {
      this.#ports.log.write('error', 'attend-failed', { connection: live.connection.id, message: error instanceof Error ? error.message : String(error) });
    }
    this.#roster.refreshPlan(live);
  }

  #tell(live: Live): Promise<void> {
    return inTurn(live, () => tellConnection(this.#ports, this.#roster, live));
  }

  async #renewIfDue(live: Live): Promise<Outcome | null> {
    return this.#isDue(live) ? this.#renewOnce(live, true) : null;
  }

  #isDue(live: Live): boolean {
    const facts = this.#roster.facts(live);
    const next = nextTry(live.connection, facts);
    return next !== null && next <= facts.now && live.vaultTrouble === null;
  }

  /** One renewal at a time: whoever asks while one runs shares it, and what is due is looked at again in the turn. */
  #renewOnce(live: Live, onlyIfDue: boolean): Promise<Outcome> {
    live.renewing ??= inTurn(live, async () => {
      if (onlyIfDue && !this.#isDue(live)) return { ok: true, code: 'not-due', message: 'The token was renewed meanwhile.', connection: live.connection.id, details: [] };
      return renewToken(this.#ports, this.#roster, live);
    }).finally(() => {
      live.renewing = null;
    });
    return live.renewing;
  }

  async #handOutSlowly(live: Live): Promise<HandedToken | null> {
    const facts = this.#roster.facts(live);
    if (renewFirst(facts) && live.vaultTrouble === null) await withPatience(this.#renewOnce(live, true), HAND_OUT_PATIENCE);
    return handOut(live, this.#roster.facts(live), this.#ports.clock.now());
  }

  #askAtOnce(live: Live): void {
    live.dueAt = 0;
    live.checkAt = 0;
  }

  /** A crash in set-up, before the token's write returned, leaves a connection that never had a token. */
  #wasNeverMade({ connection }: Live): boolean {
    return connection.currentTokenId === null && candidateOf(connection.renewal.phase) === null;
  }

  async #forget(live: Live): Promise<number> {
    const { tokens, appSecret } = live.connection;
    let left = 0;
    for (const marker of [...tokens.map((token) => token.marker), ...(appSecret === null ? [] : [appSecret])]) {
      if (!(await eraseSecret(this.#ports, marker))) left += 1;
    }
    await this.#roster.remove(live);
    return left;
  }

  #memoryOnly(): readonly AppAlert[] {
    return this.#ports.vaults.active.kind === 'memory' ? [{ code: 'memory-only', subject: 'vault', text: MEMORY_ONLY_WORDS }] : [];
  }

  *#allFacts(): Iterable<Facts> {
    for (const live of this.#roster.all()) yield this.#roster.facts(live);
  }
}

function unknownConnection(id: string): Outcome {
  return { ok: false, code: 'unknown-connection', message: `There is no connection “${id}”.`, connection: null, details: [] };
}

/** Waits for `work`, but not longer than `patience` ms; a failure of it is somebody else's to report. */
async function withPatience(work: Promise<unknown>, patience: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([work.then(() => undefined, () => undefined), limit]);
  clearTimeout(timer);
}
