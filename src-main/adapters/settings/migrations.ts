import { StorageFault } from '../storage-fault.ts';

/** The version that this program writes. */
export const SETTINGS_VERSION = 2;

type Raw = Readonly<Record<string, unknown>>;

/** Step n makes version n + 1 of version n. A step may trust nothing about its input: it may be anybody's JSON. */
const STEPS: readonly ((older: Raw) => Raw)[] = [withToldLedger, withRefusedCall];

/** Version 0 knew no ledger of what was told; it starts empty, so at worst one alert is told once more. */
function withToldLedger(older: Raw): Raw {
  return { told: [], ...older, connections: eachWith(older['connections'], { told: [] }) };
}

/** Version 1 heard of no bot's calls. */
function withRefusedCall(older: Raw): Raw {
  return { ...older, connections: eachWith(older['connections'], { refusedCall: null }) };
}

function eachWith(connections: unknown, added: Raw): unknown {
  return Array.isArray(connections) ? connections.map((connection: unknown) => (isRecord(connection) ? { ...added, ...connection } : connection)) : connections;
}

/**
 * Brings what was read to the newest version. Answers null for something that is no settings object at all.
 * Throws `StorageFault` `too-new` for a version from the future: writing over it could lose what only the newer
 * program knows, so the start is refused.
 */
export function migrate(read: unknown): { readonly version: number; readonly state: unknown } | null {
  if (!isRecord(read)) return null;
  const { version = 0, ...rest } = read;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) return null;
  if (version > SETTINGS_VERSION) {
    throw new StorageFault('too-new', 'These settings were written by a newer Evertoken. Install the newest version, or choose another data folder.');
  }
  return { version, state: STEPS.slice(version).reduce<Raw>((older, step) => step(older), rest) };
}

function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
