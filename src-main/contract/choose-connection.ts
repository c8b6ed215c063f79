import type { ConnectionName } from './admin.ts';

/** Which connection was meant: found, or a sentence that says how to name it and the choices. */
export type ConnectionChoice =
  | { readonly ok: true; readonly id: string; readonly label: string }
  | {
      readonly ok: false;
      readonly code: 'nothing-connected' | 'which-connection' | 'no-such-connection';
      readonly message: string;
      readonly connections: readonly ConnectionName[];
    };

/**
 * Finds the connection that `wanted` names: by id, else by label, else by label whatever its case. Null is
 * enough where there is exactly one. A label that two share is asked about, never guessed.
 */
export function chooseConnection(all: readonly ConnectionName[], wanted: string | null): ConnectionChoice {
  const connections = all.map(({ id, label }) => ({ id, label }));
  if (connections.length === 0) {
    return { ok: false, code: 'nothing-connected', message: 'Nothing is connected yet. Connect a WhatsApp number first: npx evertoken connect', connections };
  }
  const found = wanted === null ? connections : matching(connections, wanted);
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return { ok: true, ...only };
  if (found.length === 0) {
    return { ok: false, code: 'no-such-connection', message: `There is no connection of that name. There is: ${listed(connections)}.`, connections };
  }
  return { ok: false, code: 'which-connection', message: `Say which connection is meant, by its id. There is: ${listed(found)}.`, connections: found };
}

function matching(connections: readonly ConnectionName[], wanted: string): readonly ConnectionName[] {
  const byId = connections.filter(({ id }) => id === wanted);
  if (byId.length > 0) return byId;
  const byLabel = connections.filter(({ label }) => label === wanted);
  return byLabel.length > 0 ? byLabel : connections.filter(({ label }) => plain(label) === plain(wanted));
}

function plain(label: string): string {
  return label.trim().toLowerCase();
}

function listed(connections: readonly ConnectionName[]): string {
  return connections.map(({ id, label }) => `"${label}" (${id})`).join(', ');
}
