import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { storageFault } from './adapters/storage-fault.ts';
import { readDesktopOptions, type ReadDesktopOptions } from './runtime/options.ts';
import { StartFault } from './runtime/start-fault.ts';
import { APP_ID, TOAST_ACTIVATOR } from './shell/app-identity.ts';
import { registerAppScheme } from './shell/app-scheme.ts';
import { AppTray } from './shell/app-tray.ts';
import { EXIT_CANNOT_START, leave, leaveBecauseOf } from './shell/leaving.ts';
import { watchForEnding } from './shell/quitting.ts';
import { startedBySystem } from './shell/started-by-system.ts';
import { trayBeforeStart } from './shell/tray-model.ts';

const { platform, env } = process;

// Whoever started the app from a terminal may be gone; what is said to nobody must not end it.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

// Before anything else, so that a second start touches neither settings nor keychain. Which Evertoken is the same one is
// a matter of its data folder, hence the options first.
const read = readDesktopOptions(process.argv.slice(app.isPackaged ? 1 : 2), env);
if (!read.ok) leave(read.exitCode, read.text);
else if (ownFolder(read.options.dataFolder)) {
  if (app.requestSingleInstanceLock()) begin(read);
  else leave(0, 'Evertoken is running already; its window opens.\n');
}

/** Chromium keeps what it cannot do without in a folder of its own beside the settings; the lock is one for each such folder. */
function ownFolder(dataFolder: string): boolean {
  const userData = join(dataFolder, 'chromium');
  try {
    mkdirSync(userData, { recursive: true, mode: 0o700 });
    app.setPath('userData', userData);
    return true;
  } catch (error) {
    leave(EXIT_CANNOT_START, `${storageFault(error, dataFolder).message}\n`);
    return false;
  }
}

function begin({ options, hidden }: Extract<ReadDesktopOptions, { ok: true }>): void {
  // Until there is a window to show, a second start or a click on icon or dock is remembered.
  let wanted = false;
  let show = (): void => void (wanted = true);
  let tray: AppTray | null = null;
  const ending = watchForEnding();
  app.enableSandbox();
  registerAppScheme();
  if (platform === 'win32') {
    app.setAppUserModelId(APP_ID);
    app.setToastActivatorCLSID(TOAST_ACTIVATOR);
  }
  // Without a listener Electron quits with its last window.
  app.on('window-all-closed', () => undefined);
  app.on('second-instance', () => {
    // An owner who starts the app again may not see its icon.
    if (platform === 'linux') tray?.recreate();
    show();
  });
  app.on('activate', () => show());
  app
    .whenReady()
    .then(async () => {
      app.dock?.hide();
      if (!hidden && !startedBySystem(platform)) wanted = true;
      const icons = app.isPackaged ? join(process.resourcesPath, 'icons') : join(import.meta.dirname, 'icons');
      tray = new AppTray({ icons, platform, onOpen: () => show() }, trayBeforeStart(platform));
      // The icon stands before the larger part of the program is even read from the disk.
      const { startDesktop } = await import('./shell/start-desktop.ts');
      show = await startDesktop({ options, hidden, tray, ending, built: import.meta.dirname, icons });
      if (wanted) show();
    })
    .catch((error: unknown) => (error instanceof StartFault ? leave(EXIT_CANNOT_START, `${error.message}\n`) : leaveBecauseOf(error)));
}
