import type { DeliveryState } from '../core/delivery/delivery.ts';
import { waitsForOwner } from '../core/delivery/fault-codes.ts';
import { rememberOwn } from '../core/delivery/own-values.ts';
import { fileRetryAfter, isRetryDue } from '../core/delivery/retries.ts';
import type { Clock, Log } from '../core/ports.ts';
import { SECOND } from '../core/time.ts';
import type { Keeper } from '../keeper/api.ts';
import type { DeliveryBook, FileDelivery } from './book.ts';
import { digestOf } from './digest.ts';
import { FileTurns } from './file-turns.ts';
import type { FileWork } from './file-work.ts';
import { HandChanges } from './hand-changes.ts';
import { findEnvFile, type FoundFile, isSameFile } from './read-env-file.ts';
import { clearTemporaries } from './temporary-files.ts';
import type { TokenLore } from './token-lore.ts';
import { standWords, type TokenStand } from './token-stand.ts';
import { type Leave, type Written, writeToken } from './write-token.ts';

/** What keeping files up to date takes. */
export interface AttendantTools {
  readonly book: DeliveryBook;
  readonly keeper: Pick<Keeper, 'currentToken' | 'knowsToken' | 'replace'>;
  readonly lore: TokenLore;
  /** A connection's token in use, by fingerprint, and whether Meta calls it dead. */
  readonly standOf: (connection: string) => TokenStand;
  readonly clock: Clock;
  readonly log: Log;
  readonly work: FileWork;
}

/** A file as it was last seen, and beside which token in use that was judged. `found` is null where it could not be found. */
interface Sight {
  readonly stand: string;
  readonly found: FoundFile | null;
}

/** A change so young (ms) may not be the last one that bears this file time. */
const FILE_TIME_STEP = 2 * SECOND;

const BY_ITSELF: Leave = { overwrite: false, overwriteDead: false, create: false };

/** Keeps one file after the other up to date, and writes down how that went. */
export class FileAttendant {
  readonly #tools: AttendantTools;
  readonly #turns = new FileTurns();
  readonly #hands: HandChanges;
  readonly #sights = new Map<string, Sight>();
  readonly #swept = new Set<string>();

  constructor(tools: AttendantTools) {
    this.#tools = tools;
    this.#hands = new HandChanges(tools.keeper);
  }

  /**
   * Sees to one delivery. By itself (`leave` null) that is a look at the file's times and size where nothing else gives reason for more;
   * with leave of the owner it is a try in any case. Null where there was nothing to do.
   */
  async attend(delivery: FileDelivery, leave: Leave | null): Promise<Written | null> {
    const { book, keeper } = this.#tools;
    const { id, connection } = delivery;
    await this.#sweepOnce(delivery);
    if (leave === null && (await this.#mayRest(delivery))) return null;
    if (leave !== null) this.#hands.forget(id);
    const written = await writeToken(
      {
        work: this.#tools.work,
        turns: this.#turns,
        hands: this.#hands,
        token: () => keeper.currentToken(connection),
        isDead: () => this.#tools.standOf(connection).isDead,
        stand: () => this.#standWords(connection),
        settle: (place) => book.setPlace(id, place),
        isOwn: (value) => this.#isOwn(id, connection, value),
        remember: (value) => book.setState(id, (state) => withOwn(state, value)),
      },
      delivery,
      // Nothing was delivered yet, so the owner's wish to have this file written still stands. Later a missing file may be a deliberate
      // act, or a disk that is not mounted: a secret has no business in what is left there.
      { ...(leave ?? BY_ITSELF), create: leave?.create === true || delivery.state.done === null },
    );
    await this.#writeDown(id, written);
    return written;
  }

  /** Forgets what is known of a delivery that is no more. */
  forget(id: string): void {
    this.#sights.delete(id);
    this.#swept.delete(id);
    this.#hands.forget(id);
  }

  /** What a kill left beside the file is cleared at the first look of a run, also where there is nothing to write. */
  async #sweepOnce({ id, to }: FileDelivery): Promise<void> {
    if (this.#swept.has(id)) return;
    this.#swept.add(id);
    const found = await findEnvFile(this.#tools.work, to.target.file);
    if (found.ok) await this.#turns.take(found.file.path, () => clearTemporaries(this.#tools.work.fs, found.file.path));
  }

  async #mayRest({ id, connection, state, to }: FileDelivery): Promise<boolean> {
    const sight = this.#sights.get(id);
    if (sight === undefined || sight.stand !== this.#standWords(connection) || isRetryDue(state, this.#tools.clock.now())) return false;
    const found = await findEnvFile(this.#tools.work, to.target.file);
    if (found.ok) return sight.found !== null && isSameFile(found.file, sight.found);
    return sight.found === null && found.fault.code === state.fault?.code;
  }

  #standWords(connection: string): string {
    return standWords(this.#tools.standOf(connection));
  }

  #isOwn(id: string, connection: string, value: string): boolean {
    const digest = digestOf(value);
    // An older token of this connection is where the file stood, not what somebody put there in its place.
    return this.#tools.book.get(id)?.state.ownValues.includes(digest) === true || this.#tools.lore.wasInUse(connection, digest) || this.#tools.keeper.knowsToken(connection, value);
  }

  async #writeDown(id: string, written: Written): Promise<void> {
    const { book, clock, log } = this.#tools;
    const delivery = book.get(id);
    if (delivery === null) return;
    const { connection } = delivery;
    if (written.outcome === 'no-token') {
      this.#remember(id, this.#standWords(connection), written.seen);
      return;
    }
    if (written.outcome === 'holds') {
      const { token, wrote, seen } = written;
      const { isDead } = this.#tools.standOf(connection);
      // The token that was written, though another may be in use by now.
      this.#remember(id, standWords({ fingerprint: token.fingerprint, isDead }), seen);
      if (wrote) log.write('info', 'delivery.written', { delivery: id, connection, fingerprint: token.fingerprint });
      await book.setState(id, (state) => {
        if (!wrote && state.fault === null && state.nextTryAt === null && state.done?.fingerprint === token.fingerprint && state.ownValues[0] === digestOf(token.token)) return state;
        const done = wrote || state.done?.fingerprint !== token.fingerprint ? { at: clock.now(), fingerprint: token.fingerprint } : state.done;
        return { ...withOwn(state, token.token), done, fault: null, nextTryAt: null };
      });
      return;
    }
    const { code, text } = written.fault;
    this.#sights.set(id, { stand: this.#standWords(connection), found: written.seen });
    const earlier = delivery.state.fault?.code === code ? delivery.state.fault : null;
    const failures = (earlier?.failures ?? 0) + 1;
    log.write('warn', 'delivery.failed', { delivery: id, connection, code, failures });
    await book.setState(id, (state) => ({ ...state, fault: { code, text, since: earlier?.since ?? clock.now(), failures }, nextTryAt: waitsForOwner(code) ? null : clock.now() + fileRetryAfter(failures) }));
  }

  #remember(id: string, stand: string, seen: FoundFile | null): void {
    // The file's own times are the computer's, whatever clock Evertoken goes by.
    if (seen === null || Date.now() - Number(seen.stats.mtimeMs) < FILE_TIME_STEP) this.#sights.delete(id);
    else this.#sights.set(id, { stand, found: seen });
  }
}

function withOwn(state: DeliveryState, value: string): DeliveryState {
  const ownValues = rememberOwn(state.ownValues, digestOf(value));
  return ownValues === state.ownValues ? state : { ...state, ownValues };
}
