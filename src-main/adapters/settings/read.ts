import { readFile } from 'node:fs/promises';
import type { KeeperState } from '../../core/state.ts';
import { storageFault } from '../storage-fault.ts';
import { migrate, SETTINGS_VERSION } from './migrations.ts';
import { keeperStateSchema } from './schema.ts';

/** What stands in a settings file. */
export type SettingsReading =
  | { readonly kind: 'missing' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'good'; readonly state: KeeperState; /** Of an older version: to be written again. */ readonly migrated: boolean };

/** Reads one settings file. Rejects with `StorageFault` where the file may not be read or is too new. */
export async function readSettings(file: string): Promise<SettingsReading> {
  let raw: string;
  try {
    raw = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'missing' };
    throw storageFault(error, file);
  }
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return { kind: 'broken' };
  }
  const migrated = migrate(value);
  if (migrated === null) return { kind: 'broken' };
  const parsed = keeperStateSchema.safeParse(migrated.state);
  return parsed.success ? { kind: 'good', state: parsed.data, migrated: migrated.version < SETTINGS_VERSION } : { kind: 'broken' };
}
