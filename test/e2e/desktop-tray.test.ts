import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { type Desktop, until } from '../host/desktop.ts';
import { chromiumHere, keyringHere } from '../requirements.ts';
import { connectRobot, type DesktopTrial, openDesktopTrial, openWindows, trayBecomes, wordsFor } from './desktop-house.ts';

describe.runIf(keyringHere() && chromiumHere())('the tray icon', () => {
  let trial: DesktopTrial;
  let desktop: Desktop;
  let config = '';
  beforeEach(async () => {
    trial = await openDesktopTrial({ seed: 71 });
    config = mkdtempSync(join(tmpdir(), 'evertoken-config-'));
    desktop = await trial.start([], { env: { XDG_CONFIG_HOME: config } });
    await connectRobot(trial, desktop);
    await trayBecomes(desktop, wordsFor('healthy'));
  });
  afterEach(() => trial.end());

  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500));

  it('is one, sets nothing twice, and its menu anew with each change', async () => {
    await settled();
    const before = (await desktop.tray()).calls;
    // A burst of looks at everything changes nothing that shows.
    for (let turn = 0; turn < 6; turn += 1) await desktop.emitPower('unlock-screen');
    await settled();
    const quiet = await desktop.tray();
    expect([quiet.made, quiet.alive, quiet.calls]).toEqual([1, 1, before]);

    trial.meta.faults.set({ kind: 'server-error', status: 503, on: 'exchange' });
    trial.house.advance(50 * DAY);
    await trayBecomes(desktop, wordsFor('soon', 2));
    await settled();
    const changed = (await desktop.tray()).calls;
    expect([changed.setImage - before.setImage, changed.setToolTip - before.setToolTip]).toEqual([1, 1]);
    expect(changed.setContextMenu).toBeGreaterThan(before.setContextMenu);
    // At most one more for the words below the state, which may come a moment later than the icon.
    expect(changed.setContextMenu - before.setContextMenu).toBeLessThanOrEqual(3);
  });

  it('is made again after a sleep, when the owner asks or starts the app again, with all that it showed', async () => {
    await desktop.emitPower('resume');
    await until('made again', async () => (await desktop.tray()).made === 2);
    expect((await desktop.tray()).alive).toBe(1);
    await trayBecomes(desktop, wordsFor('healthy'));
    await desktop.clickMenu('show-icon-again');
    await until('made again', async () => (await desktop.tray()).made === 3);
    const page = await desktop.page();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitem', { name: 'Show the tray icon again' }).click();
    await until('made again', async () => (await desktop.tray()).made === 4);
    const second = await trial.start(['--hidden']);
    expect(await second.exited).toBe(0);
    expect(second.stdout()).toContain('Evertoken is running already; its window opens.');
    await until('made again', async () => (await desktop.tray()).made === 5);
    expect((await desktop.tray()).alive).toBe(1);
    await trayBecomes(desktop, wordsFor('healthy'));
  });

  it('is made again some seconds after a start at login, when the panel that was late has come', async () => {
    await desktop.quit();
    desktop = await trial.start(['--hidden']);
    await trayBecomes(desktop, wordsFor('healthy'));
    expect((await desktop.tray()).made).toBe(1);
    await until('made again', async () => (await desktop.tray()).made === 2, 20_000);
    expect((await desktop.tray()).alive).toBe(1);
    await trayBecomes(desktop, wordsFor('healthy'));
  });

  it('refreshes from its menu and says how that went', async () => {
    trial.house.advance(31 * DAY - HOUR);
    const exchanges = trial.meta.journal.count({ endpoint: 'exchange' });
    await desktop.closeWindow();
    await desktop.clickMenu('refresh');
    await until('said', async () => (await desktop.notifications()).some(({ title }) => title === 'Evertoken refreshed the token'));
    expect(trial.meta.journal.count({ endpoint: 'exchange' })).toBeGreaterThan(exchanges);
  });

  it('opens the window by click and by menu, explains once that closing leaves it running, and quits', async () => {
    await desktop.closeWindow();
    await until('closed', async () => (await openWindows(desktop)).length === 0);
    const explained = async (): Promise<number> => (await desktop.notifications()).filter(({ title }) => title === 'Evertoken keeps running').length;
    expect(await explained()).toBe(1);
    await desktop.clickTray();
    await (await desktop.page()).getByRole('article').waitFor();
    await desktop.closeWindow();
    await desktop.clickMenu('open');
    await (await desktop.page()).getByRole('article').waitFor();
    expect(await openWindows(desktop)).toHaveLength(1);
    expect(await explained()).toBe(1);
    await desktop.clickMenu('quit');
    expect(await desktop.exited).toBe(0);
  });

  it('pauses notifications: what is told meanwhile shows afterwards, once', async () => {
    await desktop.clickMenu('pause-hour');
    await until('paused', async () => (await desktop.tray()).menu.some(({ id }) => id === 'unpause'));
    trial.meta.world.removeApp(SHOP.robotId, SHOP.appId);
    await desktop.emitPower('unlock-screen');
    await trayBecomes(desktop, wordsFor('broken'));
    await settled();
    expect(await desktop.notifications()).toEqual([]);
    await desktop.clickMenu('unpause');
    await until('shown', async () => (await desktop.notifications()).length > 0);
    await desktop.emitPower('unlock-screen');
    await settled();
    expect((await desktop.notifications()).map(({ title }) => title)).toEqual(['Your WhatsApp bot cannot send']);
  });

  it('shows what was told in a pause when that ends by itself, also when the app was not running then', async () => {
    await desktop.clickMenu('pause-hour');
    await until('paused', async () => (await desktop.tray()).menu.some(({ id }) => id === 'unpause'));
    trial.meta.world.removeApp(SHOP.robotId, SHOP.appId);
    await desktop.emitPower('unlock-screen');
    await trayBecomes(desktop, wordsFor('broken'));
    await desktop.quit();
    desktop = await trial.start(['--hidden']);
    await trayBecomes(desktop, wordsFor('broken'));
    await settled();
    expect(await desktop.notifications()).toEqual([]);
    trial.house.advance(2 * HOUR);
    // It is looked every fifteen seconds.
    await until('shown', async () => (await desktop.notifications()).length > 0, 40_000);
    expect((await desktop.notifications()).map(({ title }) => title)).toEqual(['Your WhatsApp bot cannot send']);
    await desktop.quit();
    desktop = await trial.start(['--hidden']);
    await trayBecomes(desktop, wordsFor('broken'));
    await settled();
    expect(await desktop.notifications()).toEqual([]);
  });

  it('shows an urgent alert again when the owner is back, after a day, until it is acknowledged', async () => {
    const page = await desktop.page();
    trial.meta.world.removeApp(SHOP.robotId, SHOP.appId);
    await desktop.emitPower('unlock-screen');
    const shown = async (): Promise<number> => (await desktop.notifications()).filter(({ title }) => title === 'Your WhatsApp bot cannot send').length;
    await until('told', async () => (await shown()) === 1);
    trial.house.advance(26 * HOUR);
    await desktop.emitPower('unlock-screen');
    await until('told again', async () => (await shown()) >= 2);
    await settled();
    const before = await shown();
    await page.getByRole('button', { name: /^Details/ }).click();
    await page.getByRole('button', { name: 'Don’t remind me' }).first().click();
    await page.getByText('Evertoken will not remind you of this again.').waitFor();
    trial.house.advance(26 * HOUR);
    await desktop.emitPower('unlock-screen');
    await settled();
    expect(await shown()).toBe(before);
  });

  it('opens the window by a click on a notification', async () => {
    await desktop.closeWindow();
    await until('closed', async () => (await openWindows(desktop)).length === 0);
    trial.meta.world.removeApp(SHOP.robotId, SHOP.appId);
    await desktop.emitPower('unlock-screen');
    const told = await until('told', async () => (await desktop.notifications()).find(({ title }) => title === 'Your WhatsApp bot cannot send'));
    await desktop.clickNotification(told.index);
    await (await desktop.page()).getByRole('article', { name: SHOP.verifiedName }).waitFor();
    expect(await openWindows(desktop)).toHaveLength(1);
  });

  it('says in the window what the system does not show as a notification', async () => {
    await desktop.failNextNotifications('not allowed');
    const page = await desktop.page();
    trial.meta.world.removeApp(SHOP.robotId, SHOP.appId);
    await desktop.emitPower('unlock-screen');
    const messages = page.getByRole('region', { name: 'Messages' });
    await messages.getByText('Notifications do not show').waitFor();
    expect(await messages.textContent()).toContain('Meta ended the token');
    await desktop.failNextNotifications(null);
  });

  it('starts at login or not, as its menu says, and says so where the system refuses', async () => {
    const checked = async (): Promise<boolean | undefined> => (await desktop.tray()).menu.find(({ id }) => id === 'start-at-login')?.checked;
    const autostart = join(config, 'autostart');
    const file = join(autostart, 'app.evertoken.desktop.desktop');
    expect(await checked()).toBe(false);
    await desktop.clickMenu('start-at-login');
    await until('it starts at login', () => existsSync(file) && readFileSync(file, 'utf8') !== '');
    // The click itself ticks the line; that it stays so is what the menu that is set anew says.
    await until('the menu says so', async () => (await checked()) === true);
    expect(readFileSync(file, 'utf8')).toContain(`"--data-dir" "${trial.house.dataFolder}" "--hidden"`);
    await desktop.clickMenu('start-at-login');
    await until('it does not', () => !existsSync(file));
    await until('the menu says so', async () => (await checked()) === false);

    rmSync(autostart, { recursive: true });
    writeFileSync(autostart, 'a file where a folder should be');
    const menus = (await desktop.tray()).calls.setContextMenu;
    await desktop.clickMenu('start-at-login');
    await until('said', async () => (await desktop.notifications()).some(({ title }) => title === 'Evertoken could not change this'));
    expect(await checked()).toBe(false);
    expect((await desktop.tray()).calls.setContextMenu).toBeGreaterThan(menus);
  });
});
