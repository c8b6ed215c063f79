import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConsoleMessage, Page } from 'playwright-core';
import { fromPage, isOwnInPage, OWN_TAIL, toPage } from '../addresses.ts';
import { eventWith, HostEvent } from '../event.ts';
import type { WebContentsMember } from '../faces.ts';
import type { FromPage, PreloadOptions } from '../page/preload-side.ts';
import { pageScript, preloadScript } from '../page/scripts.ts';
import { hostApp } from '../system/app.ts';
import { startChromium } from './chromium.ts';
import { HostFrame } from './frame.ts';
import { hostIpcMain, ipcCodec } from './ipc-main.ts';
import { linkPage, type PageLink } from './page-link.ts';
import { ownPage, routePages } from './page-owners.ts';
import type { HostSession } from './session.ts';

let lastId = 0;

/** What a page is made with. */
export interface PageOptions {
  readonly session: HostSession;
  readonly preload: string | null;
  readonly additionalArguments: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly isDark: () => boolean;
}

type WebRtcPolicy = Parameters<Electron.WebContents['setWebRTCIPHandlingPolicy']>[0];

/** `WebContents`: the page of a window. Longer than other files, because Electron put this much into one object. */
export class HostWebContents extends EventEmitter implements Pick<Electron.WebContents, Exclude<WebContentsMember, 'close'>> {
  readonly id = (lastId += 1);
  readonly session: HostSession;
  readonly #frame: HostFrame;
  readonly #options: PageOptions;
  readonly #secret = randomUUID();
  /** Rejects where the window was destroyed before its page was made. */
  readonly #page: Promise<Page>;
  #link: PageLink | null = null;
  #destroyed = false;
  #loading = false;
  #title = '';
  #zoom = 1;
  #webRtcPolicy: WebRtcPolicy = 'default';
  #devToolsOpened = false;
  /** The address that the app itself has asked for, which needs no leave. */
  #asked: string | null = null;
  #openHandler: ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | null = null;

  constructor(options: PageOptions) {
    super();
    this.session = options.session;
    this.#options = options;
    this.#frame = new HostFrame(() => this.#destroyed);
    this.#page = this.#open();
    this.#page.catch(() => undefined);
  }

  get mainFrame(): HostFrame {
    this.#check();
    return this.#frame;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  getURL(): string {
    this.#check();
    return this.#frame.url;
  }

  getTitle(): string {
    this.#check();
    return this.#title;
  }

  getType(): 'window' {
    return 'window';
  }

  getOSProcessId(): number {
    return process.pid;
  }

  isLoading(): boolean {
    return this.#loading;
  }

