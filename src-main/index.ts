import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { openDesktopPreferences } from './adapters/desktop-preferences.ts';
import { LOCK_LOST_WORDS, openKeeper } from './runtime/run-keeper.ts';
import { readDesktopOptions, type ReadDesktopOptions, type RunOptions } from './runtime/options.ts';
import { StartFault } from './runtime/start-fault.ts';
import { APP_ID, STARTED_WORDS, TOAST_ACTIVATOR } from './shell/app-identity.ts';
import { registerAppScheme } from './shell/app-protocol.ts';
import { AppTray } from './shell/app-tray.ts';
import { lockContents } from './shell/contents-lock.ts';
import { Desktop } from './shell/desktop.ts';
import { DesktopNotifier } from './shell/desktop-notifier.ts';
import { offerEditing } from './shell/edit-menu.ts';
import { serveIpc } from './shell/ipc.ts';
import { createLoginItem, startedBySystem } from './shell/login-item.ts';
import { MainWindow } from './shell/main-window.ts';
import { endAtOnce, quitInOrder } from './shell/quitting.ts';
import { trayBeforeStart } from './shell/tray-model.ts';
import { watchForWaking } from './shell/wake-events.ts';
import { openWindowSession } from './shell/window-session.ts';

const EXIT_CANNOT_START = 2;
const { platform, env } = process;

// Before anything else, so that a second start touches neither settings nor keychain. Which Evertoken is the same one is
// a matter of its data folder, hence the options first.
const read = readDesktopOptions(process.argv.slice(app.isPackaged ? 1 : 2), env);
if (!read.ok) refuse(read.text, read.exitCode);
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
  let wanted = !hidden;
  // Until there is a window to show, a second start or a click on the dock is remembered.
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
      show = await start(options);
      if (wanted && !startedBySystem(platform)) show();
    })
    .catch((error: unknown) => {
      if (!(error instanceof StartFault)) throw error;
      dialog.showErrorBox('Evertoken cannot start', error.message);
      refuse(`${error.message}\n`, EXIT_CANNOT_START);
    });
}

/** Sets everything to work; answers how to show the window. */
async function start(options: RunOptions): Promise<() => void> {
  app.dock?.hide();
  const built = import.meta.dirname;
  const icons = app.isPackaged ? join(process.resourcesPath, 'icons') : join(built, 'icons');
  let desktop: Desktop | null = null;
  const open = (connection: string | null): void => window?.show({ connection });
  let window: MainWindow | null = null;

  const tray = new AppTray(
    {
      icons,
      platform,
      actions: {
        open: () => open(null),
        refresh: (connection) => void desktop?.refreshFromOutside(connection),
        pause: (until) => void desktop?.pauseNotifications(until),
        setStartAtLogin: (enabled) => void desktop?.setStartAtLogin(enabled),
        showIconAgain: () => tray.recreate(),
        quit: () => app.quit(),
      },
    },
    trayBeforeStart(platform),
  );
  const notifier = new DesktopNotifier({
    onOpen: open,
    onDeed: (_deed, connection) => void desktop?.refreshFromOutside(connection),
    onTrouble: () => desktop?.changed(),
    pausedUntil: () => desktop?.pausedUntil() ?? null,
  });
  const running = await openKeeper(options, { notifier, onLockLost: () => refuse(`${LOCK_LOST_WORDS}\n`, EXIT_CANNOT_START), end: endAtOnce });
  lockContents(running.log);
  offerEditing(platform);
  quitInOrder(running, tray, () => desktop?.stop());

  const session = await openWindowSession(join(built, 'window'), !app.isPackaged);
  window = new MainWindow({ session, preload: join(built, 'preload.cjs'), icon: join(icons, 'app', 'icon.png'), log: running.log, onFocus: () => waking.focused(), onClosed: () => desktop?.windowClosed() });
  desktop = new Desktop({ running, tray, window, notifier, preferences: await openDesktopPreferences(options.dataFolder), loginItem: createLoginItem(platform, env), platform });
  serveIpc(desktop.handlers(), { owns: (contents) => window.owns(contents), log: running.log });
  notifier.attach({ clock: running.clock, log: running.log, standing: () => running.keeper.status().connections.flatMap(({ alerts }) => alerts.filter(({ acknowledgedAt }) => acknowledgedAt === null)) });
  const waking = watchForWaking({ wake: () => running.wake(), ownerIsBack: () => notifier.repeatUrgent(), resumed: () => tray.recreate(), look: () => desktop.look() });
  await desktop.lookAround();

  process.stdout.write(`${STARTED_WORDS} (data in ${options.dataFolder}).\n`);
  return () => open(null);
}

function refuse(text: string, exitCode: number): void {
  (exitCode === 0 ? process.stdout : process.stderr).write(text);
  app.exit(exitCode);
}
