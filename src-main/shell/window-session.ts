import { type Session, session } from 'electron';
import { serveApp } from './app-protocol.ts';
import { WINDOW_ORIGIN } from './app-identity.ts';

/** Without `persist:` before its name Electron keeps a session in memory only: no cookie, cache or storage outlives it. */
const PARTITION = 'evertoken-window';

/**
 * The session that the window lives in: it serves the window's files, reaches nothing else, keeps nothing and permits
 * nothing. Once the app is ready.
 */
export async function openWindowSession(windowFolder: string, allowDevTools: boolean): Promise<Session> {
  const opened = session.fromPartition(PARTITION);
  // Without both handlers Electron grants what a page asks for (its security checklist, item 5).
  opened.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  opened.setPermissionCheckHandler(() => false);
  opened.setDevicePermissionHandler(() => false);
  opened.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isOwn(details.url, allowDevTools) }));
  opened.on('will-download', (event) => event.preventDefault());
  opened.setSpellCheckerEnabled(false);
  // What no filter sees (WebRTC over TCP) finds a proxy that is not there. The window's own files come from main and need none.
  await opened.setProxy({ mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:1' });
  await serveApp(opened.protocol, windowFolder);
  return opened;
}

function isOwn(url: string, allowDevTools: boolean): boolean {
  return url.startsWith(`${WINDOW_ORIGIN}/`) || (allowDevTools && url.startsWith('devtools://'));
}
