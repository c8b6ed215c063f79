import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { DeliveryView } from '../../src-main/contract/deliveries.ts';
import type { AppView, WindowView } from '../../src-main/contract/window-view.ts';
import { outcome } from '../fakes/keeper.ts';
import { expectFocus } from './focus.ts';
import { openBot } from './open-bot.ts';
import { useWindows } from './use-windows.ts';
import { deliveryView, EACH_LOOK, EACH_STANDING, windowView } from './views.ts';

const open = useWindows();

const { done, pending, failed, changed, command } = EACH_STANDING;
const holding = (deliveries: readonly DeliveryView[], app: Partial<AppView> = {}): WindowView => windowView([EACH_LOOK.healthy], app, {}, { deliveries });
const rowOf = (page: Page, { target }: DeliveryView): Locator => page.locator('.delivery', { hasText: target });
const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '');

describe('a delivery', () => {
  it.each([
    ['done', done, 'tick', ['/home/ada/order-bot/.env', 'Up to date', 'Variable: WHATSAPP_ACCESS_TOKEN', 'Last written: 2 hours ago · Tue, 1 Jan 2030, 10:04', 'Token then: …abcd 12ab34cd']],
    ['pending', pending, 'clock', ['/home/ada/second-bot/.env', 'Waits for its turn', 'Variable: WHATSAPP_ACCESS_TOKEN', 'Last written: Not yet', 'Next try: now · Tue, 1 Jan 2030, 13:00']],
    ['failed', failed, 'exclamation', ['/srv/shared/bot.env', 'Not done, tried again', failed.text, 'Variable: WHATSAPP_ACCESS_TOKEN', 'Last written: 29 days ago · Mon, 3 Dec 2029, 09:00', 'Token then: …9f3e 77aa10bc', 'Next try: in 10 minutes · Tue, 1 Jan 2030, 13:10']],
    ['command', command, 'tick', ['systemctl --user restart order-bot', 'It ran', 'Last success: 2 hours ago · Tue, 1 Jan 2030, 10:04', 'Token then: …abcd 12ab34cd']],
  ] as const)('%s: where, how it stands in words and shape, and the facts', async (_what, delivery, glyph, words) => {
    const { page } = await openBot(open, { view: holding([delivery]) });
    const row = rowOf(page, delivery);
    expect(lines(await row.locator('.row-words').innerText())).toEqual(words);
    expect(await row.locator('.standing [data-glyph]').getAttribute('data-glyph')).toBe(glyph);
  });

  it('is made now, and what came of it is told once', async () => {
    const { page, bridge } = await openBot(open, { view: holding([failed, done]) });
    bridge.answers.deliver = () => {
      bridge.answers.view = () => holding([deliveryView({ ...failed, standing: 'done', code: null, text: null }), done]);
      return outcome({ code: 'delivered', message: 'The token is in /srv/shared/bot.env.' });
    };
    await rowOf(page, failed).getByRole('button', { name: 'Deliver now' }).click();
    const card = page.getByRole('article', { name: 'Main shop' });
    await card.getByRole('status').getByText('The token is in /srv/shared/bot.env.').waitFor();
    await rowOf(page, failed).getByText('Up to date').waitFor();
    expect(bridge.asked('deliver')).toEqual([{ connection: 'c-main', delivery: 'd-failed', overwrite: false }]);
    // Not on the connection's card, where nothing was asked.
    await page.getByRole('tab', { name: 'Connection', exact: true }).click();
    expect(await page.getByText('The token is in /srv/shared/bot.env.').count()).toBe(0);
  });

  it('is not made twice at once', async () => {
    let answer = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { page, bridge } = await openBot(open, { view: holding([failed, done]) });
    bridge.answers.deliver = async () => {
      await waiting;
      return outcome({ ok: false, code: 'read-only', message: 'It is still read-only.' });
    };
    const button = rowOf(page, failed).getByRole('button', { name: 'Deliver now' });
    await button.click();
    expect(await button.getAttribute('aria-busy')).toBe('true');
    expect(await rowOf(page, done).getByRole('button', { name: 'Deliver now' }).getAttribute('aria-busy')).toBeNull();
    await page.keyboard.press('Enter');
    answer();
    await page.getByText('It is still read-only.').waitFor();
    expect(bridge.asked('deliver')).toHaveLength(1);
  });

  it('ends after a question that says what that means', async () => {
    const { page, bridge } = await openBot(open, { view: holding([done, command]) });
    bridge.answers.removeDelivery = () => {
      bridge.answers.view = () => holding([command]);
      return outcome({ code: 'delivery-removed', message: 'Evertoken writes no more into that file.', connection: null });
    };
    await rowOf(page, done).getByRole('button', { name: 'Remove…' }).click();
    const question = page.getByRole('alertdialog', { name: 'Stop writing into this file?' });
    expect(await question.innerText()).toContain('The file stays as it is, with the token that is in it now.');
    expect(await question.innerText()).toContain(done.target);
    await question.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Evertoken writes no more into that file.').waitFor();
    await rowOf(page, done).waitFor({ state: 'detached' });
    expect(bridge.asked('removeDelivery')).toEqual([{ id: 'd-env' }]);
    await rowOf(page, command).getByRole('button', { name: 'Remove…' }).click();
    await page.getByRole('alertdialog', { name: 'Stop running this command?' }).waitFor();
  });
});

