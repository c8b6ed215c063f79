import { app, BrowserWindow, dialog, nativeTheme, type Session, type WebContents } from 'electron';
import type { WindowEvents } from '../contract/window-api.ts';
import { type EventName, ipcName } from '../contract/window-channels.ts';
import type { ShowRequest } from '../contract/window-view.ts';
import type { Log } from '../core/ports.ts';
import { WINDOW_URL } from './app-identity.ts';

/** What the window is made with. */
export interface MainWindowOptions {
  readonly session: Session;
  /** The built preload, an absolute path. */
  readonly preload: string;
  /** Shown by Linux in its task list, an absolute path. */
  readonly icon: string;
  readonly log: Log;
  /** The owner turned to the window. */
  readonly onFocus: () => void;
  /** It has gone; by the owner's hand, or because it broke or the app ends. */
  readonly onClosed: (byOwner: boolean) => void;
}

/**
 * The one window. It is destroyed when it is closed, since a hidden page costs more memory than the rest of the app, and
 * made anew when it is wanted.
 */
export class MainWindow {
  readonly #options: MainWindowOptions;
  #window: BrowserWindow | null = null;
  /** The page has asked for its view, so it hears what it is told. */
  #listening = false;
  #wanted: ShowRequest | null = null;

  constructor(options: MainWindowOptions) {
    this.#options = options;
  }

  /** Whether the owner can see it. */
  get isFocused(): boolean {
    return this.#window?.isFocused() ?? false;
  }

  get isOpen(): boolean {
    return this.#window !== null;
  }

  /** Asks for one file in the system's own dialog; null where none was chosen. Only main learns its name. */
  async askForFile(title: string): Promise<string | null> {
    if (this.#window === null) return null;
    // A name that begins with a dot is hidden on Linux and macOS.
    const { canceled, filePaths } = await dialog.showOpenDialog(this.#window, { title, properties: ['openFile', 'showHiddenFiles'] });
    return canceled ? null : (filePaths[0] ?? null);
  }

  /**
   * Asks for a yes in the system's own dialog, for what a page alone must not be able to bring about. False for a no and
   * where there is no window.
   */
  async confirm(question: { readonly message: string; readonly detail: string; readonly yes: string }): Promise<boolean> {
    if (this.#window === null) return false;
    const { message, detail, yes } = question;
    const { response } = await dialog.showMessageBox(this.#window, { type: 'warning', message, detail, buttons: ['Cancel', yes], defaultId: 0, cancelId: 0, noLink: true });
    return response === 1;
  }

  /** Whether this page is ours, as it is now. */
  owns(contents: WebContents): boolean {
    return this.#window !== null && this.#window.webContents.id === contents.id;
  }

  /** Opens the window or brings it to the front, and brings a connection into view. */
  show(request: ShowRequest = { connection: null }): void {
    this.#wanted = request;
    if (this.#window === null) {
      this.#open();
      return;
    }
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
    this.#passOn();
  }

  /** The page has asked for its view: from now on it hears. */
  pageListens(): void {
    this.#listening = true;
    this.#passOn();
  }

  /** Tells the page something; lost where there is none, since a new one asks for everything. */
  tell<Name extends EventName>(event: Name, payload: WindowEvents[Name]): void {
    if (this.#window !== null && this.#listening) this.#window.webContents.send(ipcName(event), payload);
  }

  /** Takes the window away, as the app ends. */
  destroy(): void {
    this.#window?.destroy();
  }

  #open(): void {
    const { session, preload, icon, log, onFocus, onClosed } = this.#options;
    const window = new BrowserWindow({
      width: 900,
      height: 720,
      minWidth: 420,
      minHeight: 480,
      show: false,
      title: 'Evertoken',
      icon,
      autoHideMenuBar: true,
      // Until the page has painted: no white flash on a dark desktop.
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#16191d' : '#f6f7f8',
      webPreferences: { session, preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, navigateOnDragDrop: false, spellcheck: false, devTools: !app.isPackaged },
    });
    this.#window = window;
    window.once('ready-to-show', () => {
      window.show();
      window.focus();
    });
    window.on('focus', onFocus);
    // What the app itself does away with is destroyed without this.
    let byOwner = false;
    window.on('close', () => {
      byOwner = true;
    });
    window.on('closed', () => {
      this.#window = null;
      this.#listening = false;
      onClosed(byOwner);
    });
    // WebRTC passes neither the session's filter nor the page's policy.
    window.webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      log.write('error', 'window-gone', { reason });
      // An empty window would be worse than none: the tray opens a new one.
      window.destroy();
    });
    // A page that was loaded anew has to ask again before it is told anything.
    window.webContents.on('did-start-loading', () => {
      this.#listening = false;
    });
    window.loadURL(WINDOW_URL).catch((error: unknown) => {
      log.write('error', 'window-not-loaded', { message: error instanceof Error ? error.message : String(error) });
      // Never shown, it would stand in the way of the next one.
      if (!window.isDestroyed()) window.destroy();
    });
  }

  #passOn(): void {
    if (this.#wanted === null || !this.#listening) return;
    this.tell('show', this.#wanted);
    this.#wanted = null;
  }
}
