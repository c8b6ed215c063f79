import { type Session, session } from 'electron';
import { serveApp } from './app-protocol.ts';
import { WINDOW_ORIGIN } from './app-identity.ts';

/** Without `persist:` before its name Electron keeps a session in memory only: no cookie, cache or storage outlives it. */
const PARTITION = 'evertoken-window';

/**
 * The session that the window lives in: it serves the window's files, reaches nothing else, keeps nothing and permits
 * nothing but to copy. Once the app is ready.
 */
export async function openWindowSession(windowFolder: string, allowDevTools: boolean): Promise<Session> {
  const opened = session.fromPartition(PARTITION);
  // Without both handlers Electron grants what a page asks for (its security checklist, item 5).
  opened.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => answer(isGranted(permission, requestingUrl)));
  opened.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, `${origin.replace(/\/$/, '')}/`));
  opened.setDevicePermissionHandler(() => false);
  opened.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isOwn(details.url, allowDevTools) }));
  opened.on('will-download', (event) => event.preventDefault());
  opened.setSpellCheckerEnabled(false);
  // What no filter sees (WebRTC over TCP) finds a proxy that is not there. The window's own files come from main and need none.
  await opened.setProxy({ mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:1' });
  await serveApp(opened.protocol, windowFolder);
  return opened;
}

/** “Copy” may put text into the clipboard, while the owner presses it. Reading what stands there is another permission. */
function isGranted(permission: string, url: string): boolean {
  return permission === 'clipboard-sanitized-write' && url.startsWith(`${WINDOW_ORIGIN}/`);
}

function isOwn(url: string, allowDevTools: boolean): boolean {
  return url.startsWith(`${WINDOW_ORIGIN}/`) || (allowDevTools && url.startsWith('devtools://'));
}
