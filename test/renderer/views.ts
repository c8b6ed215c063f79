import type { DeliveryView } from '../../src-main/contract/deliveries.ts';
import type { GatewayView, KeyView } from '../../src-main/contract/keys.ts';
import type { ConnectionView, StatusAnswer } from '../../src-main/contract/status.ts';
import type { AppView, HistoryEntry, WindowView } from '../../src-main/contract/window-view.ts';
import { connectionView, statusOf } from '../fakes/keeper.ts';

const SYSTEM_USERS = 'https://business.facebook.com/settings/system-users';

/** How to get a new token, with an address in it, in main's words. */
export const NEW_TOKEN = `Make a new token, best a System User token (${SYSTEM_USERS}), and paste it into Evertoken.`;

/** How the bots get the token, as a test wants it. */
export interface BotChange {
  readonly gateway?: Partial<GatewayView>;
  readonly deliveries?: readonly DeliveryView[];
}

/** A view of these connections, whose app is as the first of them. */
export function windowView(connections: readonly ConnectionView[], app: Partial<AppView> = {}, status: Partial<StatusAnswer> = {}, bot: BotChange = {}): WindowView {
  return {
    status: { ...statusOf(connections), ...status },
    busy: [],
    app: { version: '0.1.0', surface: 'desktop', look: connections[0]?.look ?? 'needs-set-up', startsAtLogin: true, notificationsPausedUntil: null, notificationTrouble: null, canShowTrayIcon: false, ...app },
    gateway: { ...GATEWAY_OFF, ...bot.gateway },
    deliveries: bot.deliveries ?? [],
  };
}

const GATEWAY_OFF: GatewayView = { enabled: false, canChange: true, port: 28_743, address: null, trouble: null, keys: [] };

/** A gateway that listens. */
export const LISTENING: Partial<GatewayView> = { enabled: true, address: 'http://127.0.0.1:28743' };

/** A key in use, with what a test wants otherwise. */
export function keyView(change: Partial<KeyView> = {}): KeyView {
  return { id: 'k-bot', name: 'Order bot', rights: ['graph'], connections: null, createdAt: '2029-12-01T09:00:00.000Z', lastUsedAt: '2030-01-01T11:58:00.000Z', calls: 1_204, renewals: 1, errors: 2, ...change };
}

/** A file that holds the newest token, with what a test wants otherwise. */
export function deliveryView(change: Partial<DeliveryView> = {}): DeliveryView {
  return {
    id: 'd-env',
    connection: 'c-main',
    kind: 'env-file',
    target: '/home/ada/order-bot/.env',
    variable: 'WHATSAPP_ACCESS_TOKEN',
    keepBackup: false,
    standing: 'done',
    text: null,
    code: null,
    lastDone: '2030-01-01T09:04:00.000Z',
    fingerprint: '…abcd 12ab34cd',
    nextTry: null,
    ...change,
  };
}

/** A delivery in each standing, and those that have a cure of their own, in words such as main finds for them. */
export const EACH_STANDING = {
  done: deliveryView(),
  pending: deliveryView({ id: 'd-pending', target: '/home/ada/second-bot/.env', standing: 'pending', lastDone: null, fingerprint: null, nextTry: '2030-01-01T12:00:30.000Z' }),
  failed: deliveryView({ id: 'd-failed', target: '/srv/shared/bot.env', standing: 'failed', code: 'read-only', text: 'The file /srv/shared/bot.env cannot be written: it is read-only. Make it writable; Evertoken tries again by itself.', fingerprint: '…9f3e 77aa10bc', lastDone: '2029-12-03T08:00:00.000Z', nextTry: '2030-01-01T12:10:00.000Z' }),
  changed: deliveryView({ id: 'd-changed', target: '/home/ada/old-bot/.env', variable: 'WA_TOKEN', keepBackup: true, standing: 'needs-owner', code: 'changed-by-hand', text: 'Somebody changed WA_TOKEN in /home/ada/old-bot/.env by hand, and that token does not work with this number. Evertoken did not touch it.', fingerprint: '…9f3e 77aa10bc', lastDone: '2029-12-03T08:00:00.000Z' }),
  command: deliveryView({ id: 'd-command', kind: 'command', target: 'systemctl --user restart order-bot', variable: null }),
} as const satisfies Record<string, DeliveryView>;

