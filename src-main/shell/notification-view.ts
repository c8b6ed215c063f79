import type { AlertView } from '../contract/status.ts';
import type { ConcernCode } from '../core/alerts/alert.ts';

/** What a notification needs to know of an alert, stored or as it is shown. */
export type Tellable = Pick<AlertView, 'id' | 'code' | 'severity' | 'text' | 'rung'>;

/** What the owner can do right in a notification. */
export type NotificationDeed = 'refresh';

/** A notification as it is shown. */
export interface NotificationView {
  readonly title: string;
  readonly body: string;
  readonly urgent: boolean;
  /** The button's deed and its words, or null where only the window can help. */
  readonly button: { readonly deed: NotificationDeed; readonly text: string } | null;
}

/** How an alert looks as a notification. */
export function notificationView(alert: Tellable): NotificationView {
  return {
    title: titleOf(alert),
    body: alert.text,
    urgent: alert.severity === 'urgent',
    button: isCuredByRenewal(alert) ? { deed: 'refresh', text: 'Refresh now' } : null,
  };
}

/** What surrounds the token: the bot may go on for a while with what it has. */
const AROUND: ReadonlySet<string> = new Set<ConcernCode>(['delivery-failed', 'changed-by-hand', 'command-failed', 'gateway-trouble']);

function titleOf({ severity, rung, code }: Tellable): string {
  if (AROUND.has(code)) return 'Evertoken needs you';
  if (rung === 'ended' || code === 'revoked' || code === 'access-lost' || code === 'secret-lost') return 'Your WhatsApp bot cannot send';
  return severity === 'urgent' ? 'Your WhatsApp bot needs you now' : 'Your WhatsApp bot will need you';
}

/** An expired token cannot be renewed, and neither can what only Meta's pages cure. */
function isCuredByRenewal({ code, rung }: Tellable): boolean {
  switch (code) {
    case 'expiry':
      return rung !== 'ended';
    case 'renewal-failing':
    case 'renewal-worse':
    case 'keychain-locked':
    case 'kept-in-memory':
      return true;
    default:
      return false;
  }
}

/** The connection that an alert is about, or null where it is about the app. */
export function connectionOf(alertId: string): string | null {
  const owner = /^([^/]+)\//.exec(alertId)?.[1];
  return owner === undefined || owner === 'app' ? null : owner;
}
