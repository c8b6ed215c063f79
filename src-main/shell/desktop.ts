import type { PreferenceStore } from '../adapters/desktop-preferences.ts';
import type { Handlers } from '../contract/window-api.ts';
import type { WindowView } from '../contract/window-view.ts';
import type { Outcome } from '../contract/outcome.ts';
import { HOUR, isoTime } from '../core/time.ts';
import { printable } from '../core/words/printable.ts';
import { OwnerActions } from '../owner/owner-actions.ts';
import { type Desks, ownerHandlers } from '../owner/owner-handlers.ts';
import type { RunningKeeper } from '../runtime/run-keeper.ts';
import { VERSION } from '../runtime/version.ts';
import type { AppTray } from './app-tray.ts';
import { coalesced } from './coalescing.ts';
import type { DesktopNotifier } from './desktop-notifier.ts';
import { openLink } from './links.ts';
import type { LoginItem } from './login-item.ts';
import type { MainWindow } from './main-window.ts';
import { trayModel } from './tray-model.ts';

/** Changes closer together than this, ms, are shown together. */
const COALESCE_MS = 200;
/** When "tomorrow morning" begins, hour of the day. */
const MORNING = 8;
const ENV_DIALOG = 'Choose your bot’s .env file';
const NO_FILE: Outcome = { ok: false, code: 'cancelled', message: 'No file was chosen. Nothing was changed.', connection: null, details: [] };

/** What the desktop app is made of once the keeper runs. */
export interface DesktopParts {
  readonly running: RunningKeeper;
  readonly desks: Desks;
  readonly tray: AppTray;
  readonly window: MainWindow;
  readonly notifier: DesktopNotifier;
  readonly preferences: PreferenceStore;
  readonly loginItem: LoginItem;
  readonly platform: NodeJS.Platform;
}

/** Brings keeper, tray, notifications and window together: whatever changes is shown everywhere, and whatever is asked is done in one place. */
export class Desktop {
  readonly actions: OwnerActions;
  readonly #parts: DesktopParts;
  #startsAtLogin: boolean | null = null;
  readonly #showing = coalesced(COALESCE_MS, () => this.#show());

  constructor(parts: DesktopParts) {
    this.#parts = parts;
    this.actions = new OwnerActions(parts.running.keeper, parts.running.clock, () => this.changed());
    parts.running.keeper.onChange(() => this.changed());
  }

  /** Shows nothing more: the app is ending. */
  stop(): void {
    this.#showing.stop();
  }

  /** Something may have changed: shows it soon. */
  changed(): void {
    this.#showing.soon();
  }

  /** Looks at what changes without anybody saying so: time passes, a pause ends, a keychain is locked or unlocked. Cheap. */
  look(): void {
    const { preferences, running } = this.#parts;
    this.actions.dropExpired();
    if (preferences.get().notificationsPausedUntil !== null && this.pausedUntil() === null) void this.pauseNotifications('now');
    this.changed();
    void running.lookAtVault();
  }

  /** Reads anew what others may have changed: the login item, which system settings show too. */
  async lookAround(): Promise<void> {
    this.#startsAtLogin = await this.#parts.loginItem.enabled().catch(() => null);
    this.changed();
  }

  /** ms since 1970 until which notifications are paused; null where they are not. */
  pausedUntil(): number | null {
    const until = this.#parts.preferences.get().notificationsPausedUntil;
    return until !== null && this.#parts.running.clock.now() < until ? until : null;
  }

  /** Renews for an owner who pressed a button outside of the window, and says there how it went. */
  async refreshFromOutside(connection: string): Promise<void> {
    const { window, notifier } = this.#parts;
    const outcome = await this.actions.refresh(connection);
    if (!window.isFocused) notifier.say(outcome.ok ? 'Evertoken refreshed the token' : 'Evertoken could not refresh the token', outcome.message);
  }

  /** The same for an owner who clicked in the tray's menu, which then shows what is so. */
  async setStartAtLoginFromOutside(enabled: boolean): Promise<void> {
    const { tray, notifier } = this.#parts;
    const outcome = await this.setStartAtLogin(enabled);
    if (outcome.ok) return;
    tray.setMenuAnew();
    notifier.say('Evertoken could not change this', outcome.message);
  }

  /** Shows or holds back notifications. */
  async pauseNotifications(until: 'hour' | 'tomorrow' | 'now'): Promise<Outcome> {
    const { preferences, running, notifier } = this.#parts;
    const now = running.clock.now();
    const end = until === 'now' ? null : until === 'hour' ? now + HOUR : nextMorning(now);
    const from = end === null ? null : (preferences.get().notificationsPausedFrom ?? now);
    await this.#remember(preferences.set({ notificationsPausedUntil: end, notificationsPausedFrom: from }));
    notifier.release();
    this.changed();
    return end === null ? done('notifications-on', 'Notifications are shown again.') : done('notifications-paused', 'Notifications are paused. The tray icon goes on showing how things are.');
  }

