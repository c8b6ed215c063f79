import { HostEvent } from '../event.ts';
import type { BrowserWindowMember } from '../faces.ts';
import { hostApp } from '../system/app.ts';
import { HostNativeTheme } from '../system/desktop-state.ts';
import { windowList } from '../window-list.ts';
import { hostSession, type HostSession } from './session.ts';
import { HostWebContents } from './web-contents.ts';
import { WindowShape } from './window-shape.ts';

/** `nativeTheme`: here because windows follow it. */
export const hostNativeTheme = new HostNativeTheme();

type Options = Omit<Electron.BrowserWindowConstructorOptions, 'webPreferences'> & { webPreferences?: Omit<Electron.WebPreferences, 'session'> & { session?: HostSession } };

const open = new Set<HostBrowserWindow>();
const focus: { window: HostBrowserWindow | null } = { window: null };
let lastId = 0;

/** `BrowserWindow`: one page of Chromium. Visibility and focus are only told, as the browser has no screen. */
export class HostBrowserWindow extends WindowShape implements Pick<Electron.BrowserWindow, Exclude<BrowserWindowMember, 'id'>> {
  readonly #id = (lastId += 1);
  readonly #contents: HostWebContents;
  #destroyed = false;
  #visible: boolean;
  #minimized = false;
  /** The options it was made with, for the recorder. */
  readonly options: Options;

  constructor(options: Options = {}) {
    super({ ...options, title: options.title ?? hostApp.getName() });
    if (!hostApp.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const { webPreferences: preferences = {} } = options;
    this.options = options;
    this.#visible = options.show ?? true;
    this.#contents = new HostWebContents({
      session: preferences.session ?? hostSession.fromPartition(preferences.partition ?? ''),
      preload: preferences.preload ?? null,
      additionalArguments: preferences.additionalArguments ?? [],
      width: this.bounds.width,
      height: this.bounds.height,
      isDark: () => hostNativeTheme.shouldUseDarkColors,
    });
    open.add(this);
    windowList.add(this);
    this.#contents.once('dom-ready', () => this.emit('ready-to-show'));
    this.#contents.on('page-title-updated', (event: HostEvent, title: string, explicitSet: boolean) => this.#onPageTitle(event, title, explicitSet));
    this.#contents.on('host:page-closed', () => this.destroy());
    hostNativeTheme.on('updated', this.#repaint);
    hostApp.emit('web-contents-created', new HostEvent(), this.#contents);
    hostApp.emit('browser-window-created', new HostEvent(), this);
    if (this.#visible) this.#takeFocus();
  }

  static getAllWindows(): HostBrowserWindow[] {
    return [...open];
  }

  static fromWebContents(contents: unknown): HostBrowserWindow | null {
    return [...open].find((window) => window.#contents === contents) ?? null;
  }

  static fromId(id: number): HostBrowserWindow | null {
    return [...open].find((window) => window.#id === id) ?? null;
  }

  static getFocusedWindow(): HostBrowserWindow | null {
    return focus.window;
  }

  get id(): number {
    this.check();
    return this.#id;
  }

  get webContents(): HostWebContents {
    this.check();
    return this.#contents;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  loadURL(url: string): Promise<void> {
    this.check();
    return this.#contents.loadURL(url);
  }

  reload(): void {
    this.check();
    this.#contents.reload();
  }

  show(): void {
    this.showInactive();
    this.#takeFocus();
  }

  showInactive(): void {
    this.check();
    if (this.#visible) return;
    this.#visible = true;
    this.emit('show');
  }

  hide(): void {
    this.check();
    if (!this.#visible) return;
    this.#visible = false;
    this.#loseFocus();
    this.emit('hide');
  }

  focus(): void {
    this.check();
    if (this.#visible) this.#takeFocus();
  }

  blur(): void {
    this.check();
    this.#loseFocus();
  }

  moveTop(): void {
    this.check();
  }

  isVisible(): boolean {
    this.check();
    return this.#visible;
  }

  isFocused(): boolean {
    this.check();
    return focus.window === this;
  }

  isMinimized(): boolean {
    this.check();
    return this.#minimized;
  }

  isMaximized(): boolean {
    this.check();
    return false;
  }

  minimize(): void {
    this.check();
    if (this.#minimized) return;
    this.#minimized = true;
    this.#loseFocus();
    this.emit('minimize');
  }

  restore(): void {
    this.check();
    if (!this.#minimized) return;
    this.#minimized = false;
    this.emit('restore');
  }

  close(): void {
    this.check();
    this.tryClose();
  }

  /** Closes unless a listener objects; the window is gone one turn later, as `closed` never comes within `close()`. */
  tryClose(): boolean {
    if (this.#destroyed) return true;
    const event = new HostEvent();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    setImmediate(() => this.destroy());
    return true;
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#loseFocus();
    this.#destroyed = true;
    open.delete(this);
    hostNativeTheme.off('updated', this.#repaint);
    this.#contents.destroy();
    this.emit('closed');
    windowList.remove(this);
  }

  readonly #repaint = (): void => void this.#contents.repaint().catch(() => undefined);

  protected resized({ width, height }: Electron.Rectangle): void {
    this.#contents.resize(width, height).catch(() => undefined);
  }

  #onPageTitle(event: HostEvent, title: string, explicitSet: boolean): void {
    this.emit('page-title-updated', event, title, explicitSet);
    if (!event.defaultPrevented && !this.#destroyed) this.title = title;
  }

  #takeFocus(): void {
    if (focus.window === this) return;
    focus.window?.blur();
    focus.window = this;
    this.emit('focus');
    hostApp.emit('browser-window-focus', new HostEvent(), this);
  }

  #loseFocus(): void {
    if (focus.window !== this) return;
    focus.window = null;
    this.emit('blur');
    hostApp.emit('browser-window-blur', new HostEvent(), this);
  }

  protected check(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
  }
}
