import type { Outcome } from '../contract/outcome.ts';

/** The outcome for a connection that does not exist (any more). */
export function unknownConnection(id: string): Outcome {
  return { ok: false, code: 'unknown-connection', message: `There is no connection “${id}”.`, connection: null, details: [] };
}

/** The outcome when our own storage failed in the middle: what to do, and that the work can be taken up again. */
export function storageOutcome(connection: string | null, error: unknown): Outcome {
  const why = error instanceof Error ? error.message : String(error);
  return { ok: false, code: 'storage-failed', message: `Evertoken could not write down what it did: ${why} Free some space or check the permissions of the data folder, then try again.`, connection, details: [] };
}
