import type { AddEnvFileRequest, DeliverRequest, DeliveryDesk, DeliveryView, SetCommandRequest } from '../contract/deliveries.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Delivery, DeliveryStore } from '../core/delivery/delivery.ts';
import { LONGEST_PAUSE } from '../core/delivery/retries.ts';
import type { Clock, Log } from '../core/ports.ts';
import { SECOND } from '../core/time.ts';
import type { Keeper } from '../keeper/api.ts';
import { DeliveryBook, isCommandDelivery, isFileDelivery } from './book.ts';
import { programRunner, type RunCommand } from './command.ts';
import { type FileWork, systemFileWork } from './file-work.ts';
import { type Later, nodeLater } from './later.ts';
import { addedOutcome, deliveredOutcome, notKept, unknownOutcome } from './outcomes.ts';
import { DeliveryRounds } from './delivery-rounds.ts';
import { programNotes } from './find-program.ts';
import { checkCommand, checkEnvFile, fileNotes, newDelivery } from './set-up.ts';
import { deliveryView } from './views.ts';
import { digestOf } from './digest.ts';
import type { Leave } from './write-token.ts';

/** What delivering takes. The keeper must have been started. */
export interface DeliveriesOptions {
  readonly store: DeliveryStore;
  readonly keeper: Pick<Keeper, 'status' | 'currentToken' | 'knowsToken' | 'replace' | 'declare' | 'onChange'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Evertoken's data folder: no token is ever written into anything there. */
  readonly forbidden: string;
  /** Whether a variable of the environment is known to hold a secret of Meta's, which no command is to inherit. */
  readonly isSecretName: (name: string) => boolean;
  /** How programs are run; as they are unless given. */
  readonly runCommand?: RunCommand;
  /** How files are reached; as they are unless given. */
  readonly files?: FileWork;
  /** How to wait; by Node's timers unless given. */
  readonly later?: Later;
}

/** Brings tokens into `.env` files and runs a command after it. */
export interface Deliveries extends DeliveryDesk {
  /** Looks at every file and delivers what is not delivered: at the start, and once a minute. Never rejects, and never waits long for a disk that hangs. */
  look(): Promise<void>;
  /** Something about the tokens may have changed; this subscribes to the keeper by itself. Returns at once and does its work a moment later. */
  changed(): void;
  /** Begins nothing more and lets what is under way finish, within some seconds. A command that takes longer is ended. */
  close(): Promise<void>;
}

/** How long changes are gathered, ms: one renewal tells of itself several times. */
const GATHER = 30;
/** How long a look, or the end, waits for files, ms. Whatever hangs goes on by itself. */
const PATIENCE = 10 * SECOND;
/** How long an owner who pressed a button waits for a command, ms. */
const COMMAND_PATIENCE = 30 * SECOND;
const SHORTEST_WAIT = 20;

