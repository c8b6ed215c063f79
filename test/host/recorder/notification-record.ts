import type { RecordedElectron } from './recorded-electron.ts';
import { wrapMethod } from './wrap.ts';

/** A notification that the app has asked for. */
export interface NotificationView {
  readonly index: number;
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly actions: readonly string[];
  readonly urgency: string;
  readonly silent: boolean;
  readonly state: 'asked' | 'shown' | 'closed' | 'failed';
}

interface Entry {
  readonly notification: Electron.Notification;
  state: NotificationView['state'];
}

/** Looking at notifications and acting as the owner. */
export interface NotificationRecord {
  notifications(): readonly NotificationView[];
  clickNotification(index: number): void;
  /** Presses the button with that number. */
  actNotification(index: number, actionIndex: number): void;
  /** From now on showing fails for this reason; null ends it. */
  failNextNotifications(reason: string | null): void;
  closeNotification(index: number): void;
}

/** Watches notifications, in the order in which they were first shown. */
export function createNotificationRecord({ Notification }: RecordedElectron): NotificationRecord {
  const entries: Entry[] = [];
  let failure: string | null = null;

  wrapMethod(Notification.prototype, 'show', (original) => function show(this: Electron.Notification) {
    let entry = entries.find(({ notification }) => notification === this);
    if (entry === undefined) {
      const made: Entry = { notification: this, state: 'asked' };
      entries.push(made);
      entry = made;
      this.on('show', () => (made.state = 'shown'));
      this.on('close', () => (made.state = 'closed'));
      this.on('failed', () => (made.state = 'failed'));
    }
    entry.state = 'asked';
    const reason = failure;
    if (reason === null) original.call(this);
    else setImmediate(() => this.emit('failed', {}, reason));
  });

  const at = (index: number): Electron.Notification => {
    const entry = entries[index];
    if (entry === undefined) throw new Error(`There is no notification ${index}; there are ${entries.length}.`);
    return entry.notification;
  };

  return {
    notifications: (): readonly NotificationView[] =>
      entries.map(({ notification, state }, index) => ({
        index,
        id: notification.id,
        title: notification.title,
        body: notification.body,
        actions: (notification.actions ?? []).map(({ text }) => text ?? ''),
        urgency: notification.urgency,
        silent: notification.silent,
        state,
      })),
    clickNotification: (index: number): void => void at(index).emit('click', { preventDefault: () => undefined, defaultPrevented: false }),
    // Electron 45 puts the index into the event and, for older listeners, behind it.
    actNotification: (index: number, actionIndex: number): void =>
      void at(index).emit('action', { preventDefault: () => undefined, defaultPrevented: false, actionIndex, selectionIndex: -1 }, actionIndex, -1),
    failNextNotifications: (reason: string | null): void => {
      failure = reason;
    },
    closeNotification: (index: number): void => {
      const notification = at(index);
      // Real Electron tells of the owner's closing only: closing it from here is as near as a program comes.
      notification.close();
    },
  };
}
