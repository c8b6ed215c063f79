import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess } from '../ending.ts';
import { HostEvent } from '../event.ts';
import type { AppMember } from '../faces.ts';
import { windowList } from '../window-list.ts';
import { appFacts } from './app-facts.ts';
import { createAppPaths } from './app-paths.ts';
import { HostCommandLine } from './command-line.ts';
import { takeMessages, leaveMessage } from './hand-over.ts';
import { giveLockBack, takeLock } from './instance-lock.ts';
import { HostLoginItem } from './login-item.ts';

type Stage = 'asking' | 'running' | 'closing' | 'ending';

/**
 * `app`. It is ready one turn of the event loop after the main module began; the order of its last events is Electron's: before-quit,
 * each window's close, will-quit, quit. Longer than other files, because Electron put this much into one object.
 */
export class HostApp extends EventEmitter implements Pick<Electron.App, Exclude<AppMember, 'name'>> {
  readonly #facts = appFacts(process.argv[1] ?? '', process.env);
  readonly commandLine = new HostCommandLine(process.argv.slice(2));
  readonly #paths = createAppPaths(() => this.name, (name) => this.commandLine.getSwitchValue(name), process.env);
  readonly #loginItem = new HostLoginItem();
  readonly #whenReady: Promise<void>;
  /** What the app asked to be started again with; the test may look, nothing is started. */
  readonly relaunches: Electron.RelaunchOptions[] = [];
  readonly isPackaged = this.#facts.isPackaged;
  readonly dock = undefined;
  name = this.#facts.name;
  toastActivatorCLSID = '';
  #stage: Stage = 'running';
  #isReady = false;
  #lock: { readonly folder: string; readonly generation: number } | null = null;
  #stopTaking: () => void = () => undefined;

  constructor() {
    super();
    this.#whenReady = new Promise((resolve) => {
      setImmediate(() => {
        // One that ends itself before it is ready never is.
        if (this.#stage === 'ending') return;
        this.#isReady = true;
        mkdirSync(this.getPath('userData'), { recursive: true });
        this.emit('ready', new HostEvent(), {});
        resolve();
        this.#takeMessages();
      });
    });
    windowList.whenEmpty(() => this.#onLastWindowClosed());
  }

  whenReady(): Promise<void> {
    return this.#whenReady;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    if (this.#lock !== null) return true;
    const folder = join(this.getPath('userData'), 'HostInstance');
    const { mine, generation } = takeLock(folder);
    if (!mine) {
      leaveMessage(folder, generation, { argv: process.argv, workingDirectory: process.cwd(), additionalData });
      return false;
    }
    this.#lock = { folder, generation };
    if (this.#isReady) this.#takeMessages();
    return true;
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock !== null;
  }

  releaseSingleInstanceLock(): void {
    if (this.#lock === null) return;
    this.#stopTaking();
    giveLockBack(this.#lock.folder, this.#lock.generation);
    this.#lock = null;
  }

  quit(): void {
    if (this.#stage !== 'running') return;
    // As in Electron, it is no quitting yet while the app is asked: windows that go meanwhile are just closed.
    const event = new HostEvent();
    this.#stage = 'asking';
    this.emit('before-quit', event);
    this.#stage = event.defaultPrevented ? 'running' : 'closing';
    if (event.defaultPrevented || !windowList.all().every((window) => window.tryClose())) {
      this.#stage = 'running';
      return;
    }
    if (windowList.all().length === 0) this.#endUnlessRefused();
  }

  exit(exitCode = 0): void {
    if (this.#stage === 'ending') return;
    this.#stage = 'ending';
    for (const window of windowList.all()) window.destroy();
    this.#end(exitCode);
  }

  relaunch(options: Electron.RelaunchOptions = {}): void {
    this.relaunches.push(options);
  }

  getPath(name: string): string {
    return this.#paths.get(name);
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  setAppLogsPath(path?: string): void {
    this.#paths.set('logs', path ?? this.getPath('logs'));
  }

  getAppPath(): string {
    return this.#facts.path;
  }

  getVersion(): string {
    return this.#facts.version;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getLocale(): string {
    return this.getSystemLocale();
  }

  getSystemLocale(): string {
    const { LC_ALL, LC_MESSAGES, LANG } = process.env;
    const language = (LC_ALL ?? LC_MESSAGES ?? LANG ?? '').split('.')[0]?.replace('_', '-');
    return language === undefined || language === '' || language === 'C' || language === 'POSIX' ? 'en-US' : language;
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getSystemLocale()];
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  disableHardwareAcceleration(): void {
    if (this.#isReady) throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
  }

  getLoginItemSettings(): Electron.LoginItemSettings {
    return this.#loginItem.get();
  }

  setLoginItemSettings(settings: Electron.Settings): void {
    this.#loginItem.set(settings);
  }

  setToastActivatorCLSID(id: string): void {
    this.toastActivatorCLSID = id;
  }

  // What only changes how a desktop shows an app has no effect here.
  setAppUserModelId(_id: string): void {}
  setActivationPolicy(_policy: 'regular' | 'accessory' | 'prohibited'): void {}
  setAboutPanelOptions(_options: Electron.AboutPanelOptionsOptions): void {}
  showAboutPanel(): void {}
  focus(): void {}
  hide(): void {}
  show(): void {}

  #takeMessages(): void {
    if (this.#lock === null) return;
    this.#stopTaking();
    this.#stopTaking = takeMessages(this.#lock.folder, this.#lock.generation, ({ argv, workingDirectory, additionalData }) => this.emit('second-instance', new HostEvent(), argv, workingDirectory, additionalData));
  }

  #onLastWindowClosed(): void {
    if (this.#stage === 'ending') return;
    if (this.#stage === 'closing') this.#endUnlessRefused();
    else if (!this.emit('window-all-closed')) this.quit();
  }

  #endUnlessRefused(): void {
    const event = new HostEvent();
    this.emit('will-quit', event);
    if (event.defaultPrevented) {
      this.#stage = 'running';
      return;
    }
    this.#stage = 'ending';
    this.#end(0);
  }

  #end(code: number): void {
    setImmediate(() => {
      this.emit('quit', new HostEvent(), code);
      this.releaseSingleInstanceLock();
      void endProcess(code);
    });
  }
}

/** The one app. */
export const hostApp = new HostApp();
