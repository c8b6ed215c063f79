/** What must hold in every simulated year. Each name is one sentence of the promise. */
export type Invariant =
  /** A good token never gives way to a worse one, or to one that is no better, without the owner's decision. */
  | 'worse-replaces-good'
  | 'no-progress-promoted'
  /** What differs from the token in use replaces it only when the owner confirms. */
  | 'unconfirmed-replacement'
  /** A promoted token lies in the keychain. */
  | 'promoted-without-custody'
  /** A token that may still be wanted is not erased. */
  | 'current-erased'
  | 'good-token-erased'
  | 'living-token-erased'
  /** While Meta offers a way, the token is renewed when due. */
  | 'not-renewed-when-due'
  /** Nothing staged is forgotten, and no renewal stays half done. */
  | 'staged-forgotten'
  | 'phase-stuck'
  /** One renewal at a time, and no more of them than are of use. */
  | 'two-renewals'
  | 'exchange-storm'
  | 'call-storm'
  | 'never-expiring-exchanged'
  /** Each rung is told once, in order, and told at all; no alert outlives its cause. */
  | 'rung-twice'
  | 'rung-order'
  | 'rung-missing'
  | 'rung-by-silence'
  | 'told-too-often'
  | 'alert-swallowed'
  | 'alert-stale'
  /** Nothing is said that is not so. */
  | 'false-expired'
  | 'false-revoked'
  | 'false-access-lost'
  | 'false-app-refused'
  | 'false-lost'
  | 'false-data-access-ended'
  /** What Meta said definitely is told, and the best token is handed out, with a warning where it is dead. */
  | 'death-untold'
  | 'dead-without-warning'
  | 'better-token-idle'
  | 'no-token-handed'
  | 'secret-leaked'
  | 'secrets-pile-up'
  | 'connection-vanished'
  /** The program itself. */
  | 'stuck'
  | 'failed';

/** One broken promise, with the true time (ms) at which it broke. */
export interface Violation {
  readonly invariant: Invariant;
  readonly at: number;
  readonly detail: string;
}

/** Collects what was broken. The run goes on to the end of the step. */
export class Verdicts {
  readonly found: Violation[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  report(invariant: Invariant, detail: string): void {
    this.found.push({ invariant, at: this.#now(), detail });
  }
}
