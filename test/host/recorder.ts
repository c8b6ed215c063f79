import { createDesktopRecord, type DesktopRecord } from './recorder/desktop-record.ts';
import { createIpcRecord, type IpcRecord } from './recorder/ipc-record.ts';
import { createNotificationRecord, type NotificationRecord } from './recorder/notification-record.ts';
import type { RecordedElectron } from './recorder/recorded-electron.ts';
import { createSessionRecord, type SessionRecord } from './recorder/session-record.ts';
import { createTrayRecord, type TrayRecord } from './recorder/tray-record.ts';
import { createWindowRecord, type WindowRecord } from './recorder/window-record.ts';

export type { RecordedElectron } from './recorder/recorded-electron.ts';

/** The functions by which a test looks at the desktop and pokes it. Everything in and out is JSON. */
export type Recorder = TrayRecord & NotificationRecord & IpcRecord & SessionRecord & WindowRecord & DesktopRecord;

/**
 * Watches what the app does with Electron, the real one or the stand-in, and puts the functions of `Recorder` on
 * `globalThis.__desktopRecorder`. Call it before the app's own code runs.
 */
export function recordDesktop(electron: RecordedElectron, { isStandIn = false } = {}): void {
  const recorder: Recorder = {
    ...createTrayRecord(electron),
    ...createNotificationRecord(electron),
    ...createIpcRecord(electron),
    ...createSessionRecord(electron, isStandIn),
    ...createWindowRecord(electron),
    ...createDesktopRecord(electron, isStandIn),
  };
  Object.assign(globalThis, { __desktopRecorder: recorder });
}
