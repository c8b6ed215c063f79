import { isHandChange } from '../core/delivery/fault-codes.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { Keeper } from '../keeper/api.ts';
import { type DeliveryBook, isCommandDelivery, isFileDelivery } from './book.ts';
import { CommandRuns } from './command-runs.ts';
import type { RunCommand } from './command.ts';
import { concernsOf, DELIVERY_CONCERNS } from './concerns.ts';
import { FileAttendant } from './file-attendant.ts';
import type { FileWork } from './file-work.ts';
import { Rounds } from './rounds.ts';
import { TokenLore } from './token-lore.ts';
import { standWords, type TokenStand } from './token-stand.ts';
import type { Leave, Written } from './write-token.ts';

/** What going the rounds takes. */
export interface RoundTools {
  readonly book: DeliveryBook;
  readonly keeper: Pick<Keeper, 'status' | 'currentToken' | 'knowsToken' | 'replace' | 'declare'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly work: FileWork;
  readonly run: RunCommand;
  /** Called when something was tried or ended, so that the next try may be due at another time. */
  readonly afterRound: () => void;
}

/**
 * Goes the rounds of all deliveries: which are to be looked at, the command when all files are done, and what the owner must hear.
 * One file that hangs holds up no other. Nothing here rejects.
 */
export class DeliveryRounds {
  readonly #tools: RoundTools;
  readonly #lore = new TokenLore();
  readonly #files: FileAttendant;
  readonly #commands: CommandRuns;
  readonly #rounds = new Rounds();
  /** Connections as they were last seen; null before the first look. */
  #connections: ReadonlySet<string> | null = null;
  /** The stand that a connection's deliveries were last seen to for. */
  readonly #attended = new Map<string, string>();
  /** By connection the fingerprint of the token in use that Meta calls dead. */
  readonly #dead = new Map<string, string>();
  readonly #leaves = new Map<string, Leave>();
  readonly #written = new Map<string, Written | null>();
  /** Commands to be run once more when every file holds the token. */
  readonly #again = new Set<string>();
  /** Commands that the owner wants to run now, whatever was and however the files are. */
  readonly #named = new Set<string>();
  /** What was declared last, by connection and kind. */
  readonly #declared = new Map<string, string>();
  #isClosing = false;

  constructor(tools: RoundTools) {
    this.#tools = tools;
    this.#files = new FileAttendant({ ...tools, lore: this.#lore, standOf: (connection) => this.#standOf(connection) });
    this.#commands = new CommandRuns({ ...tools, onEnd: (connection) => void this.settle(connection) });
  }

  isRunning(id: string): boolean {
    return this.#commands.isRunning(id);
  }

  commandEnded(id: string): Promise<void> {
    return this.#commands.ended(id);
  }

  /** Before the first look every connection counts as there. */
  isConnected(connection: string): boolean {
    return this.#connections?.has(connection) !== false;
  }

  /** Whether there is such a connection now, for whoever names one; null stands for all. Learns how the tokens are. */
  async knows(connection: string | null): Promise<boolean> {
    await this.#learn();
    return connection === null || this.isConnected(connection);
  }

  /** Whether every file of a connection holds the token in use. */
  filesDone(connection: string): boolean {
    const token = this.#tools.keeper.currentToken(connection);
    return token !== null && this.#tools.book.of(connection).filter(isFileDelivery).every(({ state }) => state.fault === null && state.done?.fingerprint === token.fingerprint);
  }

