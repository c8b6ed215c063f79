import pLimit from 'p-limit';
import { diagnosisWords } from '../core/words/reasons.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { ConnectInput, ReplaceInput } from './api.ts';
import { checkConnection } from './check.ts';
import { tieToNumber } from './choose-number.ts';
import { makeConnection } from './connect.ts';
import { loadSecrets, markersOf, readSecret } from './custody.ts';
import { inTurn, type Live } from './live.ts';
import { storageOutcome, unknownConnection } from './outcomes.ts';
import type { KeeperPorts } from './ports.ts';
import { replaceToken } from './replace.ts';
import type { Roster } from './roster.ts';
import type { ConnectionWork } from './work.ts';

/** What an owner can ask for. Every answer is an outcome in code and words, also where our own disk fails. */
export class OwnerRequests {
  readonly #ports: KeeperPorts;
  readonly #roster: Roster;
  readonly #work: ConnectionWork;
  // Two connects at once could both find that the token is new.
  readonly #connects = pLimit(1);

  constructor(ports: KeeperPorts, roster: Roster, work: ConnectionWork) {
    this.#ports = ports;
    this.#roster = roster;
    this.#work = work;
  }

  async connect(input: ConnectInput): Promise<Outcome> {
    const connected = await this.#connects(() => makeConnection(this.#ports, this.#roster, input));
    this.#ports.log.write(connected.ok ? 'info' : 'warn', 'connect', connected.ok ? { connection: connected.live.connection.id } : { code: connected.outcome.code });
    if (!connected.ok) return connected.outcome;
    const { live, notes } = connected;
    let renewed: Outcome | null;
    try {
      renewed = await this.#work.renewIfDue(live);
      await this.#work.tell(live);
    } catch (error) {
      // The connection stands; only what came after it could not be written down, and the tick takes that up.
      renewed = storageOutcome(live.connection.id, error);
    }
    const { reasons, advice } = diagnosisWords(this.#roster.facts(live));
    const exchanged = renewed?.code === 'renewed' ? 'Its short-lived token was exchanged at once for one that lives longer.' : renewed?.message;
    const message = [`“${live.connection.label}” is connected.`, exchanged, reasons[0], advice].filter((part) => part !== undefined).join(' ');
    return { ok: true, code: 'connected', message, connection: live.connection.id, details: [...notes, ...reasons.slice(1)] };
  }

  replace(connectionId: string, input: ReplaceInput): Promise<Outcome> {
    return this.#on(connectionId, 'replace', async (live) => {
      const outcome = await inTurn(live, async () => {
        if (live.removed) return unknownConnection(connectionId);
        const replaced = await replaceToken(this.#ports, this.#roster, live, input);
        if (replaced.ok) await loadSecrets(this.#ports, live);
        return replaced;
      });
      if (!outcome.ok) return outcome;
      this.#roster.refreshPlan(live);
      const renewed = await this.#work.renewIfDue(live);
      return renewed === null ? outcome : { ...outcome, message: `${outcome.message} ${renewed.message}` };
    });
  }

  refresh(connectionId: string): Promise<Outcome> {
    return this.#on(connectionId, 'refresh', async (live) => {
      await inTurn(live, () => loadSecrets(this.#ports, live, true));
      this.#roster.refreshPlan(live);
      const facts = this.#roster.facts(live);
      // A token that cannot be renewed is at least looked at: the owner pressed the button to learn how things are.
      if (!facts.plan.can || facts.token?.snapshot?.valid !== true) await inTurn(live, () => checkConnection(this.#ports, this.#roster, live));
      return this.#work.renewOnce(live, false);
    });
  }

  chooseNumber(connectionId: string, phoneNumberId: string): Promise<Outcome> {
    return this.#on(connectionId, 'choose-number', (live) => inTurn(live, async () => (live.removed ? unknownConnection(connectionId) : tieToNumber(this.#ports, this.#roster, live, phoneNumberId))));
  }

  check(connectionId: string): Promise<Outcome> {
    return this.#on(connectionId, 'check', async (live) => {
      await inTurn(live, async () => {
        await loadSecrets(this.#ports, live, true);
        await checkConnection(this.#ports, this.#roster, live);
      });
      await this.#work.renewIfDue(live);
      const { reasons, advice } = diagnosisWords(this.#roster.facts(live));
      const health = this.#roster.healthOf(live);
      return { ok: health === 'healthy', code: health, message: `${reasons.join(' ')} ${advice}`, connection: connectionId, details: [] };
    });
  }

  remove(connectionId: string): Promise<Outcome> {
    return this.#on(connectionId, 'remove', async (live) => {
      const left = await inTurn(live, async () => ((await this.#isLocked(live)) ? 'locked' : this.#work.forget(live)));
      if (left === 'locked') return { ok: false, code: 'keychain-locked', message: 'The keychain is locked, so the secrets cannot be erased. Unlock it and remove the connection again. Nothing was changed.', connection: connectionId, details: [] };
      const rest = left > 0 ? ` ${left} of its secrets could not be erased now; they stay in the keychain until you delete them there (service “Evertoken”).` : ' Its secrets were erased.';
      return { ok: true, code: 'removed', message: `“${live.connection.label}” was removed.${rest}`, connection: connectionId, details: [] };
    });
  }

  async acknowledge(alertId: string): Promise<Outcome> {
    const at = this.#ports.clock.now();
    const seal = <T extends { readonly id: string }>(alerts: readonly T[]): readonly T[] => alerts.map((alert) => (alert.id === alertId ? { ...alert, acknowledgedAt: at } : alert));
    const live = [...this.#roster.all()].find(({ connection }) => connection.alerts.some((alert) => alert.id === alertId));
    try {
      if (live !== undefined) await inTurn(live, () => this.#roster.update(live, (before) => ({ ...before, alerts: seal(before.alerts) })));
      else if (this.#roster.appBook.alerts.some((alert) => alert.id === alertId)) await this.#roster.updateApp({ ...this.#roster.appBook, alerts: seal(this.#roster.appBook.alerts) });
      else return { ok: false, code: 'unknown-alert', message: 'There is no such alert any more.', connection: null, details: [] };
    } catch (error) {
      return storageOutcome(live?.connection.id ?? null, error);
    }
    this.#ports.log.write('info', 'acknowledge', { id: alertId });
    return { ok: true, code: 'acknowledged', message: 'Evertoken will not remind you of this again.', connection: live?.connection.id ?? null, details: [] };
  }

  async #isLocked(live: Live): Promise<boolean> {
    for (const marker of markersOf(live.connection)) if ((await readSecret(this.#ports, marker)).outcome === 'locked') return true;
    return false;
  }

  /** Finds the connection, does the work, brings the alerts up to date, and writes the outcome's code into the log. */
  async #on(connectionId: string, event: string, work: (live: Live) => Promise<Outcome>): Promise<Outcome> {
    const live = this.#roster.get(connectionId);
    if (live === null) return unknownConnection(connectionId);
    let outcome: Outcome;
    try {
      outcome = await work(live);
      if (this.#roster.get(connectionId) === live) await this.#work.tell(live);
    } catch (error) {
      outcome = storageOutcome(connectionId, error);
    }
    this.#ports.log.write(outcome.ok ? 'info' : 'warn', event, { connection: connectionId, label: live.connection.label, code: outcome.code });
    return outcome;
  }
}
