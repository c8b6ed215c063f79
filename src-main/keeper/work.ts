import { candidateOf } from '../core/renewal/machine.ts';
import { MINUTE } from '../core/time.ts';
import type { Outcome } from '../contract/outcome.ts';
import { checkConnection } from './check.ts';
import { eraseSecret, loadSecrets, markersOf } from './custody.ts';
import { inTurn, type Live, tokenInUse } from './live.ts';
import { unknownConnection } from './outcomes.ts';
import type { KeeperPorts } from './ports.ts';
import { renewToken } from './renewal.ts';
import type { Roster } from './roster.ts';
import { nextTry } from './schedule.ts';
import { tellConnection } from './telling.ts';
import { dropDeadTokens, moveIntoVault, restoreLost } from './upkeep.ts';

/** What is done for one connection at a time, by the tick and by the owner alike. */
export class ConnectionWork {
  readonly #ports: KeeperPorts;
  readonly #roster: Roster;

  constructor(ports: KeeperPorts, roster: Roster) {
    this.#ports = ports;
    this.#roster = roster;
  }

  /** Does all that is due for one connection. A failure of ours (a full disk) is logged and tried again in a minute. */
  async attend(live: Live): Promise<void> {
    let failed = false;
    try {
      await inTurn(live, async () => {
        if (live.removed) return;
        await loadSecrets(this.#ports, live);
        const { clock } = this.#ports;
        // Asked before the move, which saves and so plans anew.
        const checkIsDue = live.checkAt <= clock.now() || live.dueAtMonotonic <= clock.monotonic();
        await moveIntoVault(this.#ports, this.#roster, live);
        if (checkIsDue) {
          await checkConnection(this.#ports, this.#roster, live);
          await dropDeadTokens(this.#ports, this.#roster, live);
          await restoreLost(this.#ports, live);
        }
      });
      if (live.removed) return;
      await this.renewIfDue(live);
      if (this.wasNeverMade(live)) await inTurn(live, () => this.forget(live));
      else await this.tell(live);
    } catch (error) {
      failed = true;
      this.#logFailure(live, error);
    }
    this.#roster.refreshPlan(live);
    // What was left undone, an alert for example, is not in the plan.
    if (failed) live.dueAt = Math.min(live.dueAt, this.#ports.clock.now() + MINUTE);
  }

  /** Brings the alerts up to date. */
  tell(live: Live): Promise<void> {
    return inTurn(live, async () => (live.removed ? undefined : tellConnection(this.#ports, this.#roster, live)));
  }

  /**
   * The same without waiting for a turn, which a renewal may hold for long: the alerts in memory change before anything is
   * awaited. Never rejects; what the disk refused was told all the same and is saved with the next change.
   */
  async tellAtOnce(live: Live): Promise<void> {
    try {
      if (!live.removed) await tellConnection(this.#ports, this.#roster, live);
    } catch (error) {
      this.#logFailure(live, error);
    }
  }

  /** Renews where that is due; null where it is not. */
  async renewIfDue(live: Live): Promise<Outcome | null> {
    return this.#isDue(live) ? this.renewOnce(live, true) : null;
  }

  /** One renewal at a time: whoever asks while one runs shares it, and what is due is looked at again in the turn. */
  renewOnce(live: Live, onlyIfDue: boolean): Promise<Outcome> {
    live.renewing ??= inTurn(live, async () => {
      // Removed while this waited for its turn: nothing may be written for it any more.
      if (this.#roster.get(live.connection.id) !== live) return unknownConnection(live.connection.id);
      if (onlyIfDue && !this.#isDue(live)) return { ok: true, code: 'not-due', message: 'There is nothing to renew just now.', connection: live.connection.id, details: [] };
      const outcome = await renewToken(this.#ports, this.#roster, live);
      // The trouble may have been about the token that was just succeeded.
      if (live.vaultTrouble !== null) {
        await loadSecrets(this.#ports, live);
        this.#roster.refreshPlan(live);
      }
      // Also where a bot's call set it off: the alert that it ends must not stand until the next check.
      await this.tellAtOnce(live);
      return outcome;
    }).finally(() => {
      live.renewing = null;
      live.waitedOut = false;
    });
    return live.renewing;
  }

  /** A crash in set-up, before the token's write returned, leaves a connection that never had a token. */
  wasNeverMade({ connection }: Live): boolean {
    return connection.currentTokenId === null && candidateOf(connection.renewal.phase) === null;
  }

  /** Erases a connection's secrets and forgets it; answers how many secrets could not be erased now. */
  async forget(live: Live): Promise<number> {
    let left = 0;
    for (const marker of markersOf(live.connection)) {
      if (!(await eraseSecret(this.#ports, marker))) left += 1;
    }
    await this.#roster.remove(live);
    for (const { id } of live.connection.alerts) this.#ports.notifier.withdraw(id);
    return left;
  }

  #logFailure(live: Live, error: unknown): void {
    this.#ports.log.write('error', 'attend-failed', { connection: live.connection.id, message: error instanceof Error ? error.message : String(error) });
  }

  #isDue(live: Live): boolean {
    const facts = this.#roster.facts(live);
    const next = nextTry(live.connection, facts);
    // With the chosen token lost for good, the one that stands in for it is kept alive all the same.
    const usable = live.vaultTrouble === null || (live.vaultTrouble.kind === 'lost' && tokenInUse(live) !== null);
    return next !== null && next <= facts.now && usable;
  }
}
