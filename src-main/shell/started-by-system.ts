import { app } from 'electron';

/** Whether macOS started the app at login, where it passes no `--hidden` on. */
export function startedBySystem(platform: NodeJS.Platform): boolean {
  return platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}