/** A connection for each look, in words such as main finds for it. */
export const EACH_LOOK = {
  healthy: connectionView({ reasonCodes: ['healthy'], reasons: ['The token is valid until 1 March 2030 at 13:00. Evertoken renews it by itself around 31 January 2030 at 13:00.'], dataAccessExpiresAt: '2030-04-01T12:00:00.000Z', scopes: ['whatsapp_business_messaging', 'whatsapp_business_management'] }),
  soon: connectionView({
    id: 'c-soon',
    label: 'Market stall',
    health: 'soon',
    look: 'soon',
    reasonCodes: ['expiry-near', 'no-app-credentials'],
    cure: 'give-app',
    reasons: ['The token ends in 9 days, on 10 January 2030 at 13:00.', 'Evertoken does not know the app secret, so it cannot renew this token.'],
    advice: 'Give Evertoken the app id and app secret (https://developers.facebook.com/apps → your app → App settings → Basic), and it renews the token by itself.',
    expiresAt: '2030-01-10T12:00:00.000Z',
    lifeLeft: 0.15,
    nextRenewal: null,
  }),
  urgent: connectionView({
    id: 'c-urgent',
    label: 'Bakery',
    health: 'urgent',
    look: 'urgent',
    reasonCodes: ['expiry-near', 'cannot-extend'],
    cure: 'replace-token',
    reasons: ['The token ends in 5 hours, on 1 January 2030 at 18:00.', 'This token cannot be extended: asked for a new one, Meta gives no longer life.'],
    advice: NEW_TOKEN,
    expiresAt: '2030-01-01T17:30:00.000Z',
    lifeLeft: 0.04,
    nextRenewal: null,
  }),
  broken: connectionView({
    id: 'c-broken',
    label: 'Flower shop',
    health: 'expired',
    look: 'broken',
    reasonCodes: ['expired'],
    cure: 'replace-token',
    reasons: ['The token expired on 30 December 2029 at 09:12. An expired token cannot be renewed.'],
    advice: NEW_TOKEN,
    expiresAt: '2029-12-30T08:12:00.000Z',
    lifeLeft: 0,
    nextRenewal: null,
  }),
  unreachable: connectionView({
    id: 'c-unreachable',
    label: 'Taxi line',
    health: 'unreachable',
    look: 'unreachable',
    reasonCodes: ['unreachable'],
    reasons: ['Meta has not answered since 30 December 2029 at 10:00. The name graph.facebook.com was not found.'],
    advice: 'Check the internet connection. Evertoken keeps trying.',
    lifeLeft: 0.6,
  }),
  'keychain-locked': connectionView({
    id: 'c-locked',
    label: 'Repair shop',
    health: 'unknown',
    look: 'keychain-locked',
    reasonCodes: ['keychain-locked'],
    cure: 'unlock',
    reasons: ['The keychain is locked, so Evertoken cannot read the token.'],
    advice: 'Unlock your keychain (log in to your desktop); Evertoken then goes on by itself. Nothing is lost.',
  }),
  checking: connectionView({ id: 'c-checking', label: 'New number', health: 'unknown', look: 'checking', reasonCodes: ['not-checked'], reasons: ['The token has not been checked with Meta yet.'], advice: 'Wait a moment, or check it now.', kind: 'unknown', expiresAt: null, lastCheck: null, lifeLeft: null }),
  'needs-set-up': connectionView({ id: 'c-empty', label: 'Second till', health: 'unknown', look: 'needs-set-up', reasonCodes: ['no-token'], reasons: ['There is no token yet.'], advice: 'Paste a token.', kind: 'unknown', expiresAt: null, fingerprint: null, lifeLeft: null, number: null }),
} as const satisfies Record<ConnectionView['look'], ConnectionView>;

/** A healthy connection whose number is not known, with numbers to choose from. */
export const OFFERING = connectionView({
  reasonCodes: ['healthy', 'number-not-checked'],
  reasons: ['The token is valid until 1 March 2030 at 13:00.', 'No phone number is known for this connection, so it was not checked that the token reaches it.'],
  advice: 'Choose one of the numbers that were found: +1 555 0100 (id 2001), +1 555 0111 (id 2002).',
  number: null,
  phoneNumberId: null,
  offeredNumbers: [
    { id: '2001', display: '+1 555 0100', wabaId: '3001' },
    { id: '2002', display: '+1 555 0111', wabaId: '3001' },
  ],
});

/** Many healthy connections, one of them broken, in no order. */
export function crowd(size: number): readonly ConnectionView[] {
  return Array.from({ length: size }, (_, index) => {
    const change = { id: `c-${index}`, label: `Shop ${index}`, number: `+1 555 ${String(index).padStart(4, '0')}`, phoneNumberId: `7${String(index).padStart(5, '0')}` };
    return { ...(index === size - 3 ? EACH_LOOK.broken : EACH_LOOK.healthy), ...change };
  });
}

/** Events of two days. */
export const EVENTS: readonly HistoryEntry[] = [
  { at: '2030-01-01T11:30:00.000Z', connection: 'c-main', tone: 'good', text: 'The token was renewed. It is valid until 1 March 2030 at 13:00.' },
  { at: '2030-01-01T09:05:00.000Z', connection: 'c-broken', tone: 'bad', text: `The token expired. ${NEW_TOKEN}` },
  { at: '2029-12-31T20:00:00.000Z', connection: null, tone: 'plain', text: 'Evertoken was started.' },
];
