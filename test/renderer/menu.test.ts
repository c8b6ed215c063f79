import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { outcome } from '../fakes/keeper.ts';
import { useWindows } from './use-windows.ts';
import { EACH_LOOK, windowView } from './views.ts';

const open = useWindows();

async function openMenu(page: Page): Promise<readonly string[]> {
  await page.getByRole('button', { name: 'Menu' }).click();
  return (await page.getByRole('menu').innerText()).split('\n').filter((line) => line.trim() !== '');
}

describe('the menu', () => {
  it('holds everything about the app', async () => {
    const { page } = await open({ view: windowView([EACH_LOOK.healthy]) });
    expect(await openMenu(page)).toEqual(['Add a connection…', 'Start at login', 'Pause notifications', 'For 1 hour', 'Until tomorrow', 'Evertoken 0.1.0']);
    expect(await page.getByRole('menuitemcheckbox', { name: 'Start at login' }).getAttribute('aria-checked')).toBe('true');
  });

  it('offers no start at login where there is none, and no second way to the first connection', async () => {
    const { page } = await open({ view: windowView([], { startsAtLogin: null }) });
    expect(await openMenu(page)).toEqual(['Pause notifications', 'For 1 hour', 'Until tomorrow', 'Evertoken 0.1.0']);
  });

  it('offers in a browser nothing that only a desktop has', async () => {
    const browser = { surface: 'browser', startsAtLogin: true, canShowTrayIcon: true } as const;
    const { page } = await open({ view: windowView([EACH_LOOK.healthy], browser) });
    expect(await openMenu(page)).toEqual(['Add a connection…', 'Evertoken 0.1.0']);
    // With nothing to choose there is no menu.
    const empty = await open({ view: windowView([], browser) });
    await empty.page.getByText('Evertoken 0.1.0').waitFor();
    expect(await empty.page.getByRole('button', { name: 'Menu' }).count()).toBe(0);
  });

  it('switches the start at login', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.healthy], { startsAtLogin: false }) });
    bridge.answers.setStartAtLogin = () => outcome({ ok: false, code: 'refused', connection: null, message: 'The system does not let Evertoken start at login.' });
    await openMenu(page);
    await page.getByRole('menuitemcheckbox', { name: 'Start at login' }).click();
    await page.getByText('The system does not let Evertoken start at login.').waitFor();
    expect(bridge.asked('setStartAtLogin')).toEqual([{ enabled: true }]);
  });

  it.each([
    ['For 1 hour', 'hour'],
    ['Until tomorrow', 'tomorrow'],
  ] as const)('pauses notifications: %s', async (words, until) => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.healthy]) });
    await openMenu(page);
    await page.getByRole('menuitem', { name: words }).click();
    await page.getByText('Notifications are paused.').waitFor();
    expect(bridge.asked('pauseNotifications')).toEqual([{ until }]);
  });

  it.each([
    ['2030-01-01T13:00:00.000Z', 'Notifications paused until 14:00'],
    ['2030-01-02T07:00:00.000Z', 'Notifications paused until Wednesday 08:00'],
  ])('says until when they are paused, and shows them again', async (notificationsPausedUntil, words) => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.healthy], { notificationsPausedUntil }) });
    expect(await openMenu(page)).toContain(words);
    await page.getByRole('menuitem', { name: 'Show them again' }).click();
    await page.getByText('Notifications are paused.').waitFor();
    expect(bridge.asked('pauseNotifications')).toEqual([{ until: 'now' }]);
  });

  it('puts the tray icon back where panels may lose it, and offers it nowhere else', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.healthy], { canShowTrayIcon: true }) });
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitem', { name: 'Show the tray icon again' }).click();
    await page.getByText('The icon was put into the tray again.').waitFor();
    expect(bridge.asked('showTrayIcon')).toEqual([{}]);
    const elsewhere = await open({ view: windowView([EACH_LOOK.healthy]) });
    await elsewhere.page.getByRole('button', { name: 'Menu' }).click();
    await elsewhere.page.getByRole('menu').waitFor();
    expect(await elsewhere.page.getByRole('menuitem', { name: 'Show the tray icon again' }).count()).toBe(0);
  });
});