  /** Looks at everything. */
  async look(): Promise<void> {
    const alerted = await this.#learn();
    await this.#tools.book.retry();
    await Promise.all([...new Set([...this.#ofBook(), ...alerted])].map((connection) => this.#attend(connection)));
  }

  /** Sees to the connections whose token in use has changed, or has died where a value in a file might take its place. */
  async changed(): Promise<void> {
    const isChanged = (connection: string): boolean => standWords(this.#standOf(connection)) !== this.#attended.get(connection);
    const isAsked = this.#tools.book.all().some(({ state: { fault } }) => fault !== null && isHandChange(fault.code));
    // A token that has gone may have gone with its connection.
    if (isAsked || this.#ofBook().some((connection) => isChanged(connection) && this.#tools.keeper.currentToken(connection) === null)) await this.#learn();
    await Promise.all(this.#ofBook().filter(isChanged).map((connection) => this.#attend(connection)));
  }

  /** Tries again what is due. */
  async due(): Promise<void> {
    const now = this.#tools.clock.now();
    const due = this.#tools.book.all().filter(({ state }) => state.fault !== null && state.nextTryAt !== null && state.nextTryAt <= now);
    await Promise.all([...new Set(due.map(({ connection }) => connection))].map((connection) => this.#attend(connection)));
    this.#tools.afterRound();
  }

  /** Tries one file in any case, with what the owner allows. */
  async withLeave(id: string, leave: Leave): Promise<Written | null> {
    this.#leaves.set(id, leave);
    await this.#attendFile(id);
    const written = this.#written.get(id) ?? null;
    const delivery = this.#tools.book.get(id);
    if (delivery === null) return written;
    // The bot has read another value meanwhile, so it must be told of this one even if it was told of it before.
    const command = this.#tools.book.of(delivery.connection).find(isCommandDelivery);
    if (written?.outcome === 'holds' && written.wrote && command !== undefined) this.#again.add(command.id);
    await this.settle(delivery.connection);
    return written;
  }

  /** Runs a command that failed once more. One that the owner has `named` runs now, whatever was. */
  async runAgain(id: string, named: boolean): Promise<void> {
    const delivery = this.#tools.book.get(id);
    if (delivery === null) return;
    if (named) this.#named.add(id);
    else if (delivery.state.fault !== null && !this.isRunning(id)) this.#again.add(id);
    await this.settle(delivery.connection);
  }

  /** What comes after files were seen to: the command where all are done, and what the owner must hear. */
  settle(connection: string): Promise<void> {
    return this.#rounds.run(`after ${connection}`, async () => {
      this.#attendCommand(connection);
      await this.#declare(connection);
      this.#tools.afterRound();
    });
  }

  /** Forgets what is known of a delivery that is no more. */
  forget(id: string): void {
    this.#files.forget(id);
    this.#leaves.delete(id);
    this.#written.delete(id);
    this.#again.delete(id);
    this.#named.delete(id);
  }

  /** Begins nothing more; resolves when nothing is under way. */
  rest(): Promise<void> {
    this.#isClosing = true;
    return this.#rounds.rest();
  }

  stopCommands(): Promise<void> {
    return this.#commands.close();
  }

  #ofBook(): readonly string[] {
    return [...new Set(this.#tools.book.all().map(({ connection }) => connection))];
  }

  /** Learns which connections there are and what tokens they have, and drops what belonged to one that was removed. Answers those with an alert of ours. */
  async #learn(): Promise<readonly string[]> {
    const { keeper, book } = this.#tools;
    const { connections } = keeper.status();
    const now = new Set(connections.map(({ id }) => id));
    const removed = [...(this.#connections ?? [])].filter((id) => !now.has(id));
    this.#connections = now;
    for (const { id, health } of connections) {
      const token = keeper.currentToken(id);
      if (token === null) continue;
      const isDead = health === 'expired' || health === 'revoked';
      this.#lore.note(id, token, isDead);
      if (isDead || health === 'access-lost') this.#dead.set(id, token.fingerprint);
      else this.#dead.delete(id);
    }
    for (const id of removed) {
      this.#lore.forget(id);
      this.#attended.delete(id);
      this.#dead.delete(id);
      for (const delivery of book.of(id)) this.forget(delivery.id);
      for (const code of DELIVERY_CONCERNS) this.#declared.delete(`${id}/${code}`);
    }
    // Only what was seen to go: after damaged settings all connections are missing, and may come back.
    await book.drop(({ connection }) => removed.includes(connection));
    return connections.filter(({ alerts }) => alerts.some(({ code }) => DELIVERY_CONCERNS.some((ours) => ours === code))).map(({ id }) => id);
  }

  async #attend(connection: string): Promise<void> {
    const token = this.#tools.keeper.currentToken(connection);
    this.#attended.set(connection, standWords(this.#standOf(connection)));
    if (token !== null) this.#lore.note(connection, token, false);
    const files = this.#tools.book.of(connection).filter(isFileDelivery);
    // Each by itself, so that a network drive that hangs holds up neither the alerts nor the other files.
    await Promise.all(files.length === 0 ? [this.settle(connection)] : files.map(({ id }) => this.#attendFile(id).then(() => this.settle(connection))));
  }

  #attendFile(id: string): Promise<void> {
    return this.#rounds.run(id, async () => {
      const delivery = this.#tools.book.get(id);
      if (delivery === null || !isFileDelivery(delivery) || this.#isClosing) return;
      const leave = this.#leaves.get(id) ?? null;
      this.#leaves.delete(id);
      try {
        const written = await this.#files.attend(delivery, leave);
        if (leave !== null || written !== null) this.#written.set(id, written);
      } catch (error) {
        this.#tools.log.write('error', 'delivery.went-wrong', { delivery: id, error: error instanceof Error ? error.message : 'unknown' });
      }
    });
  }

  #attendCommand(connection: string): void {
    const command = this.#tools.book.of(connection).find(isCommandDelivery);
    const token = this.#tools.keeper.currentToken(connection);
    if (command === undefined || token === null || this.#isClosing) return;
    const isNamed = this.#named.delete(command.id);
    const filesDone = this.filesDone(connection);
    // One that runs now counts as the one that was named, but may have begun before the last file was written.
    if (this.#commands.isRunning(command.id) || !(filesDone || isNamed)) return;
    const isAgain = filesDone && this.#again.delete(command.id);
    this.#commands.attend(command, token, { inAnyCase: isNamed || isAgain, filesDone });
  }

  #standOf(connection: string): TokenStand {
    const fingerprint = this.#tools.keeper.currentToken(connection)?.fingerprint ?? null;
    return { fingerprint, isDead: fingerprint !== null && this.#dead.get(connection) === fingerprint };
  }

  async #declare(connection: string): Promise<void> {
    const { keeper, book, clock, log } = this.#tools;
    if (!this.isConnected(connection)) return;
    const now = clock.now();
    const concerns = concernsOf(book.of(connection), now, (fingerprint) => this.#lore.isAtItsEnd(connection, fingerprint, now));
    for (const code of DELIVERY_CONCERNS) {
      const key = `${connection}/${code}`;
      const said = JSON.stringify(concerns[code]);
      if (this.#declared.get(key) === said) continue;
      try {
        await keeper.declare(connection, code, concerns[code]);
        this.#declared.set(key, said);
      } catch (error) {
        // Our own disk; the next look says it again.
        log.write('warn', 'delivery.alert-not-kept', { connection, code, error: error instanceof Error ? error.message : 'unknown' });
      }
    }
  }
}
