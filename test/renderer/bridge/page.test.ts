import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectionView, outcome, statusOf } from '../../fakes/keeper.ts';
import { chromiumHere } from '../../requirements.ts';
import { axeFaults, openProfile, openTab, type PageServer, startChromium, startPageServer, type Tab } from './page-server.ts';

const card = (page: Page, label: string): ReturnType<Page['getByRole']> => page.getByRole('article', { name: label });

describe.runIf(chromiumHere())('the window in a browser', () => {
  let browser: Browser;
  let server: PageServer;
  let profile: BrowserContext;
  const tabs: Tab[] = [];
  beforeAll(async () => {
    [browser, server] = await Promise.all([startChromium(), startPageServer()]);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });
  beforeEach(async () => {
    server.answers.status = statusOf([connectionView()]);
    server.calls.splice(0);
    profile = await openProfile(browser);
  });
  afterEach(async () => {
    await profile.close();
    expect(tabs.splice(0).flatMap(({ complaints }) => complaints)).toEqual([]);
  });
  const openAt = async (address: string): Promise<Tab> => {
    const tab = await openTab(profile);
    tabs.push(tab);
    await tab.page.goto(address);
    return tab;
  };
  const openWindow = async (): Promise<Tab> => {
    const tab = await openAt(server.link());
    await card(tab.page, 'Main shop').waitFor();
    return tab;
  };

  it('opens by its link, whose secret is gone from the address and the history at once', async () => {
    const { page } = await openWindow();
    expect(page.url()).toBe(`${server.origin()}/`);
    expect(await page.evaluate('history.length')).toBe(2);
    await page.goBack();
    expect(page.url()).toBe('about:blank');
  });

  it('keeps its key for this tab and sends no cookie', async () => {
    const tab = await openWindow();
    const { page } = tab;
    expect(await page.evaluate('[document.cookie, localStorage.length, sessionStorage.length, Object.values(sessionStorage).every((text) => text.length === 43)]')).toEqual(['', 0, 1, true]);
    expect(await profile.cookies()).toEqual([]);
    await page.reload();
    await card(page, 'Main shop').waitFor();
    const other = await openAt(server.origin());
    expect(await other.page.getByRole('alert').innerText()).toBe('This page opens with a link from Evertoken.');
  });

  it('says how to get in where it is opened without a link, or with a used one', async () => {
    const link = server.link();
    const first = await openAt(link);
    await card(first.page, 'Main shop').waitFor();
    const second = await openAt(link);
    await second.page.getByText('This link does not work any more').waitFor();
    expect(await second.page.getByRole('main').innerText()).toContain('npx evertoken open');
    expect(second.page.url()).toBe(`${server.origin()}/`);
    expect(await axeFaults(second)).toEqual([]);
    const third = await openAt(server.origin());
    expect(await third.page.getByRole('main').innerText()).toContain('npx evertoken open');
    expect(await axeFaults(third)).toEqual([]);
    // In the same tab only the fragment changes.
    await third.page.goto(server.link());
    await card(third.page, 'Main shop').waitFor();
  });

  it('shows what changes, without being asked', async () => {
    const { page } = await openWindow();
    server.answers.status = statusOf([connectionView({ label: 'Bakery' })]);
    server.changed();
    await card(page, 'Bakery').waitFor();
    expect(await card(page, 'Main shop').count()).toBe(0);
  });

  it('says that Evertoken cannot be reached, keeps what it shows, and goes on by itself', async () => {
    const tab = await openWindow();
    const { page } = tab;
    await server.stop();
    await page.getByText('Evertoken cannot be reached.').waitFor();
    expect(await card(page, 'Main shop').count()).toBe(1);
    expect(await axeFaults(tab)).toEqual([]);
    server.answers.status = statusOf([connectionView({ label: 'Bakery' })]);
    await server.start();
    await card(page, 'Bakery').waitFor();
    await page.getByText('Evertoken cannot be reached.').waitFor({ state: 'detached' });
  });

  it('says calmly that it must be opened anew after a restart, and goes on with a new link in the same tab', async () => {
    const tab = await openWindow();
    const { page } = tab;
    await server.stop();
    server.forgetSessions();
    await server.start();
    await page.getByText('This page has to be opened anew').waitFor();
    expect(await page.getByRole('main').innerText()).toContain('npx evertoken open');
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    expect(await card(page, 'Main shop').count()).toBe(0);
    expect(await page.getByText('Evertoken cannot be reached.').count()).toBe(0);
    expect(await axeFaults(tab)).toEqual([]);
    await page.goto(server.link());
    await card(page, 'Main shop').waitFor();
    server.answers.status = statusOf([connectionView({ label: 'Bakery' })]);
    server.changed();
    await card(page, 'Bakery').waitFor();
  });

  it('asks for what the owner presses, and shows the answer', async () => {
    server.answers.refresh = async () => outcome({ code: 'renewed', message: 'The token was renewed just now.' });
    const { page } = await openWindow();
    await card(page, 'Main shop').getByRole('button', { name: /refresh/i }).first().click();
    await page.getByText('The token was renewed just now.').waitFor();
    expect(server.calls).toEqual([{ asked: 'refresh', id: 'c-main' }]);
  });

  it('opens pages of Meta beside itself, and no others', async () => {
    server.answers.status = statusOf([connectionView({ health: 'expired', look: 'broken', advice: 'Look at https://business.facebook.com/settings/system-users, and never at https://evil.test/x.' })]);
    const { page } = await openWindow();
    const opening = profile.waitForEvent('page');
    await page.getByRole('button', { name: /system-users/ }).first().click();
    const opened = await opening;
    await opened.waitForLoadState();
    expect(opened.url()).toBe('https://business.facebook.com/settings/system-users');
    expect(await opened.evaluate('[window.opener, document.referrer]')).toEqual([null, '']);
    await page.getByRole('button', { name: /evil\.test/ }).first().click();
    await page.getByText('Evertoken opens only pages of Meta, and this is none of them.').waitFor();
    expect(profile.pages().map((one) => one.url()).filter((url) => url.includes('evil'))).toEqual([]);
  });

  it('reads a .env that the owner chooses here, and hands over its text', async () => {
    server.answers.status = statusOf([]);
    server.answers.connect = async () => outcome({ code: 'connected', message: 'The shop is connected.', connection: null });
    const { page } = await openAt(server.link());
    const button = page.getByRole('button', { name: /\.env/ });
    const choose = async (file: { readonly name: string; readonly buffer: Buffer }): Promise<void> => {
      const choosing = page.waitForEvent('filechooser');
      await button.click();
      await (await choosing).setFiles([{ mimeType: 'text/plain', ...file }]);
    };
    await choose({ name: 'big.env', buffer: Buffer.alloc(100_001, 'a') });
    await page.getByText('big.env is larger than 100 kB.').waitFor();
    await choose({ name: 'bot.exe', buffer: Buffer.from([0xc3, 0x28, 0xff]) });
    await page.getByText('bot.exe could not be read as text.').waitFor();
    expect(server.calls).toEqual([]);
    await choose({ name: '.env', buffer: Buffer.from('WHATSAPP_ACCESS_TOKEN=EAAnotARealTokenAtAll0123456789\nAPP_NAME="bot"\n') });
    await page.getByText('The shop is connected.').waitFor();
    expect(server.calls).toMatchObject([{ asked: 'connect', input: { token: 'EAAnotARealTokenAtAll0123456789', source: 'import' } }]);
  });
});

describe.runIf(chromiumHere())('the parts of the window', () => {
  it('for a browser are fetched only there', async () => {
    const server = await startPageServer();
    await server.stop();
    const texts = (has: string): readonly string[] => [...server.files].filter(([, { body }]) => body.includes(has)).map(([name]) => name.replace(/-[\w-]{8}\./, '-HASH.'));
    expect(texts('evertoken-session')).toEqual(['/assets/page-HASH.js']);
    expect([...server.files].find(([name]) => name === '/')?.[1].body.toString()).not.toContain('assets/page-');
  });
});
