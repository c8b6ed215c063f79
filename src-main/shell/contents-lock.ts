import { app } from 'electron';
import type { Log } from '../core/ports.ts';

/**
 * Keeps every page where it is: no navigation, no redirect, no new window, no embedded page, whatever its content asks
 * for (items 12 to 14 of Electron's security checklist). Before the first window is made.
 */
export function lockContents(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (what: string) => (event: Electron.Event): void => {
      event.preventDefault();
      log.write('error', 'window-refused', { what });
    };
    contents.on('will-navigate', refuse('navigation'));
    contents.on('will-redirect', refuse('redirect'));
    contents.on('will-frame-navigate', refuse('frame navigation'));
    contents.on('will-attach-webview', refuse('webview'));
    contents.setWindowOpenHandler(() => {
      log.write('error', 'window-refused', { what: 'new window' });
      return { action: 'deny' };
    });
  });
}
