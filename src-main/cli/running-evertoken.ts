import { readApiKey } from '../adapters/api-key.ts';
import { dataFolder } from '../adapters/data-folder.ts';
import { graphAddress } from '../adapters/graph-address.ts';
import { livingHolder } from '../adapters/folder-lock.ts';
import { readRunningFile } from '../adapters/running-file.ts';
import { DEFAULT_PORT } from '../contract/admin.ts';
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

/** Where the running Evertoken is and the key it takes. `key` is a secret. */
export interface RunningEvertoken {
  readonly folder: string;
  readonly port: number;
  readonly key: string;
}

/** The desktop app holds the data folder without a server that could answer. */
export const DESKTOP_RUNS = 'The desktop app is running, and the command line does not speak to it. Use its window; or quit it and start the server: npm run serve';

/** The data folder of this call. */
export function folderOf(io: CliIo, { dataDir }: GlobalOptions): string {
  return dataFolder({ flag: dataDir, env: io.env, platform: io.platform, home: io.home, cwd: io.cwd });
}

/** Finds port and key: `--port`, else `EVERTOKEN_PORT`, else what the running one wrote down, else the default. */
export async function findRunning(io: CliIo, options: GlobalOptions): Promise<Step<RunningEvertoken>> {
  const address = options.graphUrl === undefined ? null : graphAddress(options.graphUrl);
  if (address !== null && !address.ok) return stopped('bad-graph-url', address.message);
  const folder = folderOf(io, options);
  const chosen = options.port ?? (io.env['EVERTOKEN_PORT'] || undefined);
  const port = chosen === undefined ? ((await readRunningFile(folder))?.port ?? DEFAULT_PORT) : portNumber(chosen);
  if (port === null) return stopped('bad-port', 'A port is a whole number from 1 to 65535.');
  const key = await keyIn(folder);
  return key.ok ? went({ folder, port, key: key.value }) : key;
}

async function keyIn(folder: string): Promise<Step<string>> {
  try {
    const key = await readApiKey(folder);
    if (key !== null) return went(key);
    if ((await livingHolder(folder)) !== null) return stopped('desktop-running', DESKTOP_RUNS);
    return stopped('not-started', `Evertoken has not been started with the data folder ${folder} yet. Start it with: npm run serve. If it uses another folder, name that with --data-dir.`);
  } catch (error) {
    return stopped('key-unreadable', error instanceof Error ? error.message : `The file api-key in ${folder} could not be read.`);
  }
}

function portNumber(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}