describe('a value that was changed by hand', () => {
  it('is written over only after a yes', async () => {
    const { page, bridge } = await openBot(open, { view: holding([changed]) });
    const row = rowOf(page, changed);
    await row.getByText('Needs you').waitFor();
    await row.getByText('If the token in WA_TOKEN is the one that your bot should use, paste it into Evertoken').waitFor();
    expect(await row.getByRole('button', { name: 'Deliver now' }).count()).toBe(0);
    await row.getByRole('button', { name: 'Write Evertoken’s token over it…' }).click();
    const question = page.getByRole('alertdialog', { name: 'Write over what was changed by hand?' });
    expect(await question.innerText()).toContain('The file as it is now is kept beside it.');
    await question.getByRole('button', { name: 'Leave it' }).click();
    await question.waitFor({ state: 'detached' });
    expect(bridge.asked('deliver')).toEqual([]);
    await row.getByRole('button', { name: 'Write Evertoken’s token over it…' }).click();
    await question.getByRole('button', { name: 'Write over it' }).click();
    await page.getByText('The token was delivered.').waitFor();
    expect(bridge.asked('deliver')).toEqual([{ connection: 'c-main', delivery: 'd-changed', overwrite: true }]);
  });

  it('beside another of the same name can be written over, or is looked at again once the owner took it away', async () => {
    const { page, bridge } = await openBot(open, { view: holding([{ ...changed, code: 'two-values', text: 'The file sets WA_TOKEN more than once, and one value is not Evertoken’s.' }]) });
    expect(await rowOf(page, changed).getByRole('button').allInnerTexts()).toEqual(['Write Evertoken’s token over it…', 'Deliver now', 'Remove…']);
    await page.getByRole('button', { name: 'Deliver now' }).click();
    await page.getByText('The token was delivered.').waitFor();
    expect(bridge.asked('deliver')).toEqual([{ connection: 'c-main', delivery: 'd-changed', overwrite: false }]);
  });

  it('is said to be lost where no backup is kept', async () => {
    const { page } = await openBot(open, { view: holding([{ ...changed, keepBackup: false }]) });
    await page.getByRole('button', { name: 'Write Evertoken’s token over it…' }).click();
    expect(await page.getByRole('alertdialog').innerText()).toContain('The value that stands there now is gone then; no backup is kept of this file.');
  });

  it('is kept by pasting it', async () => {
    const { page } = await openBot(open, { view: holding([changed]) });
    await page.getByRole('button', { name: 'Paste the other token…' }).click();
    await page.getByRole('dialog', { name: 'New token for “Main shop”' }).waitFor();
    await expectFocus(page, { name: 'token' });
  });
});

