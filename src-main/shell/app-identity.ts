/**
 * The app's id, the same as `appId` in electron-builder.yml. Windows shows notifications only under the id that the
 * installer's shortcut carries (AppUserModelID).
 */
export const APP_ID = 'app.evertoken.desktop';

/** Whom Windows wakes when a notification is clicked; fixed, so that one from an earlier run still finds the app. */
export const TOAST_ACTIVATOR = '{6C1D1F0A-8B0B-4F5B-9C43-3A0E5C7F9E21}';

/** The scheme under which the window's own files are served; nothing else is. */
export const SCHEME = 'app';

/** The origin of the window: the only one that main listens to. */
export const WINDOW_ORIGIN = `${SCHEME}://evertoken`;

/** What the window opens. */
export const WINDOW_URL = `${WINDOW_ORIGIN}/index.html`;

/** Printed once the tray icon stands; whoever started the app waits for it. */
export const STARTED_WORDS = 'Evertoken is in the tray';
