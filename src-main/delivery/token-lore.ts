import type { HandedToken } from '../keeper/api.ts';
import { DAY } from '../core/time.ts';
import { digestOf } from './digest.ts';

/** How many tokens of a connection are remembered. */
const MOST = 16;

interface Known {
  readonly fingerprint: string;
  readonly digest: string;
  /** ms since 1970; null for never or unknown. */
  readonly expiresAt: number | null;
  isDead: boolean;
}

/** What is known of the tokens that were in use since the start: which they were, and how long they live. In memory only. */
export class TokenLore {
  readonly #known = new Map<string, readonly Known[]>();

  /** Notes the token in use; `isDead` where Meta is known to refuse it. */
  note(connection: string, token: HandedToken, isDead: boolean): void {
    const known = this.#known.get(connection) ?? [];
    const same = known.find(({ fingerprint }) => fingerprint === token.fingerprint);
    if (same !== undefined) same.isDead ||= isDead;
    else this.#known.set(connection, [{ fingerprint: token.fingerprint, digest: digestOf(token.token), expiresAt: token.expiresAt, isDead }, ...known].slice(0, MOST));
  }

  /** Forgets a connection. */
  forget(connection: string): void {
    this.#known.delete(connection);
  }

  /** Whether a value (its SHA-256) was the connection's token in use. */
  wasInUse(connection: string, digest: string): boolean {
    return this.#known.get(connection)?.some((known) => known.digest === digest) === true;
  }

  /** Whether the token of this fingerprint is dead or ends within a day; null where nothing is known of it. */
  isAtItsEnd(connection: string, fingerprint: string, now: number): boolean | null {
    const known = this.#known.get(connection)?.find((one) => one.fingerprint === fingerprint);
    if (known === undefined) return null;
    return known.isDead || (known.expiresAt !== null && known.expiresAt - now <= DAY);
  }
}
