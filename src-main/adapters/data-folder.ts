import { posix, win32 } from 'node:path';

/** What decides where Evertoken keeps its files. */
export interface DataFolderInput {
  /** `--data-dir`, undefined where not given. */
  readonly flag?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** What a relative path from flag or environment is resolved against. */
  readonly cwd: string;
}

/**
 * The absolute path of the data folder: the flag, else `EVERTOKEN_DATA_DIR`, else where the system keeps a
 * user's settings. Only names it; makes nothing. An empty value counts as not given.
 */
export function dataFolder({ flag, env, platform, home, cwd }: DataFolderInput): string {
  const path = platform === 'win32' ? win32 : posix;
  const chosen = given(flag) ?? given(env['EVERTOKEN_DATA_DIR']);
  if (chosen !== null) return path.resolve(cwd, chosen);
  switch (platform) {
    case 'win32':
      return path.join(given(env['APPDATA']) ?? path.join(home, 'AppData', 'Roaming'), 'evertoken');
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'evertoken');
    default: {
      // The XDG base directory specification: a relative value is invalid and to be ignored.
      const config = given(env['XDG_CONFIG_HOME']);
      return path.join(config !== null && path.isAbsolute(config) ? config : path.join(home, '.config'), 'evertoken');
    }
  }
}

function given(value: string | undefined): string | null {
  return value === undefined || value.trim() === '' ? null : value;
}
