import type { Outcome } from '../contract/outcome.ts';
import { storageWords, unknownWords } from '../core/words/refusals.ts';

/** The outcome for a connection that does not exist (any more). */
export function unknownConnection(id: string): Outcome {
  return { ok: false, code: 'unknown-connection', message: unknownWords('connection', id), connection: null, details: [] };
}

/** The outcome when our own storage failed in the middle: what to do, and that the work can be taken up again. */
export function storageOutcome(connection: string | null, error: unknown): Outcome {
  return { ok: false, code: 'storage-failed', message: storageWords(error), connection, details: [] };
}
