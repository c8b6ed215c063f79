import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import ElectronStore from 'electron-store';
import type { Clock, Entropy } from '../core/ports.ts';
import type { Connection, KeeperState, StateStore } from '../core/state.ts';
import { clearTemporaries, syncFolder, writeDurably } from './durable-file.ts';
import { createGroupCommit } from './group-commit.ts';
import { ensurePrivateFile, ensurePrivateFolder } from './private-folder.ts';
import { SETTINGS_VERSION } from './settings/migrations.ts';
import { readSettings } from './settings/read.ts';
import { keeperStateSchema } from './settings/schema.ts';
import { copyAside } from './set-aside.ts';
import { StorageFault, storageFault } from './storage-fault.ts';

const NAME = 'config';
const PRIVATE_FILE = 0o600;

/** The store, and what had to be done to open it. */
export interface OpenedStateStore {
  readonly store: StateStore;
  /** Where a broken settings file was copied to; null where it was whole. Raise an alert on it. */
  readonly setAside: string | null;
  /** Where the state comes from if not from the settings file (or, at a first start, from nothing). */
  readonly restoredFrom: 'backup' | 'defaults' | null;
}

/** What the store needs: an absolute or relative data folder, a clock for file names, ids for a first start. */
export interface StateStoreOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly entropy: Entropy;
}

/**
 * Opens the settings in `folder` (made 0700; the file is 0600). A broken file is copied aside, never dropped, and
 * the backup takes its place, else an empty state. Rejects with `StorageFault` when the folder cannot be used or the
 * settings are from a newer program.
 *
 * electron-store keeps the file; it is read and judged here first, because its constructor throws on a broken
 * file. The check is zod's and not electron-store's own schema: one schema then serves the types, the reading
 * and the writing, and it can say which migration a file needs.
 *
 * Each save writes `config.backup.json` first and `config.json` after it. electron-store's own write is atomic and
 * synced, but it is a plain overwrite inside a snap and after EXDEV, and it renames a file that a nearly full disk
 * cut short; with the backup written before it, there is a whole file at every moment.
 */
export async function openStateStore(options: StateStoreOptions): Promise<OpenedStateStore> {
  const folder = resolve(options.folder);
  const main = join(folder, `${NAME}.json`);
  const backup = join(folder, `${NAME}.backup.json`);
  try {
    await ensurePrivateFolder(folder);
    await Promise.all([ensurePrivateFile(main), ensurePrivateFile(backup), clearTemporaries(main), clearTemporaries(backup)]);
  } catch (error) {
    throw storageFault(error, folder);
  }

  const reading = await readSettings(main);
  const setAside = reading.kind === 'broken' ? await setAsideBroken(main, options.clock.now()) : null;
  const fallback = reading.kind === 'good' ? null : await readBackup(backup);
  const state = reading.kind === 'good' ? reading.state : (fallback ?? emptyState(options.entropy));
  const restoredFrom = fallback !== null ? 'backup' : reading.kind === 'broken' ? 'defaults' : null;

  // Before electron-store looks at the file, so that it finds a whole one, and so that the installation id, a
  // restored state or a migrated one is on disk before it is used.
  if (reading.kind !== 'good' || reading.migrated) await writeBoth(main, backup, settingsText(state));

  return { store: createStore(state, createWriter(folder, main, backup)), setAside, restoredFrom };
}

function createStore(loaded: KeeperState, write: (state: KeeperState) => Promise<void>): StateStore {
  let state = loaded;
  const commits = createGroupCommit<KeeperState>(async (next) => {
    await write(next);
    state = next;
  });
  return { load: async () => state, save: (next) => commits.save(next) };
}

function createWriter(folder: string, main: string, backup: string): (state: KeeperState) => Promise<void> {
  let text = '';
  // `serialize` hands over the text that the backup got, so that both files are the same to the byte.
  const file = new ElectronStore<Record<string, unknown>>({
    cwd: folder,
    name: NAME,
    configFileMode: PRIVATE_FILE,
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
    serialize: () => text,
  });
  // The state is immutable, so a connection that was checked once need not be checked at every save of its neighbours.
  const checkedBefore = new WeakSet<object>();
  return async (state) => {
    const checked = keeperStateSchema.safeParse({ ...state, connections: state.connections.filter((connection) => !checkedBefore.has(connection)) });
    if (!checked.success) {
      const where = checked.error.issues[0]?.path.map(String).join('.') ?? '';
      throw new StorageFault('invalid', `The settings were not saved, because they hold something that could not be read again (${where}).`);
    }
    for (const connection of state.connections) checkedBefore.add(connection);
    text = settingsText(state);
    try {
      await writeDurably(backup, text);
      file.store = { version: SETTINGS_VERSION, ...state };
      await syncFolder(folder);
      if ((await stat(main)).size !== Buffer.byteLength(text)) throw new StorageFault('full', `The disk is full, so ${main} could not be saved whole. Free some space, then try again.`);
    } catch (error) {
      throw storageFault(error, main);
    }
  };
}

async function writeBoth(main: string, backup: string, text: string): Promise<void> {
  try {
    await writeDurably(backup, text);
    await writeDurably(main, text);
  } catch (error) {
    throw storageFault(error, main);
  }
}

// A save changes one connection of perhaps a thousand; records are never changed in place, so the others' text is known.
const connectionTexts = new WeakMap<Connection, string>();

function settingsText({ connections, ...rest }: KeeperState): string {
  const texts = connections.map((connection) => {
    const known = connectionTexts.get(connection) ?? JSON.stringify(connection);
    connectionTexts.set(connection, known);
    return known;
  });
  return `${JSON.stringify({ version: SETTINGS_VERSION, ...rest }).slice(0, -1)},"connections":[${texts.join(',')}]}\n`;
}

function emptyState(entropy: Entropy): KeeperState {
  return { installationId: entropy.id(), connections: [], alerts: [], told: [] };
}

async function readBackup(backup: string): Promise<KeeperState | null> {
  const reading = await readSettings(backup);
  return reading.kind === 'good' ? reading.state : null;
}

async function setAsideBroken(main: string, now: number): Promise<string> {
  try {
    return await copyAside(main, now);
  } catch (error) {
    throw storageFault(error, main);
  }
}
