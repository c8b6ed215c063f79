import { describe, expect, it } from 'vitest';
import { trayMenu, type TrayMenuActions, type TrayMenuModel } from '../../src-main/shell/tray-menu.ts';

function model(change: Partial<TrayMenuModel> = {}): TrayMenuModel {
  return { stateLine: 'Your WhatsApp token is fine', detailLine: null, connections: [{ id: 'c-1', label: 'Shop', busy: false }], pausedUntil: null, startsAtLogin: false, canShowAgain: false, ...change };
}

/** Actions that write down what was asked of them. */
function actions(): { readonly asked: unknown[][]; readonly actions: TrayMenuActions } {
  const asked: unknown[][] = [];
  const note = (what: string) => (...args: unknown[]): void => void asked.push([what, ...args]);
  return { asked, actions: { refresh: note('refresh'), open: note('open'), pause: note('pause'), setStartAtLogin: note('setStartAtLogin'), showIconAgain: note('showIconAgain'), quit: note('quit') } };
}

type Item = ReturnType<typeof trayMenu>[number];

function find(items: readonly Item[], id: string): Item {
  for (const item of items) {
    if (item.id === id) return item;
    const inside = Array.isArray(item.submenu) ? item.submenu : [];
    if (inside.some((one) => one.id === id)) return find(inside, id);
  }
  throw new Error(`There is no ${id} in the menu.`);
}

/** Clicks as Electron does, which ticks a line before it tells of the click. */
function click(items: readonly Item[], id: string): void {
  const item = find(items, id);
  (item.click as ((clicked: { readonly checked: boolean }) => void) | undefined)?.({ checked: item.checked !== true });
}

const ids = (items: readonly Item[]): readonly (string | undefined)[] => items.filter(({ type }) => type !== 'separator').map(({ id }) => id);

describe('the tray menu', () => {
  it('begins with the state in words, which cannot be clicked', () => {
    const items = trayMenu(model({ detailLine: 'The token is valid until 1 March.' }), actions().actions);
    expect(items.slice(0, 2)).toEqual([
      { id: 'state', label: 'Your WhatsApp token is fine', enabled: false },
      { id: 'detail', label: 'The token is valid until 1 March.', enabled: false },
    ]);
    expect(ids(items)).toEqual(['state', 'detail', 'refresh', 'open', 'pause', 'start-at-login', 'quit']);
  });

  it('does what its lines say', () => {
    const { asked, actions: wanted } = actions();
    const items = trayMenu(model({ canShowAgain: true }), wanted);
    for (const id of ['refresh', 'open', 'pause-hour', 'pause-tomorrow', 'start-at-login', 'show-icon-again', 'quit']) click(items, id);
    // What Electron hands over with a click is passed on by none of those that need nothing.
    expect(asked.map(([what, first]) => (typeof first === 'object' || first === undefined ? [what] : [what, first]))).toEqual([['refresh', 'c-1'], ['open'], ['pause', 'hour'], ['pause', 'tomorrow'], ['setStartAtLogin', true], ['showIconAgain'], ['quit']]);
  });

  it('offers each of several connections for a refresh, and none that is being refreshed', () => {
    const { asked, actions: wanted } = actions();
    const connections = [{ id: 'c-1', label: 'Shop & sons', busy: false }, { id: 'c-2', label: 'Branch', busy: true }];
    const items = trayMenu(model({ connections }), wanted);
    expect(find(items, 'refresh-c-1')).toMatchObject({ label: 'Shop && sons', enabled: true });
    expect(find(items, 'refresh-c-2')).toMatchObject({ label: 'Branch …', enabled: false });
    click(items, 'refresh-c-1');
    expect(asked).toEqual([['refresh', 'c-1']]);
  });

  it('has nothing to refresh before anything is connected', () => {
    expect(ids(trayMenu(model({ connections: [] }), actions().actions))).toEqual(['state', 'open', 'pause', 'start-at-login', 'quit']);
  });

  it('says until when notifications are paused, and shows them again', () => {
    const { asked, actions: wanted } = actions();
    const items = trayMenu(model({ pausedUntil: new Date(2030, 0, 2, 8, 0).getTime() }), wanted);
    expect(find(items, 'unpause').label).toBe('Show notifications again (paused until 2 January 2030 at 08:00)');
    click(items, 'unpause');
    expect(asked).toEqual([['pause', 'now']]);
  });

  it('leaves out what the system does not have, and shows whether it starts at login', () => {
    expect(ids(trayMenu(model({ startsAtLogin: null }), actions().actions))).not.toContain('start-at-login');
    const { asked, actions: wanted } = actions();
    const items = trayMenu(model({ startsAtLogin: true }), wanted);
    expect(find(items, 'start-at-login')).toMatchObject({ type: 'checkbox', checked: true });
    click(items, 'start-at-login');
    expect(asked).toEqual([['setStartAtLogin', false]]);
  });

  it('cuts a line that is too long for a menu', () => {
    const label = String(find(trayMenu(model({ detailLine: 'long '.repeat(40) }), actions().actions), 'detail').label);
    expect(label).toHaveLength(90);
    expect(label.endsWith(' …')).toBe(true);
  });
});
