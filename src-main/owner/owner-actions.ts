import type { CheckedRequestOf } from '../contract/window-api.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Clock } from '../core/ports.ts';
import { MINUTE } from '../core/time.ts';
import { readEnvConnection } from '../env/env-file.ts';
import { readTextFile } from '../env/text-file.ts';
import type { Keeper, ReplaceInput } from '../keeper/api.ts';

/** How long a pasted token waits in memory for the owner's yes, ms. */
const CONFIRM_WITHIN = 10 * MINUTE;

const PASTED = 'What you pasted';

/**
 * What the owner asks for, be it in the window, the tray or a notification: hands it to the keeper, knows what is under way,
 * and holds a pasted token while the owner reads what is different about it, so that it crosses from the window only once.
 */
export class OwnerActions {
  readonly #keeper: Keeper;
  readonly #clock: Clock;
  readonly #onBusyChange: () => void;
  readonly #busy = new Map<string, number>();
  /** Stands for the window that is open now. */
  #asker = {};
  // Holds secrets.
  readonly #unconfirmed = new Map<string, { readonly input: ReplaceInput; readonly until: number }>();

  constructor(keeper: Keeper, clock: Clock, onBusyChange: () => void) {
    this.#keeper = keeper;
    this.#clock = clock;
    this.#onBusyChange = onBusyChange;
  }

  /** Ids of the connections on which something is under way. */
  get busy(): readonly string[] {
    return [...this.#busy.keys()];
  }

  refresh(connection: string): Promise<Outcome> {
    return this.#on(connection, () => this.#keeper.refresh(connection));
  }

  check(connection: string): Promise<Outcome> {
    return this.#on(connection, () => this.#keeper.check(connection));
  }

  remove(connection: string): Promise<Outcome> {
    this.#unconfirmed.delete(connection);
    return this.#on(connection, () => this.#keeper.remove(connection));
  }

  chooseNumber(connection: string, phoneNumberId: string): Promise<Outcome> {
    return this.#on(connection, () => this.#keeper.chooseNumber(connection, phoneNumberId));
  }

  acknowledge(alert: string): Promise<Outcome> {
    return this.#keeper.acknowledge(alert);
  }

  /** Connects with a token, or with a whole `.env` where the token would stand; what was typed beside it wins. */
  async connect(request: CheckedRequestOf<'connect'>): Promise<Outcome> {
    const found = readEnvConnection(request.token, PASTED);
    if (!found.ok) return found.code === 'env-ambiguous' ? refused(found) : this.#keeper.connect(request);
    const { notes, token, ...env } = found.value;
    const outcome = await this.#keeper.connect({
      ...request,
      token,
      appId: request.appId ?? env.appId,
      appSecret: request.appSecret ?? env.appSecret,
      phoneNumberId: request.phoneNumberId ?? env.phoneNumberId,
      wabaId: request.wabaId ?? env.wabaId,
      source: 'import',
    });
    return { ...outcome, details: [...notes, ...outcome.details] };
  }

  /** Connects with what stands in a bot's `.env`, which is only read. */
  async importEnvFile(path: string): Promise<Outcome> {
    const text = await readTextFile(path, '/');
    return text.ok ? this.connect({ token: text.value, label: null, environment: null, appId: null, appSecret: null, phoneNumberId: null, wabaId: null, source: 'import' }) : refused(text);
  }

  /** Puts a new token in the place of the old one, or says what is different about it and waits for a yes. */
  async replace({ connection, ...request }: CheckedRequestOf<'replace'>): Promise<Outcome> {
    const input: ReplaceInput = { ...withEnv(request), confirmed: false };
    const asker = this.#asker;
    const outcome = await this.#on(connection, () => this.#keeper.replace(connection, input));
    // With the window that asked, whoever could say yes has gone.
    if (outcome.code === 'confirm' && asker === this.#asker) this.#unconfirmed.set(connection, { input, until: this.#clock.monotonic() + CONFIRM_WITHIN });
    else this.#unconfirmed.delete(connection);
    return outcome;
  }

  /** The owner's yes to the differences that `replace` stated. */
  confirmReplace(connection: string): Promise<Outcome> {
    const waiting = this.#unconfirmed.get(connection);
    this.#unconfirmed.delete(connection);
    if (waiting === undefined || waiting.until < this.#clock.monotonic()) {
      return Promise.resolve(refused({ code: 'nothing-to-confirm', message: 'The new token is no longer held here. Please paste it again. Nothing was changed.' }));
    }
    return this.#on(connection, () => this.#keeper.replace(connection, { ...waiting.input, confirmed: true }));
  }

  /** The owner's no. */
  forgetReplace(connection: string): Outcome {
    this.#unconfirmed.delete(connection);
    return { ok: true, code: 'forgotten', message: 'The new token was let go of. Nothing was changed.', connection, details: [] };
  }

  /** The window was closed: what waits for a yes is forgotten. */
  forgetUnconfirmed(): void {
    this.#asker = {};
    this.#unconfirmed.clear();
  }

  /** Lets go of what has waited for too long. Call it now and then. */
  dropExpired(): void {
    const now = this.#clock.monotonic();
    for (const [connection, { until }] of this.#unconfirmed) if (until < now) this.#unconfirmed.delete(connection);
  }

  async #on(connection: string, work: () => Promise<Outcome>): Promise<Outcome> {
    this.#count(connection, 1);
    try {
      return await work();
    } finally {
      this.#count(connection, -1);
    }
  }

  #count(connection: string, by: 1 | -1): void {
    const count = (this.#busy.get(connection) ?? 0) + by;
    if (count === 0) this.#busy.delete(connection);
    else this.#busy.set(connection, count);
    this.#onBusyChange();
  }
}

/** A whole `.env` pasted where a new token is asked for: its token, and its app id and secret where it has both. */
function withEnv({ token, app }: Pick<ReplaceInput, 'token' | 'app'>): Pick<ReplaceInput, 'token' | 'app'> {
  const found = token === null ? null : readEnvConnection(token, PASTED);
  if (found === null || !found.ok) return { token, app };
  const { appId, appSecret } = found.value;
  return { token: found.value.token, app: app ?? (appId !== null && appSecret !== null ? { appId, appSecret } : null) };
}

function refused({ code, message }: { readonly code: string; readonly message: string }): Outcome {
  return { ok: false, code, message, connection: null, details: [] };
}
