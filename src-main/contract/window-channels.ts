/** What the window may ask of main. Each has its request's schema and its answer's type in `window-table.ts`. */
export const CHANNELS = [
  'view',
  'history',
  'connect',
  'importEnvFile',
  'refresh',
  'check',
  'replace',
  'confirmReplace',
  'forgetReplace',
  'chooseNumber',
  'remove',
  'acknowledge',
  'openLink',
  'showTrayIcon',
  'setStartAtLogin',
  'pauseNotifications',
  'setGateway',
  'createKey',
  'revokeKey',
  'addEnvDelivery',
  'setCommand',
  'removeDelivery',
  'deliver',
] as const;

/** The name of a question. */
export type Channel = (typeof CHANNELS)[number];

/** What main tells the window unasked. Each has its payload's type in `WindowEvents`. */
export const EVENTS = ['viewChanged', 'show'] as const;

/** The name of something told. */
export type EventName = (typeof EVENTS)[number];

/** The name under which a window finds its bridge. */
export const BRIDGE = 'evertoken';

/** How a question or a telling is called between the processes. */
export function ipcName(name: Channel | EventName): string {
  return `evertoken:${name}`;
}
