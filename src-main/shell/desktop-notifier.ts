import { createHash } from 'node:crypto';
import { Notification } from 'electron';
import type { AlertRecord } from '../core/alerts/alert.ts';
import type { AlertView } from '../contract/status.ts';
import type { Clock, Log, Notifier } from '../core/ports.ts';
import { DAY, SECOND } from '../core/time.ts';
import { connectionOf, type NotificationDeed, notificationView, type Tellable } from './notification-view.ts';

/** A notification that does not say within this time that it shows, ms, does not show. */
const SHOWS_WITHIN = 5 * SECOND;

/** What to do where notifications do not show, for the window's banner, which says that they do not. */
export const NO_NOTIFICATIONS = 'Allow them in the settings of your system.';

/** What the notifier does with what the owner does. */
export interface NotifierOptions {
  /** A click on the body. */
  readonly onOpen: (connection: string | null) => void;
  /** The button. */
  readonly onDeed: (deed: NotificationDeed, connection: string) => void;
  /** Whether notifications show has changed. */
  readonly onTrouble: () => void;
  /** ms since 1970 until which nothing is to be shown, or null. */
  readonly pausedUntil: () => number | null;
  readonly platform: NodeJS.Platform;
}

/** What the notifier can ask once the keeper runs. */
export interface NotifierSource {
  readonly clock: Clock;
  readonly log: Log;
  /** The alerts of connections that stand now and were not acknowledged. */
  readonly standing: () => readonly AlertView[];
  /** ms since 1970; what was told since then was held back by an earlier run, null where nothing was. */
  readonly heldSince: number | null;
}

/**
 * Shows alerts as notifications of the system. The alert itself is stored, and stands in tray and window whatever happens
 * here: the last notification that failed is owned up to there.
 */
export class DesktopNotifier implements Notifier {
  readonly #options: NotifierOptions;
  #source: NotifierSource | null = null;
  // Electron forgets a notification, and with it what its button does, when nobody holds it.
  readonly #open = new Map<string, Notification>();
  readonly #shownAt = new Map<string, number>();
  readonly #held = new Map<string, Tellable>();
  #trouble: string | null = null;

  constructor(options: NotifierOptions) {
    this.#options = options;
    // A click on one of an earlier run, which nobody here holds.
    if (options.platform === 'win32') Notification.handleActivation(() => options.onOpen(null));
  }

  /** Tells the notifier of the keeper that it serves. What was told before, in this run or in a pause of an earlier one, waits for this. */
  attach(source: NotifierSource): void {
    this.#source = source;
    const { heldSince } = source;
    if (heldSince !== null) for (const alert of source.standing()) if (Date.parse(alert.toldAt) >= heldSince) this.#held.set(alert.id, alert);
    this.release();
  }

  /** Why the last notification could not be shown; null while they show. */
  get trouble(): string | null {
    return this.#trouble;
  }

  tell(alert: AlertRecord): void {
    // Of the app's own only what keeps bots from their tokens interrupts an owner: that there is no keychain is said in the window.
    if (connectionOf(alert.id) === null && alert.severity !== 'urgent') return;
    if (this.#source === null || this.#isPaused(this.#source)) this.#held.set(alert.id, alert);
    else this.#show(alert, this.#source);
  }

  withdraw(alertId: string): void {
    this.#held.delete(alertId);
    this.#shownAt.delete(alertId);
    this.#open.get(alertId)?.close();
    this.#open.delete(alertId);
    // One of an earlier run, which nobody here holds; only macOS lets go of it by its id.
    if (this.#options.platform === 'darwin') Notification.remove(idOf(alertId));
  }

  /** Shows what was held back, where it is not to be held back any longer. */
  release(): void {
    const source = this.#source;
    if (source === null || this.#isPaused(source)) return;
    const held = [...this.#held.values()];
    this.#held.clear();
    for (const alert of held) this.#show(alert, source);
  }

  /** The owner is back: urgent alerts that nobody has acknowledged are shown again, each at most once a day. */
  repeatUrgent(): void {
    const source = this.#source;
    if (source === null || this.#isPaused(source)) return;
    const now = source.clock.now();
    for (const alert of source.standing()) {
      if (alert.severity === 'urgent' && now - Math.max(Date.parse(alert.toldAt), this.#shownAt.get(alert.id) ?? 0) >= DAY) this.#show(alert, source);
    }
  }

  /** Says something once that is no alert, such as how a refresh from the tray went. */
  say(title: string, body: string): void {
    const key = `said/${title}`;
    this.#present(key, new Notification({ title, body, silent: true }), null);
  }

  #isPaused({ clock }: NotifierSource): boolean {
    const until = this.#options.pausedUntil();
    return until !== null && clock.now() < until;
  }

  #show(alert: Tellable, { clock }: NotifierSource): void {
    const { title, body, urgent, button } = notificationView(alert);
    const notification = new Notification({
      id: idOf(alert.id),
      title,
      body,
      urgency: urgent ? 'critical' : 'normal',
      timeoutType: urgent ? 'never' : 'default',
      actions: button === null ? [] : [{ type: 'button', text: button.text }],
    });
    const connection = connectionOf(alert.id);
    if (button !== null && connection !== null) notification.on('action', () => this.#options.onDeed(button.deed, connection));
    this.#shownAt.set(alert.id, clock.now());
    this.#present(alert.id, notification, connection);
  }

  #present(key: string, notification: Notification, connection: string | null): void {
    this.#open.get(key)?.close();
    this.#open.set(key, notification);
    const timer = setTimeout(() => this.#failed('nothing was heard of it'), SHOWS_WITHIN);
    timer.unref();
    notification.on('show', () => {
      clearTimeout(timer);
      this.#setTrouble(null);
    });
    notification.on('failed', (_event, why) => {
      clearTimeout(timer);
      this.#failed(why);
    });
    notification.on('click', () => this.#options.onOpen(connection));
    // Kept when it closes: one that slid into the system's list can still be clicked there.
    notification.on('close', () => clearTimeout(timer));
    notification.show();
  }

  #failed(why: string): void {
    this.#source?.log.write('warn', 'notification-failed', { why });
    this.#setTrouble(NO_NOTIFICATIONS);
  }

  #setTrouble(trouble: string | null): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#options.onTrouble();
  }
}

/** The same alert replaces itself on Windows, which takes 64 characters, and on macOS, also after a restart. */
function idOf(alertId: string): string {
  return createHash('sha256').update(alertId).digest('hex').slice(0, 32);
}
