import { type CommandFailure, commandFault } from '../core/delivery/command-words.ts';
import type { DeliveryState } from '../core/delivery/delivery.ts';
import { rememberOwn } from '../core/delivery/own-values.ts';
import { commandRetryAfter, isRetryDue } from '../core/delivery/retries.ts';
import type { Clock, Log } from '../core/ports.ts';
import { SECOND } from '../core/time.ts';
import type { HandedToken } from '../keeper/api.ts';
import type { CommandDelivery, DeliveryBook } from './book.ts';
import type { CommandEnd, RunCommand, RunningCommand } from './command.ts';
import { digestOf } from './digest.ts';
import { logPieces } from './output-tail.ts';

/** How long a command that runs while Evertoken stops may go on before it is ended, ms. */
const STOP_GRACE = 2 * SECOND;

/** What running commands takes. */
export interface CommandTools {
  readonly book: DeliveryBook;
  readonly clock: Clock;
  readonly log: Log;
  readonly run: RunCommand;
  /** Called when a command has ended and that was written down. */
  readonly onEnd: (connection: string) => void;
}

/** Why a command is to be run. */
export interface RunReason {
  /** The owner wants it, or a file was written over again: it runs whatever was. */
  readonly inAnyCase: boolean;
  /** Every file holds the token. Where not, the command runs once more when they do. */
  readonly filesDone: boolean;
}

/**
 * Runs the commands after deliveries: once for each token, and up to three times more where that fails. Which token a command was
 * started for is written down first, as a try that failed, so that a crash in the middle does not run it for ever.
 */
export class CommandRuns {
  readonly #tools: CommandTools;
  readonly #running = new Map<string, { readonly done: Promise<void>; command: RunningCommand | null }>();
  #isClosing = false;

  constructor(tools: CommandTools) {
    this.#tools = tools;
  }

  isRunning(id: string): boolean {
    return this.#running.has(id);
  }

  /** Resolves when a command that runs now has ended; at once where none does. */
  async ended(id: string): Promise<void> {
    await this.#running.get(id)?.done;
  }

  /** Starts a command if it is due for this token, or in any case. Unless it is, to be called only when every file holds the token. */
  attend(delivery: CommandDelivery, token: HandedToken, how: RunReason): void {
    if (this.#isClosing || this.isRunning(delivery.id)) return;
    if (!how.inAnyCase && !this.#isDue(delivery.state, token)) return;
    const entry: { done: Promise<void>; command: RunningCommand | null } = { done: Promise.resolve(), command: null };
    this.#running.set(delivery.id, entry);
    entry.done = this.#carryOut(delivery, token, how, entry).finally(() => {
      this.#running.delete(delivery.id);
      this.#tools.onEnd(delivery.connection);
    });
  }

  /** Starts nothing more, and ends what does not end by itself within a grace. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all([...this.#running.values()].map((entry) => this.#end(entry)));
  }

  #isDue(state: DeliveryState, token: HandedToken): boolean {
    return state.ownValues[0] !== digestOf(token.token) || isRetryDue(state, this.#tools.clock.now());
  }

  async #carryOut(delivery: CommandDelivery, token: HandedToken, { inAnyCase, filesDone }: RunReason, entry: { command: RunningCommand | null }): Promise<void> {
    const { book, clock, log, run } = this.#tools;
    const { command } = delivery.to;
    const digest = digestOf(token.token);
    const isRetry = !inAnyCase && delivery.state.ownValues[0] === digest;
    const earlier = isRetry ? delivery.state.fault : null;
    const failures = (earlier?.failures ?? 0) + 1;
    const failed = (failure: CommandFailure): Partial<DeliveryState> => {
      const pause = commandRetryAfter(failures);
      const { code, text } = commandFault(command.argv, failure, pause === null);
      return { fault: { code, text, since: earlier?.since ?? clock.now(), failures }, nextTryAt: pause === null ? null : clock.now() + pause };
    };
    // A failure before this one stays in view until this try has ended.
    const started = failed({ kind: 'interrupted' });
    await book.setState(delivery.id, (state) => ({ ...state, ...started, ...(earlier === null ? {} : { fault: { ...earlier, failures } }), ownValues: filesDone ? rememberOwn(state.ownValues, digest) : state.ownValues }));
    if (this.#isClosing || book.get(delivery.id) === null) return;
    log.write('info', 'delivery.command-started', { delivery: delivery.id, connection: delivery.connection, program: command.argv[0] ?? '' });
    entry.command = run(command, token.token);
    const end = await entry.command.ended;
    const failure = failureOf(end, command.timeoutMs);
    this.#report(delivery, end, failure);
    if (failure?.kind === 'interrupted') return;
    const outcome = failure === null ? { done: { at: clock.now(), fingerprint: token.fingerprint }, fault: null, nextTryAt: null } : failed(failure);
    await book.setState(delivery.id, (state) => ({ ...state, ...outcome }));
  }

  #report({ id, connection }: CommandDelivery, { how, output }: CommandEnd, failure: CommandFailure | null): void {
    const { log } = this.#tools;
    const level = failure === null ? 'info' : 'warn';
    log.write(level, 'delivery.command-ended', { delivery: id, connection, how: how.kind, exitCode: how.kind === 'exit' ? how.code : null });
    for (const text of output.flatMap(logPieces)) log.write(level, 'delivery.command-said', { delivery: id, output: text });
  }

  async #end({ done, command }: { readonly done: Promise<void>; readonly command: RunningCommand | null }): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), STOP_GRACE);
    });
    const late = await Promise.race([done, grace]);
    clearTimeout(timer);
    if (late === 'late') await command?.stop();
    await done;
  }
}

function failureOf({ how }: CommandEnd, timeoutMs: number): CommandFailure | null {
  switch (how.kind) {
    case 'exit':
      return how.code === 0 ? null : how;
    case 'timeout':
      return { kind: 'timeout', afterMs: timeoutMs };
    case 'stopped':
      return { kind: 'interrupted' };
    case 'signal':
    case 'not-started':
      return how;
  }
}
