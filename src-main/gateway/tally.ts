import type { Usage } from '../core/consumers/consumer.ts';

/** Counts what comes through one key. In memory: whoever holds it saves now and then. */
export interface Tally {
  /** A request at `at` (ms since 1970), on a connection whose token has this fingerprint, or on none in particular. */
  called(at: number, connection: string | null, fingerprint: string | null): void;
  failed(): void;
  usage(): Usage;
}

/** Goes on counting from what was kept. Which tokens were behind the last calls is not kept, so the first call after a start never counts as a renewal. */
export function createTally(kept: Usage): Tally {
  let { lastUsedAt, calls, renewals, errors } = kept;
  const fingerprints = new Map<string, string>();
  return {
    called(at, connection, fingerprint) {
      calls += 1;
      lastUsedAt = at;
      if (connection === null || fingerprint === null) return;
      const before = fingerprints.get(connection);
      if (before === fingerprint) return;
      fingerprints.set(connection, fingerprint);
      if (before !== undefined) renewals += 1;
    },
    failed() {
      errors += 1;
    },
    usage: () => ({ lastUsedAt, calls, renewals, errors }),
  };
}
