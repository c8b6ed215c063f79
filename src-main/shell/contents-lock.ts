import { app } from 'electron';
import type { Log } from '../core/ports.ts';
import { WINDOW_URL } from './app-identity.ts';

/**
 * Keeps every page where it is: no navigation, no redirect, no new window, no embedded page, whatever its content asks
 * for (items 12 to 14 of Electron's security checklist). Before the first window is made.
 */
export function lockContents(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (what: string) => (event: Electron.Event<{ url?: string; isMainFrame?: boolean }>): void => {
      // The window's own page, loaded anew: what it offers when it has broken.
      if (event.url === WINDOW_URL && event.isMainFrame === true) return;
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
