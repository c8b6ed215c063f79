import type { ConnectionName } from '../contract/admin.ts';
import type { Keeper } from '../keeper/api.ts';

/** The names of the connections, for finding the one that a caller means. */
export interface ConnectionNames {
  all(): readonly ConnectionName[];
  /** Ends listening to the keeper. */
  stop(): void;
}

/** Read once and again after each change: with a thousand connections a whole status costs more than handing out a token. */
export function createConnectionNames(keeper: Pick<Keeper, 'status' | 'onChange'>): ConnectionNames {
  let names: readonly ConnectionName[] | null = null;
  let forget: (() => void) | null = null;
  return {
    all() {
      forget ??= keeper.onChange(() => {
        names = null;
      });
      names ??= keeper.status().connections.map(({ id, label }) => ({ id, label }));
      return names;
    },
    stop() {
      forget?.();
      forget = null;
      names = null;
    },
  };
}
