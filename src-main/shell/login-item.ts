import { app } from 'electron';
import { dataFolder } from '../adapters/data-folder.ts';
import type { RunOptions } from '../runtime/options.ts';
import { createAutostartFile } from './autostart-file.ts';

/** Whether Evertoken starts when the owner logs in. */
export interface LoginItem {
  /** Null where it cannot be told or set here. */
  enabled(): Promise<boolean | null>;
  /** Rejects where the system refuses. */
  set(enabled: boolean): Promise<void>;
}

/**
 * What starts this very Evertoken, in the tray only: the packaged program, or in a checkout Electron with the folder; with the
 * options that decide which Evertoken it is. What was only a trial's is left out.
 */
export function startCommand(program: readonly string[], options: Pick<RunOptions, 'dataFolder' | 'vaultFile'>, usualFolder: string): readonly string[] {
  const { dataFolder, vaultFile } = options;
  return [
    ...program,
    ...(dataFolder === usualFolder ? [] : ['--data-dir', dataFolder]),
    ...(vaultFile === null ? [] : ['--vault-file', vaultFile.file, '--passphrase-file', vaultFile.passphraseFile]),
    '--hidden',
  ];
}

/** The login item of this system. Once the app is ready. */
export function createLoginItem(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, options: RunOptions): LoginItem {
  const home = app.getPath('home');
  // An AppImage runs from a folder that is gone after the run; the file itself is named in APPIMAGE.
  const running = app.isPackaged ? [env['APPIMAGE'] ?? process.execPath] : [process.execPath, app.getAppPath()];
  const usualFolder = dataFolder({ env: { ...env, EVERTOKEN_DATA_DIR: undefined }, platform, home, cwd: home });
  const [program = process.execPath, ...args] = startCommand(running, options, usualFolder);
  if (platform === 'linux') return createAutostartFile(env, home, [program, ...args]);
  if (platform === 'win32') return ofWindows({ path: program, args: args.map(quotedForWindows) });
  // macOS starts the bundle and passes no arguments on (see `startedBySystem`); in a checkout the bundle is Electron's own.
  return platform === 'darwin' && app.isPackaged ? ofMacos() : { enabled: async () => null, set: async () => undefined };
}

/** Electron puts path and arguments side by side into the registry as they are. */
function quotedForWindows(argument: string): string {
  return /\s/.test(argument) ? `"${argument}"` : argument;
}

function ofWindows(how: { readonly path: string; readonly args: string[] }): LoginItem {
  return {
    // The Task Manager switches an entry off without taking it out.
    enabled: async () => {
      const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings(how);
      return openAtLogin && executableWillLaunchAtLogin;
    },
    set: async (enabled) => app.setLoginItemSettings({ ...how, openAtLogin: enabled, enabled }),
  };
}

function ofMacos(): LoginItem {
  return {
    enabled: async () => {
      const { openAtLogin, status } = app.getLoginItemSettings();
      return openAtLogin && status !== 'requires-approval';
    },
    set: async (enabled) => app.setLoginItemSettings({ openAtLogin: enabled }),
  };
}
