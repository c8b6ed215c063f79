import { join } from 'node:path';
import { app } from 'electron';
import { openDesktopPreferences } from '../adapters/desktop-preferences.ts';
import { allAlerts } from '../contract/all-alerts.ts';
import { SECOND } from '../core/time.ts';
import { openDesktopService } from '../runtime/desktop-service.ts';
import type { RunOptions } from '../runtime/options.ts';
import { LOCK_LOST_WORDS, openKeeper, type RunningKeeper } from '../runtime/run-keeper.ts';
import { STARTED_WORDS } from './app-identity.ts';
import type { AppTray } from './app-tray.ts';
import { lockContents } from './contents-lock.ts';
import { restartAfterCrash } from './crash-restart.ts';
import { Desktop } from './desktop.ts';
import { DesktopNotifier } from './desktop-notifier.ts';
import { offerEditing } from './edit-menu.ts';
import { serveIpc } from './ipc.ts';
import { EXIT_CANNOT_START } from './leaving.ts';
import { createLoginItem } from './login-item.ts';
import { MainWindow } from './main-window.ts';
import { endAtOnce, type Ending } from './quitting.ts';
import { watchForWaking } from './wake-events.ts';
import { openWindowSession } from './window-session.ts';

/** How long after a start at login the icon is put into the tray once more, on Linux, ms: by then there is a panel. */
const PANEL_IS_UP = 10 * SECOND;

/** What the desktop app is started with. */
export interface DesktopStart {
  readonly options: RunOptions;
  /** Started in the tray only, as at login. */
  readonly hidden: boolean;
  /** Stands already and says that nothing is known yet. */
  readonly tray: AppTray;
  readonly ending: Ending;
  /** Folder of the built files. */
  readonly built: string;
  readonly icons: string;
}

/** Sets everything to work; answers how to show the window. Rejects with `StartFault` where Evertoken cannot run here. */
export async function startDesktop({ options, hidden, tray, ending, built, icons }: DesktopStart): Promise<() => void> {
  const { platform, env } = process;
  let desktop: Desktop | null = null;
  let window: MainWindow | null = null;
  let running: RunningKeeper | null = null;
  const open = (connection: string | null): void => (ending.hasBegun ? undefined : window?.show({ connection }));

  const notifier = new DesktopNotifier({
    platform,
    onOpen: open,
    onDeed: (_deed, connection) => void desktop?.refreshFromOutside(connection),
    onTrouble: () => desktop?.changed(),
    pausedUntil: () => desktop?.pausedUntil() ?? null,
  });
  const lockLost = (): void => {
    process.stderr.write(`${LOCK_LOST_WORDS}\n`);
    if (running === null) endAtOnce(EXIT_CANNOT_START, true);
    else running.exit(EXIT_CANNOT_START);
  };
  running = await openKeeper(options, { notifier, onLockLost: lockLost, end: endAtOnce, afterCrash: () => restartAfterCrash(join(options.dataFolder, 'crashes')) });
  const { keeper, log, clock } = running;
  ending.inOrder(running);

  lockContents(log);
  offerEditing(platform);
  const session = await openWindowSession(join(built, 'window'), !app.isPackaged);
  window = new MainWindow({ session, preload: join(built, 'preload.cjs'), icon: join(icons, 'app', 'icon.png'), log, onFocus: () => waking.focused(), onClosed: (byOwner) => desktop?.windowClosed(byOwner) });

  const preferences = await openDesktopPreferences(options.dataFolder);
  const service = await openDesktopService(running, options, preferences);
  ending.inOrder({
    stop: async () => {
      await service.close();
      await running.stop();
    },
    exit: (code) => running.exit(code),
  });
  desktop = new Desktop({ running, desks: service, tray, window, notifier, preferences, loginItem: createLoginItem(platform, env, options), platform });
  serveIpc(desktop.handlers(), { owns: (contents) => window.owns(contents), log });
  tray.serve({
    refresh: (connection) => void desktop.refreshFromOutside(connection),
    pause: (until) => void desktop.pauseNotifications(until),
    setStartAtLogin: (enabled) => void desktop.setStartAtLoginFromOutside(enabled),
  });
  notifier.attach({
    clock,
    log,
    heldSince: preferences.get().notificationsPausedFrom,
    standing: () => allAlerts(keeper.status()).filter(({ acknowledgedAt }) => acknowledgedAt === null),
  });
  const waking = watchForWaking({
    wake: () => running.wake(),
    ownerIsBack: () => notifier.repeatUrgent(),
    // Elsewhere the system keeps an icon through a sleep, and takes a new one for another program's.
    resumed: () => (platform === 'linux' ? tray.recreate() : undefined),
    look: () => desktop.look(),
  });
  if (hidden && platform === 'linux') setTimeout(() => tray.recreate(), PANEL_IS_UP).unref();
  ending.atOnce(() => {
    waking.stop();
    desktop.stop();
    tray.destroy();
    window.destroy();
  });

  await desktop.lookAround();
  if (!ending.hasBegun) process.stdout.write(`${STARTED_WORDS} (data in ${options.dataFolder}).\n`);
  return () => open(null);
}