describe('a file', () => {
  it('is chosen in the system’s own dialog on a desktop', async () => {
    const { page, bridge } = await openBot(open, { view: holding([]) });
    bridge.answers.addEnvDelivery = () => outcome({ ok: false, code: 'cancelled', message: 'No file was chosen. Nothing was changed.', connection: null });
    await page.getByText('Evertoken writes this token into no file yet.').waitFor();
    await page.getByRole('button', { name: 'Add a file…' }).click();
    const dialog = page.getByRole('dialog', { name: 'A file for “Main shop”' });
    expect(await dialog.getByLabel('Path of the file').count()).toBe(0);
    expect(await dialog.getByLabel('Name of the variable').inputValue()).toBe('WHATSAPP_ACCESS_TOKEN');
    await dialog.getByRole('button', { name: 'Choose file…' }).click();
    await expect.poll(() => bridge.asked('addEnvDelivery')).toEqual([{ connection: 'c-main', file: null, variable: 'WHATSAPP_ACCESS_TOKEN', keepBackup: false }]);
    // Thought better of it: no news, and the dialog is still there.
    await expect.poll(() => dialog.getByRole('status').innerText()).toBe('');
    expect(await dialog.getByRole('alert').innerText()).toBe('');
    bridge.answers.addEnvDelivery = () => {
      bridge.answers.view = () => holding([{ ...done, keepBackup: true }]);
      return outcome({ code: 'delivery-added', message: 'The token is in /home/ada/order-bot/.env.' });
    };
    await dialog.getByLabel('Name of the variable').fill('WA_TOKEN');
    await dialog.getByLabel('Keep a backup').check();
    await dialog.getByRole('button', { name: 'Choose file…' }).click();
    await page.getByRole('status').getByText('The token is in /home/ada/order-bot/.env.').waitFor();
    await page.getByText('Backup: kept beside it').waitFor();
    expect(bridge.asked('addEnvDelivery').at(-1)).toEqual({ connection: 'c-main', file: null, variable: 'WA_TOKEN', keepBackup: true });
    await expectFocus(page, { words: 'Add a file…' });
  });

  it('has no command set in a browser, which says where that is done', async () => {
    const { page } = await openBot(open, { view: holding([done, command], { surface: 'browser' }) });
    await page.getByText('npx evertoken deliveries command -- PROGRAM ARGUMENTS').waitFor();
    expect(await page.getByRole('button', { name: /a command…|the command…/ }).count()).toBe(0);
  });

  it('is named by its path in a browser', async () => {
    const { page, bridge } = await openBot(open, { view: holding([], { surface: 'browser' }) });
    await page.getByRole('button', { name: 'Add a file…' }).click();
    await expectFocus(page, { name: 'file' });
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('alert').getByText('Give the path of the file.').waitFor();
    await dialog.getByLabel('Path of the file').fill('order-bot/.env');
    bridge.answers.addEnvDelivery = () => outcome({ ok: false, code: 'not-absolute', message: 'Give the whole path of the file, from the root on.' });
    await dialog.getByRole('button', { name: 'Add this file' }).click();
    await dialog.getByRole('alert').getByText('Give the whole path of the file').waitFor();
    expect(await dialog.getByLabel('Path of the file').inputValue()).toBe('order-bot/.env');
    bridge.answers.addEnvDelivery = () => outcome({ code: 'delivery-added', message: 'The token is in the file.' });
    await dialog.getByLabel('Path of the file').fill('/srv/order bot/.env');
    await page.keyboard.press('Enter');
    await page.getByText('The token is in the file.').waitFor();
    expect(bridge.asked('addEnvDelivery').at(-1)).toEqual({ connection: 'c-main', file: '/srv/order bot/.env', variable: 'WHATSAPP_ACCESS_TOKEN', keepBackup: false });
  });

  it.each(['1TOKEN', 'MY-TOKEN', 'A B', 'ÄTOKEN', 'A=B'])('is not asked for with the variable %j', async (name) => {
    const { page, bridge } = await openBot(open, { view: holding([]) });
    await page.getByRole('button', { name: 'Add a file…' }).click();
    await page.getByLabel('Name of the variable').fill(name);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('letters, digits and underscores only').waitFor();
    expect(bridge.asked('addEnvDelivery')).toEqual([]);
  });
});

