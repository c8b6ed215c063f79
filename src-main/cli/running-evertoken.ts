import { readApiKey } from '../adapters/api-key.ts';
import { dataFolder } from '../adapters/data-folder.ts';
import { graphAddress } from '../adapters/graph-address.ts';
import { livingHolder } from '../adapters/folder-lock.ts';
import { readRunningFile } from '../adapters/running-file.ts';
import { DEFAULT_PORT } from '../contract/admin.ts';
import type { Door } from './door.ts';
import type { CliIo } from './io.ts';
import { stopped, went } from './report.ts';
import type { Step } from './report.ts';

/** The options that every command takes. */
export interface GlobalOptions {
  readonly dataDir?: string | undefined;
  readonly port?: string | undefined;
  /** The server's own; taken here too, so that one set of options serves both. */
  readonly graphUrl?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Where the running Evertoken may be and the key it takes. `key` is a secret. */
export interface RunningEvertoken {
  readonly folder: string;
  /** At least one; each is tried where nobody is behind the one before. */
  readonly doors: readonly [Door, ...Door[]];
  readonly key: string;
}

/** How to start it, for sentences that end with it. */
export const HOW_TO_START = 'Start it with: npm start, or without a screen: npm run serve';

/** Somebody holds the data folder, but has no door: still starting, or too old to have a socket. */
export const NO_DOOR = 'Evertoken is running, but the command line cannot reach it. It may still be starting: try again in a moment. If that stays so, quit Evertoken and start it again.';

/** The data folder of this call. */
export function folderOf(io: CliIo, { dataDir }: GlobalOptions): string {
  return dataFolder({ flag: dataDir, env: io.env, platform: io.platform, home: io.home, cwd: io.cwd });
}

/** Finds doors and key. A `--port` is the only door; else it is the socket that the running one wrote down, then `EVERTOKEN_PORT`, its port or the default. */
export async function findRunning(io: CliIo, options: GlobalOptions): Promise<Step<RunningEvertoken>> {
  const address = options.graphUrl === undefined ? null : graphAddress(options.graphUrl);
  if (address !== null && !address.ok) return stopped('bad-graph-url', address.message);
  const folder = folderOf(io, options);
  const doors = await doorsOf(io, options, folder);
  if (doors === null) return stopped('bad-port', 'A port is a whole number from 1 to 65535.');
  const key = await keyIn(folder);
  return key.ok ? went({ folder, doors, key: key.value }) : key;
}

async function doorsOf(io: CliIo, options: GlobalOptions, folder: string): Promise<RunningEvertoken['doors'] | null> {
  const named = options.port ?? (io.env['EVERTOKEN_PORT'] || undefined);
  const chosen = named === undefined ? null : portNumber(named);
  if (named !== undefined && chosen === null) return null;
  const record = options.port === undefined ? await readRunningFile(folder) : null;
  const port = chosen ?? record?.port ?? null;
  const socket = record?.socket ?? null;
  if (socket !== null) return [{ kind: 'socket', path: socket }, ...(port === null ? [] : [{ kind: 'port', port } as const])];
  return [{ kind: 'port', port: port ?? DEFAULT_PORT }];
}

async function keyIn(folder: string): Promise<Step<string>> {
  try {
    const key = await readApiKey(folder);
    if (key !== null) return went(key);
    if ((await livingHolder(folder)) !== null) return stopped('no-door', NO_DOOR);
    return stopped('not-started', `Evertoken has not been started with the data folder ${folder} yet. ${HOW_TO_START}. If it uses another folder, name that with --data-dir.`);
  } catch (error) {
    return stopped('key-unreadable', error instanceof Error ? error.message : `The file api-key in ${folder} could not be read.`);
  }
}

function portNumber(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}
