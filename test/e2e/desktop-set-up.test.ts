import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { DAY } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { type Desktop, until } from '../host/desktop.ts';
import { chromiumHere, keyringHere } from '../requirements.ts';
import { card, connectInWindow, type DesktopTrial, openDesktopTrial, trayBecomes, wordsFor } from './desktop-house.ts';

const SECOND_NUMBER = { id: '400000000000002', display: '+1 555-010-0002', verifiedName: 'Corner Shop Bakery' };

describe.runIf(keyringHere() && chromiumHere())('setting up and the buttons of the window, on the built desktop app', () => {
  let trial: DesktopTrial;
  let desktop: Desktop;
  let page: Page;
  beforeEach(async () => {
    trial = await openDesktopTrial({ seed: 41 });
    desktop = await trial.start();
    page = await desktop.page();
  });
  afterEach(() => trial.end());

  const ownersToken = (): string => trial.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: 60 * DAY, dataAccessMs: null });

  it('a .env file with its three values is enough, and only main reads it', async () => {
    const token = ownersToken();
    const file = trial.house.file('.env', `WHATSAPP_ACCESS_TOKEN=${token}\nFACEBOOK_APP_ID=${SHOP.appId}\nFACEBOOK_APP_SECRET=${SHOP.appSecret}\n`);
    // Changing one's mind in the dialog changes nothing and says nothing.
    await desktop.answerOpenDialog(null);
    await page.getByRole('button', { name: 'Choose .env file' }).click();
    await page.getByRole('button', { name: 'Choose .env file' }).and(page.locator(':not([aria-disabled="true"])')).waitFor();
    expect(await page.getByRole('article').count()).toBe(0);

    await desktop.answerOpenDialog([file]);
    await page.getByRole('button', { name: 'Choose .env file' }).click();
    await card(page, SHOP.verifiedName).getByText('is connected.').waitFor();
    await trayBecomes(desktop, wordsFor('healthy'));
    expect((await desktop.ipcTraffic()).filter(({ json }) => json.includes(token) || json.includes(SHOP.appSecret))).toEqual([]);
  });

  it('says what is wrong with what was pasted, and keeps it for mending', async () => {
    await connectInWindow(page, { token: 'sk-proj-0123456789abcdefghijklmnopqrstuvwxyz0123456789' });
    await page.getByRole('alert').filter({ hasText: 'OpenAI' }).waitFor();
    expect(await page.getByLabel('Paste your access token').inputValue()).toContain('sk-proj-');
    await connectInWindow(page, { token: 'EAAGthisIsNoTokenThatMetaEverIssued0123456789' });
    await page.getByRole('alert').filter({ hasText: 'Nothing was changed' }).waitFor();
    expect(await page.getByRole('article').count()).toBe(0);
    expect(trial.meta.journal.entries().some(({ path }) => path.includes('sk-proj'))).toBe(false);
  });

  it('offers the numbers that were found, and ties the connection to the chosen one', async () => {
    trial.meta.world.addWaba({ id: '300000000000002', name: 'Bakery', phoneNumbers: [SECOND_NUMBER], templates: [], assignedTo: [SHOP.ownerId] });
    await connectInWindow(page, { token: ownersToken(), appId: SHOP.appId, appSecret: SHOP.appSecret, label: 'My shop' });
    const mine = card(page, 'My shop');
    await mine.getByText('Which number does your bot use?').waitFor();
    await mine.getByRole('button', { name: SECOND_NUMBER.display }).click();
    await mine.getByText(`${SECOND_NUMBER.display} · production`).waitFor();
    expect(await mine.getByText('Which number does your bot use?').count()).toBe(0);
  });

  it('checks, tells what happened, and removes with all secrets', async () => {
    await connectInWindow(page, { token: ownersToken(), appId: SHOP.appId, appSecret: SHOP.appSecret });
    const mine = card(page, SHOP.verifiedName);
    await mine.getByText('is connected.').waitFor();
    const checks = trial.meta.journal.count({ endpoint: 'debug' });
    await mine.getByRole('button', { name: 'Check now' }).click();
    await until('a check', () => trial.meta.journal.count({ endpoint: 'debug' }) > checks);
    await page.getByRole('tab', { name: 'Recent events' }).click();
    await page.getByText(/Corner Shop.* (was )?connected/).first().waitFor();

    await page.getByRole('tab', { name: /^Connection/ }).click();
    expect((await trial.keyring.secretTool(['search', '--all', 'service', 'Evertoken'])).stdout).toContain(SHOP.appSecret);
    await mine.getByRole('button', { name: 'Remove…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByLabel('Paste your access token').waitFor();
    await trayBecomes(desktop, wordsFor('needs-set-up'));
    expect((await trial.keyring.secretTool(['search', '--all', 'service', 'Evertoken'])).stdout).not.toMatch(new RegExp(`EAA|${SHOP.appSecret}`));
  });
});