describe('a command after each delivery', () => {
  it('is given line by line, and no shell reads it', async () => {
    const { page, bridge } = await openBot(open, { view: holding([done]) });
    await page.getByText('Nothing is run.').waitFor();
    await page.getByRole('button', { name: 'Run a command…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Run after each delivery' });
    await dialog.getByText('No shell reads this').waitFor();
    await expectFocus(page, { name: 'command' });
    await page.keyboard.type('/usr/bin/docker\nrestart\n\n  order bot && $HOME \n');
    await dialog.getByRole('button', { name: 'Use this command' }).click();
    await page.getByText('The command runs after each delivery.').waitFor();
    expect(bridge.asked('setCommand')).toEqual([{ connection: 'c-main', argv: ['/usr/bin/docker', 'restart', 'order bot && $HOME'], folder: null, timeoutSeconds: 60 }]);
  });

  it('has a folder and a time limit, and says which one it takes the place of', async () => {
    const { page, bridge } = await openBot(open, { view: holding([done, command]) });
    await page.getByRole('button', { name: 'Change the command…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It takes the place of: systemctl --user restart order-bot').waitFor();
    await dialog.getByLabel('Program and arguments').fill('./restart.sh');
    await dialog.getByLabel('Folder that it runs in').fill(' /srv/bot ');
    await dialog.getByLabel('Time limit in seconds').fill('5');
    bridge.answers.setCommand = () => outcome({ ok: false, code: 'not-found', message: 'There is no program ./restart.sh in /srv/bot.' });
    await dialog.getByRole('button', { name: 'Use this command' }).click();
    await dialog.getByRole('alert').getByText('There is no program').waitFor();
    expect(await dialog.getByLabel('Program and arguments').inputValue()).toBe('./restart.sh');
    expect(bridge.asked('setCommand')).toEqual([{ connection: 'c-main', argv: ['./restart.sh'], folder: '/srv/bot', timeoutSeconds: 5 }]);
  });

  it.each([
    ['nothing', ' \n ', '60', 'Give the program to run on the first line.'],
    ['no time at all', 'x', '0', 'The time limit is a whole number of seconds from 1 to 3600.'],
    ['more than an hour', 'x', '3601', 'The time limit is a whole number of seconds from 1 to 3600.'],
    ['too many lines', 'x\n'.repeat(101), '60', 'At most 100 lines can be given.'],
    ['too long a line', 'x'.repeat(4_097), '60', 'One of the lines is too long.'],
  ])('is not asked for with %s', async (_what, typed, seconds, sentence) => {
    const { page, bridge } = await openBot(open, { view: holding([done]) });
    await page.getByRole('button', { name: 'Run a command…' }).click();
    await page.getByLabel('Program and arguments').fill(typed);
    await page.getByLabel('Time limit in seconds').fill(seconds);
    await page.getByRole('button', { name: 'Use this command' }).click();
    await page.getByRole('alert').getByText(sentence).waitFor();
    expect(bridge.asked('setCommand')).toEqual([]);
  });

  it('is not offered where nothing is written that it could follow', async () => {
    const { page } = await openBot(open, { view: holding([]) });
    expect(await page.getByRole('button', { name: 'Run a command…' }).count()).toBe(0);
  });
});