  async loadURL(url: string): Promise<void> {
    this.#check();
    const page = await this.#page;
    this.#asked = url;
    try {
      await page.goto(toPage(url));
    } catch (error) {
      if (this.#destroyed) throw new Error(`ERR_ABORTED (-3) loading '${url}'`, { cause: error });
      this.emit('did-fail-load', new HostEvent(), -2, 'ERR_FAILED', url, true, this.#frame.processId, this.#frame.routingId);
      throw new Error(`ERR_FAILED (-2) loading '${url}'`, { cause: error });
    }
  }

  send(channel: string, ...args: unknown[]): void {
    this.#check();
    const wire = ipcCodec.encode(args);
    this.#link?.tell({ kind: 'event', channel, args: wire });
  }

  setWindowOpenHandler(handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse): void {
    this.#check();
    this.#openHandler = handler;
  }

  reload(): void {
    this.#check();
    this.#asked = this.#frame.url;
    void this.#page.then((page) => page.reload()).catch(() => undefined);
  }

  openDevTools(): void {
    this.#check();
    this.#devToolsOpened = true;
  }

  closeDevTools(): void {
    this.#devToolsOpened = false;
  }

  isDevToolsOpened(): boolean {
    return this.#devToolsOpened;
  }

  /** Kept and not applied: no request of a page leaves the stand-in anyway. */
  setWebRTCIPHandlingPolicy(policy: WebRtcPolicy): void {
    this.#check();
    this.#webRtcPolicy = policy;
  }

  getWebRTCIPHandlingPolicy(): WebRtcPolicy {
    return this.#webRtcPolicy;
  }

  setZoomFactor(factor: number): void {
    this.#check();
    this.#zoom = factor;
  }

  getZoomFactor(): number {
    return this.#zoom;
  }

  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve();
  }

  focus(): void {
    this.#check();
  }

  /** Whether the page may go somewhere: what the app asked for always, else what `will-navigate` says. */
  mayNavigate(url: string, isMainFrame: boolean): boolean {
    if (isMainFrame && this.#asked !== null && sameAddress(this.#asked, url)) {
      this.#asked = null;
      return true;
    }
    const details = { url, isSameDocument: false, isMainFrame, frame: isMainFrame ? this.#frame : null, initiator: this.#frame };
    const frameEvent = eventWith(details);
    this.emit('will-frame-navigate', frameEvent);
    if (frameEvent.defaultPrevented || !isMainFrame) return !frameEvent.defaultPrevented;
    const event = eventWith(details);
    this.emit('will-navigate', event, url, false, true, this.#frame.processId, this.#frame.routingId);
    return !event.defaultPrevented;
  }

  /** Says that an answer of ours pointed elsewhere. It is not followed. */
  emitRedirect(url: string): void {
    this.emit('will-redirect', eventWith({ url, isSameDocument: false, isMainFrame: true, frame: this.#frame }), url, false, true, this.#frame.processId, this.#frame.routingId);
  }

  /** The page's target in Chromium, for a test that joins in; null where there is none yet. */
  async targetId(): Promise<string | null> {
    const page = await this.#page.catch(() => null);
    if (page === null || this.#destroyed) return null;
    const cdp = await page.context().newCDPSession(page);
    const { targetInfo } = (await cdp.send('Target.getTargetInfo')) as { targetInfo: { targetId: string } };
    await cdp.detach();
    return targetInfo.targetId;
  }

  /** Shows the page in the system's colours again. */
  async repaint(): Promise<void> {
    const page = await this.#page;
    await page.emulateMedia({ colorScheme: this.#options.isDark() ? 'dark' : 'light' });
  }

  async resize(width: number, height: number): Promise<void> {
    const page = await this.#page;
    await page.setViewportSize({ width, height });
  }

  /** Ends the page with its window. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#link = null;
    this.emit('destroyed');
    void this.#page.then((page) => page.close()).catch(() => undefined);
  }

  async #open(): Promise<Page> {
    // Read now: the app may exchange its files later, the window keeps what it was made with.
    const preload = this.#options.preload === null ? null : readFileSync(this.#options.preload, 'utf8');
    const chromium = await startChromium(join(hostApp.getPath('userData'), 'Chromium-host'), routePages);
    const page = await chromium.newPage();
    if (this.#destroyed) {
      await page.close();
      throw new Error('Object has been destroyed');
    }
    ownPage(page, this);
    const cdp = await page.context().newCDPSession(page);
    const options: PreloadOptions = { secret: this.#secret, ownTail: OWN_TAIL, hasPreload: preload !== null, process: { type: 'renderer', platform: process.platform, arch: process.arch, sandboxed: true, contextIsolated: true, versions: { ...process.versions }, env: {}, argv: [process.argv[0], ...this.#options.additionalArguments] } };
    this.#link = await linkPage(
      cdp,
      { page: pageScript(this.#secret), preload: preloadScript(options, preload ?? '') },
      { onMessage: (message) => this.#onMessage(message), onMoved: (url) => this.#frame.moveTo(url), onLoading: (loading) => this.#onLoading(loading), onOpen: (url, name) => this.#onOpen(url, name, '') },
    );
    await page.setViewportSize({ width: this.#options.width, height: this.#options.height });
    await page.emulateMedia({ colorScheme: this.#options.isDark() ? 'dark' : 'light' });
    this.#listen(page);
    return page;
  }

  #listen(page: Page): void {
    const live = (listener: () => void) => (): void => {
      if (!this.#destroyed) listener();
    };
    page.on('domcontentloaded', live(() => this.emit('dom-ready', new HostEvent())));
    page.on('load', live(() => this.emit('did-finish-load', new HostEvent())));
    page.on('crash', live(() => this.emit('render-process-gone', new HostEvent(), { reason: 'crashed', exitCode: 1 })));
    page.on('console', (message) => this.#onConsole(message));
    page.on('websocket', (socket) => this.session.emit('host:outgoing', { url: fromPage(socket.url()), type: 'websocket', cancelled: false }));
    // The window is gone when its page is, whoever closed it.
    page.on('close', () => this.emit('host:page-closed'));
  }

  #onLoading(loading: boolean): void {
    if (this.#destroyed || this.#loading === loading) return;
    this.#loading = loading;
    this.emit(loading ? 'did-start-loading' : 'did-stop-loading', new HostEvent());
  }

  #onConsole(message: ConsoleMessage): void {
    if (this.#destroyed) return;
    const { url, lineNumber } = message.location();
    const level = message.type() === 'error' ? 'error' : message.type() === 'warning' ? 'warning' : message.type() === 'debug' ? 'debug' : 'info';
    this.emit('console-message', eventWith({ message: message.text(), level, lineNumber, sourceId: fromPage(url), frame: this.#frame }));
  }

  #onMessage(message: FromPage): void {
    if (this.#destroyed) return;
    const caller = { sender: this, senderFrame: this.#frame };
    switch (message.kind) {
      case 'invoke': {
        const link = this.#link;
        void hostIpcMain.answer(message, caller).then((answer) => link?.tell(answer));
        return;
      }
      case 'send':
        hostIpcMain.receive(message, caller);
        return;
      case 'open':
        this.#onOpen(message.url, message.name, message.features);
        return;
      case 'title':
        this.#title = message.title;
        this.emit('page-title-updated', new HostEvent(), message.title, true);
        return;
      case 'violation':
        this.emit('host:violation', message.violation);
        return;
      case 'preload-error':
        this.emit('preload-error', new HostEvent(), this.#options.preload ?? '', Object.assign(new Error(message.message), { stack: message.stack }));
        process.stderr.write(`Unable to load preload script: ${this.#options.preload ?? ''}\n${message.stack}\n`);
    }
  }

  #onOpen(url: string, frameName: string, features: string): void {
    if (this.#destroyed) return;
    const answer = this.#openHandler?.({ url: fromPage(url), frameName, features, disposition: 'foreground-tab', referrer: { url: this.#frame.url, policy: 'strict-origin-when-cross-origin' } });
    if (answer?.action !== 'deny') process.stderr.write(`The app allowed its page to open ${url}, which the stand-in does not do.\n`);
  }

  #check(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
  }
}

function sameAddress(asked: string, url: string): boolean {
  const strip = (address: string): string => address.replace(/#.*$/s, '').replace(/\/$/, '');
  return strip(asked) === strip(url) && isOwnInPage(toPage(asked)) === isOwnInPage(toPage(url));
}