/** Reads the deliveries of the store and keeps them from then on: nobody else may save to it. Nothing is delivered before `look` or a change. */
export function openDeliveries({ store, keeper, clock, log, forbidden, isSecretName, runCommand = programRunner(isSecretName), files: given = systemFileWork(), later = nodeLater }: DeliveriesOptions): Deliveries {
  const files: FileWork = { ...given, forbidden };
  const book = new DeliveryBook(store, log);
  const rounds = new DeliveryRounds({ book, keeper, clock, log, work: files, run: runCommand, afterRound: () => arm() });
  let forgetGathering: (() => void) | null = null;
  let forgetRetry: (() => void) | null = null;
  let isClosed = false;

  const patiently = async (work: Promise<unknown>, ms: number): Promise<void> => {
    let giveUp = (): void => undefined;
    const limit = new Promise<void>((resolve) => {
      giveUp = later(resolve, ms);
    });
    await Promise.race([work, limit]);
    giveUp();
  };

  /** One timer for the next try; the look of each minute finds what it misses, after a sleep or with a clock that was set. */
  const arm = (): void => {
    forgetRetry?.();
    forgetRetry = null;
    const now = clock.now();
    const next = Math.min(...book.all().flatMap(({ state: { fault, nextTryAt } }) => (fault === null || nextTryAt === null ? [] : [nextTryAt])));
    if (isClosed || !Number.isFinite(next)) return;
    forgetRetry = later(() => void rounds.due(), Math.min(LONGEST_PAUSE, Math.max(SHORTEST_WAIT, next - now)));
  };

  const changed = (): void => {
    if (isClosed || forgetGathering !== null) return;
    forgetGathering = later(() => {
      forgetGathering = null;
      void rounds.changed();
    }, GATHER);
  };
  const unsubscribe = keeper.onChange(changed);

  const view = (delivery: Delivery, isLocked: boolean): DeliveryView => {
    const token = keeper.currentToken(delivery.connection);
    return deliveryView(delivery, {
      isConnected: rounds.isConnected(delivery.connection),
      fingerprint: token?.fingerprint ?? null,
      isLocked,
      isRunning: rounds.isRunning(delivery.id),
      filesDone: rounds.filesDone(delivery.connection),
    });
  };
  const views = (all: readonly Delivery[]): readonly DeliveryView[] => {
    // The status is dear, and says something here only where a token is missing.
    const isLocked = all.some(({ connection }) => keeper.currentToken(connection) === null) && keeper.status().vault.locked;
    return all.map((delivery) => view(delivery, isLocked));
  };
  const add = async (delivery: Delivery, replacing: (other: Delivery) => boolean): Promise<Outcome | null> => {
    try {
      await book.change((all) => [...all.filter((other) => !replacing(other)), delivery]);
    } catch (error) {
      return notKept(delivery.connection, error);
    }
    log.write('info', 'delivery.added', { delivery: delivery.id, connection: delivery.connection, kind: delivery.to.kind });
    return null;
  };

  const addEnvFile = async (request: AddEnvFileRequest): Promise<Outcome> => {
    if (!(await rounds.knows(request.connection))) return unknownOutcome('connection', request.connection);
    const checked = await checkEnvFile(files, book, request);
    if (!checked.ok) return checked.outcome;
    const delivery = newDelivery(book, request.connection, { kind: 'env-file', target: checked.value }, clock.now());
    const failed = await add(delivery, () => false);
    if (failed !== null) return failed;
    const written = await rounds.withLeave(delivery.id, { overwrite: false, overwriteDead: true, create: true });
    const [made] = views([book.get(delivery.id) ?? delivery]);
    return made === undefined ? unknownOutcome('delivery', delivery.id) : addedOutcome(made, [...(written?.outcome === 'holds' ? written.notes : []), ...(await fileNotes(files, checked.value))]);
  };

  const setCommand = async (request: SetCommandRequest): Promise<Outcome> => {
    const { connection } = request;
    if (!(await rounds.knows(connection))) return unknownOutcome('connection', connection);
    const checked = await checkCommand(files, request);
    if (!checked.ok) return checked.outcome;
    // With the token in every file already, nothing has changed for the bot: it runs after the next one.
    const token = keeper.currentToken(connection);
    const started = token !== null && rounds.filesDone(connection) ? [digestOf(token.token)] : [];
    const delivery = newDelivery(book, connection, { kind: 'command', command: checked.value }, clock.now(), started);
    const failed = await add(delivery, (other) => other.connection === connection && isCommandDelivery(other));
    if (failed !== null) return failed;
    await rounds.settle(connection);
    return { ok: true, code: 'command-set', message: 'The command runs after each delivery of a new token.', connection, details: await programNotes(files, checked.value, process.env['PATH'] ?? '') };
  };

  const remove = async (id: string): Promise<Outcome> => {
    const delivery = book.get(id);
    if (delivery === null) return unknownOutcome('delivery', id);
    try {
      await book.change((all) => all.filter((one) => one.id !== id));
    } catch (error) {
      return notKept(delivery.connection, error);
    }
    rounds.forget(id);
    await rounds.settle(delivery.connection);
    log.write('info', 'delivery.removed', { delivery: id, connection: delivery.connection });
    const message = isFileDelivery(delivery) ? `Evertoken no longer writes into ${delivery.to.target.file}. The file stays as it is.` : 'The command no longer runs.';
    return { ok: true, code: 'delivery-removed', message, connection: delivery.connection, details: [] };
  };

  const deliver = async ({ connection, delivery: id, overwrite }: DeliverRequest): Promise<Outcome> => {
    // Also where all are meant: whether a token is dead decides what may be written over.
    if (!(await rounds.knows(connection)) && connection !== null) return unknownOutcome('connection', connection);
    const chosen = book.all().filter((one) => (connection === null || one.connection === connection) && (id === null || one.id === id));
    if (id !== null && chosen.length === 0) return unknownOutcome('delivery', id);
    if (chosen.length === 0) return { ok: false, code: 'no-deliveries', message: 'Nothing is delivered yet. Add a .env file or a command first.', connection, details: [] };
    const leave: Leave = { overwrite, overwriteDead: overwrite, create: true };
    await Promise.all(chosen.filter(isFileDelivery).map((one) => rounds.withLeave(one.id, leave)));
    const commands = chosen.filter(isCommandDelivery);
    await Promise.all(commands.map((one) => rounds.runAgain(one.id, id !== null)));
    await patiently(Promise.all(commands.map((one) => rounds.commandEnded(one.id))), COMMAND_PATIENCE);
    const after = chosen.flatMap((one) => book.get(one.id) ?? []);
    return deliveredOutcome(connection ?? (id === null ? null : (after[0]?.connection ?? null)), views(after));
  };

  return {
    list: () => views(book.all()),
    addEnvFile,
    setCommand,
    remove,
    deliver,
    look: () => (isClosed ? Promise.resolve() : patiently(rounds.look(), PATIENCE)),
    changed,
    close: async () => {
      isClosed = true;
      unsubscribe();
      forgetGathering?.();
      forgetRetry?.();
      await Promise.all([patiently(rounds.rest(), PATIENCE), rounds.stopCommands()]);
    },
  };
}
