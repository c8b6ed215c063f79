import { join } from 'node:path';
import { app } from 'electron';
import { openDesktopPreferences } from '../adapters/desktop-preferences.ts';
import type { RunOptions } from '../runtime/options.ts';
import { LOCK_LOST_WORDS, openKeeper } from '../runtime/run-keeper.ts';
import { STARTED_WORDS } from './app-identity.ts';
import type { AppTray } from './app-tray.ts';
import { lockContents } from './contents-lock.ts';
import { Desktop } from './desktop.ts';
import { DesktopNotifier } from './desktop-notifier.ts';
import { offerEditing } from './edit-menu.ts';
import { serveIpc } from './ipc.ts';
import { EXIT_CANNOT_START, leave } from './leaving.ts';
import { createLoginItem } from './login-item.ts';
import { MainWindow } from './main-window.ts';
import { endAtOnce, quitInOrder } from './quitting.ts';
import { watchForWaking } from './wake-events.ts';
import { openWindowSession } from './window-session.ts';

/** What the desktop app is started with. */
export interface DesktopStart {
  readonly options: RunOptions;
  /** Stands already and says that nothing is known yet. */
  readonly tray: AppTray;
  /** Folder of the built files. */
  readonly built: string;
  readonly icons: string;
}

/** Sets everything to work; answers how to show the window. Rejects with `StartFault` where Evertoken cannot run here. */
export async function startDesktop({ options, tray, built, icons }: DesktopStart): Promise<() => void> {
  const { platform, env } = process;
  let desktop: Desktop | null = null;
  let window: MainWindow | null = null;
  const open = (connection: string | null): void => window?.show({ connection });

  const notifier = new DesktopNotifier({
    onOpen: open,
    onDeed: (_deed, connection) => void desktop?.refreshFromOutside(connection),
    onTrouble: () => desktop?.changed(),
    pausedUntil: () => desktop?.pausedUntil() ?? null,
  });
  const running = await openKeeper(options, { notifier, onLockLost: () => leave(EXIT_CANNOT_START, `${LOCK_LOST_WORDS}\n`), end: endAtOnce });
  const { keeper, log, clock } = running;
  quitInOrder(running, tray, () => desktop?.stop());

  lockContents(log);
  offerEditing(platform);
  const session = await openWindowSession(join(built, 'window'), !app.isPackaged);
  window = new MainWindow({ session, preload: join(built, 'preload.cjs'), icon: join(icons, 'app', 'icon.png'), log, onFocus: () => waking.focused(), onClosed: () => desktop?.windowClosed() });

  desktop = new Desktop({ running, tray, window, notifier, preferences: await openDesktopPreferences(options.dataFolder), loginItem: createLoginItem(platform, env), platform });
  serveIpc(desktop.handlers(), { owns: (contents) => window.owns(contents), log });
  tray.serve({
    open: () => open(null),
    refresh: (connection) => void desktop.refreshFromOutside(connection),
    pause: (until) => void desktop.pauseNotifications(until),
    setStartAtLogin: (enabled) => void desktop.setStartAtLogin(enabled),
  });
  notifier.attach({ clock, log, standing: () => keeper.status().connections.flatMap(({ alerts }) => alerts.filter(({ acknowledgedAt }) => acknowledgedAt === null)) });
  const waking = watchForWaking({ wake: () => running.wake(), ownerIsBack: () => notifier.repeatUrgent(), resumed: () => tray.recreate(), look: () => desktop.look() });

  await desktop.lookAround();
  process.stdout.write(`${STARTED_WORDS} (data in ${options.dataFolder}).\n`);
  return () => open(null);
}
