import type { TrayState } from '../core/tray/tray.ts';
import type { DeliveryView } from './deliveries.ts';
import type { GatewayView } from './keys.ts';
import type { StatusAnswer } from './status.ts';

/** Everything the window shows of how things are. Nothing here is a secret. */
export interface WindowView {
  readonly status: StatusAnswer;
  /** Ids of the connections on which something that the owner asked for is under way, wherever it was asked for. */
  readonly busy: readonly string[];
  readonly app: AppView;
  readonly gateway: GatewayView;
  readonly deliveries: readonly DeliveryView[];
}

/** The app itself, beside the connections. */
export interface AppView {
  readonly version: string;
  /** Where the window is: the app's own, or a page in a browser, which has no dialogs, tray or notifications of the system's. */
  readonly surface: 'desktop' | 'browser';
  /** The look of the tray icon now: that of the worst connection. */
  readonly look: TrayState;
  /** Whether Evertoken starts when the owner logs in; null where this system or this run offers no such thing. */
  readonly startsAtLogin: boolean | null;
  /** ISO 8601; null while notifications are shown. */
  readonly notificationsPausedUntil: string | null;
  /** Why the last notification could not be shown, in a sentence; null while they work. The window's banner stands in for them. */
  readonly notificationTrouble: string | null;
  /** Linux panels that come up after the app may not show its icon, which can then be put there again. */
  readonly canShowTrayIcon: boolean;
}

/** One thing that happened, newest first in a list. `at` is ISO 8601. */
export interface HistoryEntry {
  readonly at: string;
  /** Id of the connection; null where it concerns the app as a whole. */
  readonly connection: string | null;
  readonly tone: 'good' | 'plain' | 'bad';
  /** A sentence for the owner. */
  readonly text: string;
}

/** Which connection a window is to bring into view. */
export interface ShowRequest {
  /** Null: no particular one. */
  readonly connection: string | null;
}
