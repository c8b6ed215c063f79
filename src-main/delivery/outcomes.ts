import type { DeliveryView } from '../contract/deliveries.ts';
import type { Outcome } from '../contract/outcome.ts';
import { storageWords, unknownWords } from '../core/words/refusals.ts';

/** Says that something is not there. */
export function unknownOutcome(what: 'connection' | 'delivery', id: string): Outcome {
  return { ok: false, code: `unknown-${what}`, message: `${unknownWords(what, id)} Nothing was changed.`, connection: null, details: [] };
}

/** Says that our own disk refused. */
export function notKept(connection: string, error: unknown): Outcome {
  return { ok: false, code: 'storage-failed', message: `${storageWords(error)} Nothing was changed.`, connection, details: [] };
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

/** How each of some deliveries went, in one outcome. What the message says is not said again by the details. */
export function deliveredOutcome(connection: string | null, views: readonly DeliveryView[]): Outcome {
  const held = views.filter(({ standing }) => standing === 'failed' || standing === 'needs-owner');
  const waiting = views.filter(({ standing }) => standing === 'pending');
  const details = views.filter((view) => !held.includes(view)).map((view) => `${view.target}: ${view.standing === 'done' ? 'done.' : (view.text ?? 'in a moment.')}`);
  if (held.length > 0) return { ok: false, code: held[0]?.code ?? 'not-delivered', message: heldWords(held, views), connection, details };
  if (waiting.length > 0) return { ok: true, code: 'pending', message: waiting[0]?.text ?? 'It is delivered in a moment.', connection, details };
  const isCommand = views.every(({ kind }) => kind === 'command');
  return { ok: true, code: 'delivered', message: isCommand ? 'The command ran.' : 'The token in use is delivered.', connection, details };
}

/** Which are not done and why. Each text names its file or program. */
function heldWords(held: readonly DeliveryView[], views: readonly DeliveryView[]): string {
  const why = held.map(({ text, target }) => text ?? `${target} is not done.`).join(' ');
  return views.length === 1 ? why : `${held.length} of ${views.length} ${held.length === 1 ? 'is' : 'are'} not done. ${why}`;
}
