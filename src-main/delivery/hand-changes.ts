import { handVerdict } from '../core/delivery/hand-value.ts';
import { differsWords } from '../core/delivery/hand-words.ts';
import type { Keeper } from '../keeper/api.ts';
import { digestOf } from './digest.ts';

/** What the keeper said about a value that somebody put into a file. `why` is its sentence. */
export interface Judgement {
  readonly verdict: ReturnType<typeof handVerdict>;
  readonly why: string;
}

/** Has values that were put into files by hand judged by the keeper, each only once. */
export class HandChanges {
  readonly #keeper: Pick<Keeper, 'replace'>;
  /** By delivery: one file holds one value at a time, and a restart may ask once more. */
  readonly #known = new Map<string, { readonly digest: string; readonly stand: string; readonly judgement: Judgement }>();

  constructor(keeper: Pick<Keeper, 'replace'>) {
    this.#keeper = keeper;
  }

  /**
   * What was said about this value before; null where it must be asked, also because nobody could say anything the last time. `stand` is
   * the token in use and how it was: what is refused beside a living token is welcome once that one is dead.
   */
  known(delivery: string, value: string, stand: string): Judgement | null {
    const known = this.#known.get(delivery);
    return known !== undefined && known.digest === digestOf(value) && known.stand === stand && known.judgement.verdict !== 'later' ? known.judgement : null;
  }

  /** Offers the value to the keeper as a new token for the connection, the way an owner's paste is. `stand` is that before it was asked. */
  async judge(delivery: string, connection: string, value: string, stand: string): Promise<Judgement> {
    const judgement = await this.#ask(connection, value);
    this.#known.set(delivery, { digest: digestOf(value), stand, judgement });
    return judgement;
  }

  /** Asks again next time: the owner may have put something right at Meta. */
  forget(delivery: string): void {
    this.#known.delete(delivery);
  }

  async #ask(connection: string, value: string): Promise<Judgement> {
    try {
      // The file's bytes stand for UTF-8, as every reader takes them.
      const token = Buffer.from(value, 'latin1').toString('utf8');
      const { ok, code, message, details } = await this.#keeper.replace(connection, { token, app: null, confirmed: 'over-a-dead-token' });
      return { verdict: handVerdict(ok, code), why: code === 'confirm' ? differsWords(details) : message };
    } catch {
      return { verdict: 'later', why: 'Something went wrong inside Evertoken; its log says what.' };
    }
  }
}
