import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The folders that an app knows by name. */
export interface AppPaths {
  get(name: string): string;
  set(name: string, path: string): void;
}

/** The folders as Electron has them on Linux; on other systems only those that do not come from the system are right. */
export function createAppPaths(appName: () => string, switchValue: (name: string) => string, env: NodeJS.ProcessEnv): AppPaths {
  const chosen = new Map<string, string>();
  const derive: Readonly<Record<string, () => string>> = {
    home: () => env['HOME'] ?? homedir(),
    appData: () => env['XDG_CONFIG_HOME'] ?? join(get('home'), '.config'),
    userData: () => switchValue('user-data-dir') || join(get('appData'), appName()),
    sessionData: () => get('userData'),
    crashDumps: () => join(get('userData'), 'Crashpad'),
    logs: () => join(get('userData'), 'logs'),
    temp: () => tmpdir(),
    exe: () => process.execPath,
    module: () => process.execPath,
    assets: () => join(process.execPath, '..'),
    desktop: () => join(get('home'), 'Desktop'),
    documents: () => join(get('home'), 'Documents'),
    downloads: () => join(get('home'), 'Downloads'),
  };
  const get = (name: string): string => {
    const path = chosen.get(name) ?? derive[name]?.();
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  };
  return {
    get,
    set: (name, path) => {
      if (!isAbsolute(path)) throw new Error('Path must be absolute');
      if (derive[name] === undefined) throw new Error(`Failed to set path`);
      mkdirSync(path, { recursive: true });
      chosen.set(name, path);
    },
  };
}
