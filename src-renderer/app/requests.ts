import type { Outcome } from '../../src-main/contract/outcome.ts';
import { createEmitter } from './emitter.ts';

/** What the owner asked for. */
export type Asked = 'connect' | 'refresh' | 'check' | 'replace' | 'number' | 'remove' | 'acknowledge' | 'settings';

/** What is under way and what came of it. The app itself, with what belongs to no connection, stands under null. */
export interface Requests {
  readonly subscribe: (listener: () => void) => () => void;
  /** What was asked of this connection from this window and is not answered yet. */
  readonly pending: (connection: string | null) => Asked | null;
  /** The last outcome that was not put away. */
  readonly outcome: (connection: string | null) => Outcome | null;
  /** Asks; never rejects. The caller decides where the outcome is told. */
  readonly ask: (connection: string | null, what: Asked, call: () => Promise<Outcome>) => Promise<Outcome>;
  /** Shows an outcome in its connection's card, or at the top of the window. */
  readonly tell: (outcome: Outcome) => void;
  readonly dismiss: (connection: string | null) => void;
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
    pending: (connection) => pending.get(connection) ?? null,
    outcome: (connection) => outcomes.get(connection) ?? null,
    ask: async (connection, what, call) => {
      pending.set(connection, what);
      outcomes.delete(connection);
      emitter.emit();
      try {
        return await call();
      } catch {
        return { ...NO_ANSWER, connection };
      } finally {
        pending.delete(connection);
        emitter.emit();
        afterwards();
      }
    },
    tell: (outcome) => {
      outcomes.set(outcome.connection, outcome);
      emitter.emit();
    },
    dismiss: (connection) => {
      outcomes.delete(connection);
      emitter.emit();
    },
  };
}
