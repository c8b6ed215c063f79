import type { Outcome } from '../../../src-main/contract/outcome.ts';

/** What a form says by itself, before anything is sent. */
export function incomplete(message: string): Outcome {
  return { ok: false, code: 'incomplete', message, connection: null, details: [] };
}
