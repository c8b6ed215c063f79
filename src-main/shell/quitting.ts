import { app } from 'electron';
import type { RunningKeeper } from '../runtime/run-keeper.ts';
import type { AppTray } from './app-tray.ts';

/**
 * Ends the process. `app.exit` waits for a keychain call whose prompt is open, and so does every gentler way; such a call holds
 * nothing that a kill could break.
 */
export function endAtOnce(code: number, callHangs: boolean): void {
  if (callHangs) process.kill(process.pid, 'SIGKILL');
  else app.exit(code);
}

/**
 * Has every way of quitting finish or safely leave what the keeper is doing: the menu, a signal, the end of the session. The
 * icon goes at once, so that the owner sees that the click was heard.
 */
export function quitInOrder(running: RunningKeeper, tray: AppTray, stopShowing: () => void): void {
  let ending: Promise<void> | null = null;
  app.on('before-quit', (event) => {
    event.preventDefault();
    stopShowing();
    ending ??= end(running, tray);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
}

async function end(running: RunningKeeper, tray: AppTray): Promise<void> {
  tray.destroy();
  await running.stop();
  running.exit(0);
}
