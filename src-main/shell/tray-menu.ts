import type { MenuItemConstructorOptions } from 'electron';
import { dateWords } from '../core/words/dates.ts';

/** What the tray's menu is made of. */
export interface TrayMenuModel {
  /** The state in words. */
  readonly stateLine: string;
  /** What is behind it, where one connection needs saying something about; null where there is nothing to add. */
  readonly detailLine: string | null;
  readonly connections: readonly { readonly id: string; readonly label: string; readonly busy: boolean }[];
  /** ms since 1970; null while notifications are shown. */
  readonly pausedUntil: number | null;
  /** Null where this system has no such thing. */
  readonly startsAtLogin: boolean | null;
  /** Linux panels that come up after the app may not show its icon. */
  readonly canShowAgain: boolean;
}

/** What the menu's lines do. */
export interface TrayMenuActions {
  readonly refresh: (connection: string) => void;
  readonly open: () => void;
  readonly pause: (until: 'hour' | 'tomorrow' | 'now') => void;
  readonly setStartAtLogin: (enabled: boolean) => void;
  readonly showIconAgain: () => void;
  readonly quit: () => void;
}

/** The longest line of a menu, in characters; the window has room for more. */
const LONGEST_LINE = 90;

/** The tray's menu. Everything that the app can do from the tray is here, since clicks on the icon are not delivered everywhere. */
export function trayMenu(model: TrayMenuModel, actions: TrayMenuActions): MenuItemConstructorOptions[] {
  return [
    { id: 'state', label: model.stateLine, enabled: false },
    ...(model.detailLine === null ? [] : [{ id: 'detail', label: cut(model.detailLine), enabled: false }]),
    { type: 'separator' },
    ...refreshItems(model, actions),
    { id: 'open', label: 'Open Evertoken', click: actions.open },
    { type: 'separator' },
    pauseItem(model, actions),
    ...(model.startsAtLogin === null
      ? []
      : [{
          id: 'start-at-login',
          label: 'Start at login',
          type: 'checkbox' as const,
          checked: model.startsAtLogin,
          // What the click has made of it: a second click may come before the menu is set anew.
          click: ({ checked }: { readonly checked: boolean }) => actions.setStartAtLogin(checked),
        }]),
    ...(model.canShowAgain ? [{ id: 'show-icon-again', label: 'Show this icon again', click: actions.showIconAgain }] : []),
    { type: 'separator' },
    { id: 'quit', label: 'Quit Evertoken', click: actions.quit },
  ];
}

function refreshItems({ connections }: TrayMenuModel, { refresh }: TrayMenuActions): MenuItemConstructorOptions[] {
  const [only, ...others] = connections;
  if (only === undefined) return [];
  const item = ({ id, busy }: TrayMenuModel['connections'][number], name: string, label: string): MenuItemConstructorOptions => ({ id: name, label: busy ? `${label} …` : label, enabled: !busy, click: () => refresh(id) });
  if (others.length === 0) return [item(only, 'refresh', only.busy ? 'Refreshing' : 'Refresh now')];
  return [{ id: 'refresh', label: 'Refresh now', submenu: connections.map((connection) => item(connection, `refresh-${connection.id}`, cut(connection.label))) }];
}

function pauseItem({ pausedUntil }: TrayMenuModel, { pause }: TrayMenuActions): MenuItemConstructorOptions {
  if (pausedUntil !== null) return { id: 'unpause', label: `Show notifications again (paused until ${dateWords(pausedUntil)})`, click: () => pause('now') };
  return {
    id: 'pause',
    label: 'Pause notifications',
    submenu: [
      { id: 'pause-hour', label: 'For an hour', click: () => pause('hour') },
      { id: 'pause-tomorrow', label: 'Until tomorrow morning', click: () => pause('tomorrow') },
    ],
  };
}

function cut(text: string): string {
  // An ampersand would underline the letter after it.
  const plain = text.replaceAll('&', '&&');
  return plain.length <= LONGEST_LINE ? plain : `${plain.slice(0, LONGEST_LINE - 2)} …`;
}
