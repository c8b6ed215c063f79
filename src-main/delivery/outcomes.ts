import type { DeliveryView } from '../contract/deliveries.ts';
import type { Outcome } from '../contract/outcome.ts';

/** Says that something is not there. */
export function unknownOutcome(what: 'connection' | 'delivery', id: string): Outcome {
  return { ok: false, code: `unknown-${what}`, message: `There is no ${what} “${id}”. Nothing was changed.`, connection: null, details: [] };
}

/** Says that our own disk refused. */
export function notKept(connection: string, error: unknown): Outcome {
  const why = error instanceof Error ? error.message : String(error);
  return { ok: false, code: 'storage-failed', message: `Evertoken could not write this down: ${why} Free some space or check the permissions of the data folder, then try again. Nothing was changed.`, connection, details: [] };
}

/** What an owner reads who has just named a file. */
export function addedOutcome(view: DeliveryView, notes: readonly string[]): Outcome {
  const { connection, standing, text, code, target, variable } = view;
  const said = (ending: string, outcome: string): Outcome => ({ ok: true, code: outcome, message: `${target} was added. ${ending}`, connection, details: notes });
  switch (standing) {
    case 'done':
      return said(`Its ${variable ?? 'token'} holds the token in use and is kept up to date from now on.`, 'added');
    case 'pending':
      return said(text ?? 'The token is written into it in a moment.', 'added-pending');
    case 'failed':
    case 'needs-owner':
      return said(`The token is not in it yet. ${text ?? ''}`.trim(), code === null ? 'added-pending' : `added-${code}`);
  }
}

/** How each of some deliveries went, in one outcome. */
export function deliveredOutcome(connection: string | null, views: readonly DeliveryView[]): Outcome {
  const details = views.map((view) => `${view.target}: ${view.standing === 'done' ? 'done.' : (view.text ?? 'in a moment.')}`);
  const held = views.filter(({ standing }) => standing === 'failed' || standing === 'needs-owner');
  const waiting = views.filter(({ standing }) => standing === 'pending');
  if (held.length > 0) return { ok: false, code: held[0]?.code ?? 'not-delivered', message: held.length === 1 && views.length === 1 ? (held[0]?.text ?? '') : `${held.length} of ${views.length} could not be delivered.`, connection, details };
  if (waiting.length > 0) return { ok: true, code: 'pending', message: waiting[0]?.text ?? 'It is delivered in a moment.', connection, details };
  return { ok: true, code: 'delivered', message: 'The token in use is delivered.', connection, details };
}
