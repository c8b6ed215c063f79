import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildHost, ROOT } from './build-host.ts';
import { startOnElectron } from './driver/electron-app.ts';
import { startOnHost } from './driver/host-app.ts';
import { removeFolder } from './driver/remove-folder.ts';
import type { RunningApp } from './driver/running-app.ts';
import type { Recorder } from './recorder.ts';

export { removeFolder } from './driver/remove-folder.ts';
export { until } from './driver/until.ts';

/** How long an orderly end may take, ms. */
const QUIT_PATIENCE = 10_000;

/** How to start the desktop app. */
export interface DesktopOptions {
  /** The built main file; dist/main.js unless told. */
  readonly mainFile?: string;
  readonly args?: readonly string[];
  /** Added to this process's own. Without `XDG_CONFIG_HOME` in it the app gets a new folder for its settings, which goes with it. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that it is started in; the repository unless told. */
  readonly cwd?: string;
}

/** The recorder's functions, from outside of the app. */
export type RemoteRecorder = { readonly [Name in Exclude<keyof Recorder, 'quit'>]: (...args: Parameters<Recorder[Name]>) => Promise<Awaited<ReturnType<Recorder[Name]>>> };

/** A desktop app that runs, with everything that a test may look at and poke. */
export interface Desktop extends RemoteRecorder, Omit<RunningApp, 'call'> {
  /** Where the app keeps its files. */
  userData(): Promise<string>;
  /** Chromium's profile on the stand-in. */
  profileFolder(): Promise<string>;
  /** Has the app quit as the owner would, and waits for its exit code. */
  quit(): Promise<number | null>;
}

/** Starts the built app on real Electron where its runtime is, else on the stand-in. */
export async function startDesktop(options: DesktopOptions = {}): Promise<Desktop> {
  await buildHost();
  const own = options.env?.['XDG_CONFIG_HOME'] === undefined ? mkdtempSync(join(tmpdir(), 'evertoken-desktop-')) : null;
  const env = { ...definedEnv(), ...(own === null ? {} : { XDG_CONFIG_HOME: own }), ...options.env };
  const start = { mainFile: options.mainFile ?? join(ROOT, 'dist', 'main.js'), args: options.args ?? [], env, cwd: options.cwd ?? ROOT };
  const app = hasRuntime() ? await startOnElectron(start) : startOnHost(start);
  // Nobody else knows of the folder. What cannot be removed is left to the system.
  if (own !== null) void app.exited.then(() => removeFolder(own)).catch(() => undefined);
  return desktopOf(app);
}

/** True where the runtime of the package `electron` is on this machine, or the test insists on it. */
export function hasRuntime(): boolean {
  if (process.env['EVERTOKEN_TEST_RUNTIME'] !== undefined) return process.env['EVERTOKEN_TEST_RUNTIME'] === 'electron';
  const folder = join(ROOT, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  return existsSync(pathFile) && existsSync(join(folder, 'dist', readFileSync(pathFile, 'utf8').trim()));
}

function desktopOf(app: RunningApp): Desktop {
  const userData = async (): Promise<string> => (await app.call('path', ['userData'])) as string;
  const own = {
    ...app,
    userData,
    profileFolder: async () => join(await userData(), 'Chromium-host'),
    quit: async () => {
      // The app may be gone before it can answer.
      await app.call('quit', []).catch(() => undefined);
      const late = new Promise<never>((_resolve, reject) => {
        setTimeout(() => reject(new Error(`The app did not quit within ${QUIT_PATIENCE} ms.\n${app.stderr()}`)), QUIT_PATIENCE).unref();
      });
      return Promise.race([app.exited, late]);
    },
  };
  return new Proxy(own as unknown as Desktop, {
    get: (target, name) => {
      // `then` would make it look like a promise.
      if (typeof name === 'symbol' || name === 'then' || name in target) return Reflect.get(target, name) as unknown;
      return (...args: readonly unknown[]) => app.call(name, args);
    },
  });
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
