import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { readDesktopOptions, type ReadDesktopOptions } from './runtime/options.ts';
import { StartFault } from './runtime/start-fault.ts';
import { APP_ID, TOAST_ACTIVATOR } from './shell/app-identity.ts';
import { registerAppScheme } from './shell/app-scheme.ts';
import { AppTray } from './shell/app-tray.ts';
import { EXIT_CANNOT_START, leave } from './shell/leaving.ts';
import { startedBySystem } from './shell/started-by-system.ts';
import { trayBeforeStart } from './shell/tray-model.ts';

const { platform, env } = process;

// Whoever started the app from a terminal may be gone; what is said to nobody must not end it.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

// Before anything else, so that a second start touches neither settings nor keychain. Which Evertoken is the same one is
// a matter of its data folder, hence the options first.
const read = readDesktopOptions(process.argv.slice(app.isPackaged ? 1 : 2), env);
if (!read.ok) leave(read.exitCode, read.text);
else if (isFirst(read.options.dataFolder)) begin(read);
else app.exit(0);

function isFirst(dataFolder: string): boolean {
  // Chromium keeps what it cannot do without in a folder of its own beside the settings.
  const userData = join(dataFolder, 'chromium');
  mkdirSync(userData, { recursive: true, mode: 0o700 });
  app.setPath('userData', userData);
  return app.requestSingleInstanceLock();
}

function begin({ options, hidden }: Extract<ReadDesktopOptions, { ok: true }>): void {
  // Until there is a window to show, a second start or a click on the dock is remembered.
  let wanted = !hidden;
  let show = (): void => void (wanted = true);
  app.enableSandbox();
  registerAppScheme();
  if (platform === 'win32') {
    app.setAppUserModelId(APP_ID);
    app.setToastActivatorCLSID(TOAST_ACTIVATOR);
  }
  // Without a listener Electron quits with its last window.
  app.on('window-all-closed', () => undefined);
  app.on('second-instance', () => show());
  app.on('activate', () => show());
  app
    .whenReady()
    .then(async () => {
      app.dock?.hide();
      const icons = app.isPackaged ? join(process.resourcesPath, 'icons') : join(import.meta.dirname, 'icons');
      const tray = new AppTray({ icons, platform }, trayBeforeStart(platform));
      // The icon stands before the larger part of the program is even read from the disk.
      const { startDesktop } = await import('./shell/start-desktop.ts');
      show = await startDesktop({ options, tray, built: import.meta.dirname, icons });
      if (wanted && !startedBySystem(platform)) show();
    })
    .catch((error: unknown) => {
      if (!(error instanceof StartFault)) throw error;
      dialog.showErrorBox('Evertoken cannot start', error.message);
      leave(EXIT_CANNOT_START, `${error.message}\n`);
    });
}
