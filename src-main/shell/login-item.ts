import { app } from 'electron';
import { createAutostartFile } from './autostart-file.ts';

/** Whether Evertoken starts when the owner logs in. */
export interface LoginItem {
  /** Null where it cannot be told or set here. */
  enabled(): Promise<boolean | null>;
  /** Rejects where the system refuses. */
  set(enabled: boolean): Promise<void>;
}

/** What starts this very Evertoken, in the tray only: the packaged program, or in a checkout Electron with the folder. */
export function startCommand(isPackaged: boolean, execPath: string, appPath: string, env: NodeJS.ProcessEnv): readonly string[] {
  // An AppImage runs from a folder that is gone after the run; the file itself is named in APPIMAGE.
  const program = isPackaged ? [env['APPIMAGE'] ?? execPath] : [execPath, appPath];
  return [...program, '--hidden'];
}

/** The login item of this system. Once the app is ready. */
export function createLoginItem(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): LoginItem {
  const [program = process.execPath, ...args] = startCommand(app.isPackaged, process.execPath, app.getAppPath(), env);
  if (platform === 'linux') return createAutostartFile(env, app.getPath('home'), [program, ...args]);
  if (platform === 'win32') return ofSystem({ path: program, args: [...args] });
  // macOS starts the bundle itself and passes no arguments on; see `startedBySystem`.
  return platform === 'darwin' ? ofSystem({}) : { enabled: async () => null, set: async () => undefined };
}

function ofSystem(how: { readonly path?: string; readonly args?: string[] }): LoginItem {
  return {
    enabled: async () => app.getLoginItemSettings(how).openAtLogin,
    set: async (enabled) => app.setLoginItemSettings({ ...how, openAtLogin: enabled }),
  };
}
