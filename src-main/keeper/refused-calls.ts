import pLimit from 'p-limit';
import { createRedactor } from '../core/redact.ts';
import type { RefusedCall } from '../core/state.ts';
import { type Live, tokenInUse } from './live.ts';
import { OpenWork } from './open-work.ts';
import type { KeeperPorts } from './ports.ts';
import type { Roster } from './roster.ts';
import type { ConnectionWork } from './work.ts';

// A fault at Meta can refuse the calls of a thousand connections at once.
const LOOKS_AT_ONCE = 4;
/** Meta's words are kept up to this length. */
const LONGEST_MESSAGE = 300;

/** What becomes of the calls that Meta refused to a bot. However many come, they raise one alert and cost one check a minute. */
export class RefusedCalls {
  readonly #ports: KeeperPorts;
  readonly #roster: Roster;
  readonly #work: ConnectionWork;
  readonly #limit = pLimit(LOOKS_AT_ONCE);
  readonly #open = new OpenWork();
  #stopping = false;

  constructor(ports: KeeperPorts, roster: Roster, work: ConnectionWork) {
    this.#ports = ports;
    this.#roster = roster;
    this.#work = work;
  }

  /** A call with the token of this fingerprint was refused. */
  refused(live: Live, fingerprint: string, fault: { readonly code: number; readonly message: string }): void {
    // What comes while the first is looked into is no news, and neither is the refusal of a token that Meta calls dead.
    if (this.#stopping || live.looking) return;
    const inUse = tokenInUse(live);
    if (inUse === null || inUse.record.fingerprint !== fingerprint || inUse.record.snapshot?.valid === false) return;
    const { id } = inUse.record;
    if (!live.checkWanted) {
      live.checkWanted = true;
      this.#roster.refreshPlan(live);
    }
    const mayLook = this.#ports.clock.monotonic() >= (live.looked?.until ?? 0);
    // Calls that are refused and accepted in turn must not raise and end the alert each time.
    const isNews = live.connection.refusedCall?.tokenId !== id && (mayLook || live.looked?.tokenId !== id);
    if (!isNews && !mayLook) return;
    live.looking = true;
    const refusedCall = isNews ? { tokenId: id, at: this.#ports.clock.now(), code: fault.code, message: withoutSecrets(live, fault.message), validAt: null } : null;
    void this.#open.add(
      this.#lookInto(live, refusedCall, mayLook).finally(() => {
        live.looking = false;
      }),
    );
  }

  /** A call with the token of this fingerprint went through. */
  accepted(live: Live, fingerprint: string): void {
    const { refusedCall, tokens } = live.connection;
    if (refusedCall === null || this.#stopping || tokens.find(({ id }) => id === refusedCall.tokenId)?.fingerprint !== fingerprint) return;
    void this.#open.add(this.#note(live, null));
  }

  /** Begins nothing more, and resolves when all that was begun is over. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#open.settled();
  }

  async #lookInto(live: Live, refusedCall: RefusedCall | null, mayLook: boolean): Promise<void> {
    if (refusedCall !== null) await this.#note(live, refusedCall);
    if (mayLook) await this.#limit(() => (this.#stopping ? undefined : this.#work.attend(live)));
  }

  async #note(live: Live, refusedCall: RefusedCall | null): Promise<void> {
    // On a full disk it is noted in memory all the same, and told.
    await this.#roster.update(live, (before) => ({ ...before, refusedCall })).catch(() => undefined);
    await this.#work.tellAtOnce(live);
  }
}

function withoutSecrets(live: Live, message: string): string {
  const redactor = createRedactor();
  for (const secret of [...live.secrets.values(), ...live.broughtSecrets.values(), live.appSecret ?? '']) redactor.add(secret);
  return redactor.redact(message).slice(0, LONGEST_MESSAGE);
}
