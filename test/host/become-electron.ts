import { version } from '../../node_modules/electron/package.json';
import { answerCalls } from './control.ts';
import { recordDesktop, type RecordedElectron } from './recorder.ts';
import { hostApp } from './system/app.ts';
import { debuggerAddress } from './window/chromium.ts';
import { HostBrowserWindow } from './window/browser-window.ts';

/** Makes this process look like Electron's main process, and keeps it running until the app ends it. */
export function becomeElectron(electron: RecordedElectron): void {
  const resources = process.env['EVERTOKEN_HOST_RESOURCES'];
  define('versions', Object.freeze({ ...process.versions, electron: version }));
  define('type', 'browser');
  if (resources !== undefined) define('resourcesPath', resources);
  // A packaged app is its own program; only `electron FOLDER` has the app as an argument.
  if (hostApp.isPackaged) process.argv.splice(1, 1);
  else define('defaultApp', true);

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // A listener of the app's own takes the place of this one.
      if (process.listenerCount(signal) === 1) hostApp.quit();
    });
  }
  // Electron's event loop does not end when nothing is left to do.
  setInterval(() => undefined, 2 ** 30);

  if (process.env['EVERTOKEN_HOST_RECORD'] !== '0') recordDesktop(electron, { isStandIn: true });
  answerCalls({ debuggerAddress, targetIds });
}

async function targetIds(): Promise<readonly string[]> {
  const ids = await Promise.all(HostBrowserWindow.getAllWindows().map((window) => window.webContents.targetId()));
  return ids.filter((id) => id !== null);
}

function define(name: string, value: unknown): void {
  Object.defineProperty(process, name, { value, configurable: true, enumerable: true });
}