  /** Starts Evertoken at login from now on, or no longer. What the system made of it is read back. */
  async setStartAtLogin(enabled: boolean): Promise<Outcome> {
    let why = '';
    try {
      await this.#parts.loginItem.set(enabled);
    } catch (error) {
      why = error instanceof Error ? `: ${error.message}` : '';
    }
    await this.lookAround();
    if (this.#startsAtLogin !== enabled) return { ...done('login-item-failed', `Your system did not take this change${why}. Look in its settings, where programs that start at login stand.`), ok: false };
    return enabled ? done('starts-at-login', 'Evertoken starts when you log in.') : done('no-start-at-login', 'Evertoken no longer starts when you log in.');
  }

  /** The window has gone. An owner who closed it is told once where Evertoken is to be found from now on. */
  windowClosed(byOwner: boolean): void {
    const { preferences, notifier } = this.#parts;
    this.actions.forgetUnconfirmed();
    if (!byOwner || preferences.get().closeExplained) return;
    notifier.say('Evertoken keeps running', 'It watches over your token from its icon in the tray. Quit it there, in the icon’s menu.');
    void this.#remember(preferences.set({ closeExplained: true }));
  }

  /** What main does on each channel of the window. */
  handlers(): Handlers {
    const { running, window, tray, desks } = this.#parts;
    const { actions } = this;
    return {
      view: () => {
        // After the answer, so that what it is told finds something to tell it of.
        setImmediate(() => window.pageListens());
        return this.#view();
      },
      history: ({ connection }) => running.history(connection),
      ...ownerHandlers(actions, desks),
      importEnvFile: async () => {
        const file = await window.askForFile(ENV_DIALOG);
        return file === null ? NO_FILE : actions.importEnvFile(file);
      },
      // Whatever the page says: a page that was taken over must not have a token written where it likes.
      addEnvDelivery: async (request) => {
        const file = await window.askForFile(ENV_DIALOG);
        return file === null ? NO_FILE : desks.deliveries.addEnvFile({ ...request, file });
      },
      // Nor may it have a program run.
      setCommand: async (request) => {
        const detail = request.argv.map((argument) => JSON.stringify(argument)).join(' ');
        const yes = await window.confirm({ message: 'Run this program after each delivery of a new token?', detail: printable(detail), yes: 'Run it' });
        return yes ? desks.deliveries.setCommand(request) : { ...NO_FILE, message: 'The program was not set. Nothing was changed.' };
      },
      openLink: ({ url }) => openLink(url),
      showTrayIcon: () => {
        tray.recreate();
        return done('icon-shown', 'The icon was put into the tray again.');
      },
      setStartAtLogin: ({ enabled }) => this.setStartAtLogin(enabled),
      pauseNotifications: ({ until }) => this.pauseNotifications(until),
    };
  }

  #view(status = this.#parts.running.keeper.status()): WindowView {
    const { notifier, desks } = this.#parts;
    return {
      status,
      busy: this.actions.busy,
      gateway: desks.gateway.view(),
      deliveries: desks.deliveries.list(),
      app: {
        version: VERSION,
        surface: 'desktop',
        look: trayModel(status, this.#surroundings()).view.state,
        startsAtLogin: this.#startsAtLogin,
        notificationsPausedUntil: isoTime(this.pausedUntil()),
        notificationTrouble: notifier.trouble,
        canShowTrayIcon: this.#parts.platform === 'linux',
      },
    };
  }

  #show(): void {
    const { tray, window, running } = this.#parts;
    const status = running.keeper.status();
    tray.update(trayModel(status, this.#surroundings()));
    if (window.isOpen) window.tell('viewChanged', this.#view(status));
  }

  #surroundings(): Parameters<typeof trayModel>[1] {
    return { busy: this.actions.busy, pausedUntil: this.pausedUntil(), startsAtLogin: this.#startsAtLogin, platform: this.#parts.platform };
  }

  /** A full disk must not keep a click from working; it is asked again next time. */
  async #remember(saving: Promise<void>): Promise<void> {
    await saving.catch((error: unknown) => this.#parts.running.log.write('warn', 'preferences-not-saved', { message: error instanceof Error ? error.message : String(error) }));
  }
}

function nextMorning(now: number): number {
  const morning = new Date(now);
  morning.setDate(morning.getDate() + 1);
  return morning.setHours(MORNING, 0, 0, 0);
}

function done(code: string, message: string): Outcome {
  return { ok: true, code, message, connection: null, details: [] };
}
