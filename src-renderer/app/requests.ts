import type { Outcome } from '../../src-main/contract/outcome.ts';
import { createEmitter } from './emitter.ts';

/** What the owner asked for. */
export type Asked = 'connect' | 'refresh' | 'check' | 'replace' | 'number' | 'remove' | 'acknowledge' | 'settings' | 'gateway' | 'key' | 'delivery' | 'deliver';

/**
 * What is under way and what came of it, each under its place in the window: a connection's id for its card, null for the
 * top of the window, or a name from `features/bot/places.ts`.
 */
export interface Requests {
  readonly subscribe: (listener: () => void) => () => void;
  /** What was asked there from this window and is not answered yet. */
  readonly pending: (place: string | null) => Asked | null;
  /** The last outcome that was not put away. */
  readonly outcome: (place: string | null) => Outcome | null;
  /** Asks; never rejects. The caller decides where the outcome is told. */
  readonly ask: (place: string | null, what: Asked, call: () => Promise<Outcome>) => Promise<Outcome>;
  /** Shows an outcome in its connection's card or at the top of the window, unless told where. */
  readonly tell: (outcome: Outcome, place?: string | null) => void;
  readonly dismiss: (place: string | null) => void;
}

/** Told where main refused the call itself or the way to it is broken. The error's own text is the log's business. */
export const NO_ANSWER: Outcome = {
  ok: false,
  code: 'no-answer',
  message: 'Evertoken gave no answer to this. Try again; if it stays like this, quit Evertoken and start it again.',
  connection: null,
  details: [],
};

export function createRequests(afterwards: () => void): Requests {
  const emitter = createEmitter();
  const pending = new Map<string | null, Asked>();
  const outcomes = new Map<string | null, Outcome>();

  return {
    subscribe: emitter.subscribe,
    pending: (place) => pending.get(place) ?? null,
    outcome: (place) => outcomes.get(place) ?? null,
    ask: async (place, what, call) => {
      pending.set(place, what);
      outcomes.delete(place);
      emitter.emit();
      try {
        return await call();
      } catch {
        return { ...NO_ANSWER, connection: place };
      } finally {
        pending.delete(place);
        emitter.emit();
        afterwards();
      }
    },
    tell: (outcome, place = outcome.connection) => {
      outcomes.set(place, outcome);
      emitter.emit();
    },
    dismiss: (place) => {
      outcomes.delete(place);
      emitter.emit();
    },
  };
}
