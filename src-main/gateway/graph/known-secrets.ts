import { secretForms } from '../../core/secret-forms.ts';
import type { HandedToken } from '../../keeper/api.ts';

/** How many tokens of a connection are remembered: an answer of now may speak of the one before. */
const REMEMBERED = 4;

/** What must not be seen in an answer: the tokens that each connection had in this run and their proofs, in every way they may be written. */
export interface KnownSecrets {
  /** Remembers the token, and gives all that is known of its connection. */
  of(connection: string, token: HandedToken): readonly string[];
}

/** Knows none at first. */
export function createKnownSecrets(): KnownSecrets {
  const connections = new Map<string, { readonly tokens: readonly HandedToken[]; readonly forms: readonly string[] }>();
  return {
    of(connection, token) {
      const known = connections.get(connection);
      // The proof of a token comes later than the token where the app secret does.
      if (known?.tokens.some(({ fingerprint, proof }) => fingerprint === token.fingerprint && proof === token.proof) === true) return known.forms;
      const tokens = [token, ...(known?.tokens ?? [])].slice(0, REMEMBERED);
      const forms = [...new Set(tokens.flatMap((one) => [one.token, ...(one.proof === null ? [] : [one.proof])]).flatMap(secretForms))];
      connections.set(connection, { tokens, forms });
      return forms;
    },
  };
}
