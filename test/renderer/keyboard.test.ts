import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { outcome } from '../fakes/keeper.ts';
import { expectFocus } from './focus.ts';
import { useWindows } from './use-windows.ts';
import { EACH_LOOK, keyView, LISTENING, windowView } from './views.ts';

const open = useWindows();

const focused = (page: Page): Promise<string> => page.evaluate<string>("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()");

/** Presses Tab until the focus is on what is called `name`. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const here = await focused(page);
    if (here === name) return;
    passed.push(here);
  }
  throw new Error(`Tab never came to “${name}”. It passed: ${passed.join(' | ')}`);
}

describe('by keyboard alone', () => {
  it('a token is set up, with its optional fields', async () => {
    const { page, bridge } = await open({ view: windowView([]) });
    bridge.answers.connect = () => {
      bridge.answers.view = () => windowView([EACH_LOOK.healthy]);
      return outcome({ code: 'connected', message: 'Connected.' });
    };
    // The field has the focus as soon as it is there.
    await expectFocus(page, { name: 'token' });
    await page.keyboard.insertText('EAAGbykeyboard');
    await tabTo(page, 'More: app id and secret, name, number');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('1001');
    await tabTo(page, 'Show the app secret');
    await page.keyboard.press('Tab');
    await page.keyboard.type('s3cr3t');
    await tabTo(page, 'Connect');
    await page.keyboard.press('Space');
    await page.getByRole('article').getByText('Connected.').waitFor();
    expect(bridge.asked('connect')).toMatchObject([{ token: 'EAAGbykeyboard', appId: '1001', appSecret: 's3cr3t' }]);
    // From the new card on, Tab goes through its buttons.
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Refresh now');
  });

  it('the menu is opened, walked and closed', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.healthy]) });
    await tabTo(page, 'Menu');
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await expectFocus(page, { words: 'Menu' });
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('End');
    await expectFocus(page, { words: 'Until tomorrow' });
    await page.keyboard.press('Enter');
    await page.getByText('Notifications are paused.').waitFor();
    expect(bridge.asked('pauseNotifications')).toEqual([{ until: 'tomorrow' }]);
  });

  it('a dialog opened from the menu holds the focus and gives it back', async () => {
    const { page } = await open({ view: windowView([EACH_LOOK.healthy]) });
    await tabTo(page, 'Menu');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Add a connection' });
    await dialog.waitFor();
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate("document.activeElement.closest('[role=dialog]') !== null")).toBe(true);
    }
    await page.keyboard.press('Escape');
    await expectFocus(page, { words: 'Menu' });
    expect(await dialog.count()).toBe(0);
  });

  it('a connection is removed', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.healthy]) });
    await tabTo(page, 'Remove…');
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').waitFor();
    expect(await focused(page)).toBe('Keep it');
    await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toBe('Remove');
    await page.keyboard.press('Enter');
    await page.getByText('“Main shop” was removed.').waitFor();
    expect(bridge.asked('remove')).toEqual([{ connection: 'c-main' }]);
  });

  it('the gateway is turned on, a key made and stored, and revoked', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.healthy]) });
    const on = (keys = [keyView()]): ReturnType<typeof windowView> => windowView([EACH_LOOK.healthy], {}, {}, { gateway: { ...LISTENING, keys } });
    bridge.answers.setGateway = () => {
      bridge.answers.view = () => on([]);
      return outcome({ code: 'gateway-on', message: 'The gateway is on.', connection: null });
    };
    await tabTo(page, 'Connection');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'Gateway', exact: true }).waitFor();
    await tabTo(page, 'Let bots use the gateway');
    await page.keyboard.press('Space');
    await page.getByText('The gateway is on.').waitFor();
    await tabTo(page, 'Make a key…');
    await page.keyboard.press('Enter');
    await expectFocus(page, { name: 'name' });
    await page.keyboard.type('Order bot');
    bridge.answers.view = () => on();
    await page.keyboard.press('Enter');
    await expectFocus(page, { words: 'Copy the key' });
    await tabTo(page, 'I have stored it');
    await page.keyboard.press('Enter');
    await expectFocus(page, { words: 'Make a key…' });
    await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toBe('Revoke… Order bot');
    await page.keyboard.press('Enter');
    await expectFocus(page, { words: 'Keep it' });
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('The key opens nothing any more.').waitFor();
    expect(bridge.asked('createKey')).toEqual([{ name: 'Order bot', rights: ['graph'], connections: null }]);
    expect(bridge.asked('revokeKey')).toEqual([{ id: 'k-bot' }]);
  });

  it('every place of the focus can be seen', async () => {
    const { page } = await open({ view: windowView([EACH_LOOK.soon, EACH_LOOK.healthy]) });
    await page.getByRole('article').first().waitFor();
    const seen = new Set<string>();
    for (let step = 0; step < 24; step += 1) {
      await page.keyboard.press('Tab');
      const [name, outline] = await page.evaluate<readonly [string, string]>("[document.activeElement.textContent, getComputedStyle(document.activeElement).outlineStyle + ' ' + getComputedStyle(document.activeElement).outlineWidth]");
      if (document(name)) continue;
      seen.add(name);
      expect(outline, name).toBe('solid 2px');
    }
    expect(seen.size).toBeGreaterThan(8);
  });

  it('the tabs are changed with the arrow keys', async () => {
    const { page } = await open({ view: windowView([EACH_LOOK.healthy]) });
    await tabTo(page, 'Connection');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'Gateway', exact: true }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByText('Nothing has happened yet.').waitFor();
    expect(await page.getByRole('tab', { name: 'Recent events' }).getAttribute('aria-selected')).toBe('true');
  });
});

/** True for the page as a whole, which has the focus when Tab has gone once round. */
function document(name: string): boolean {
  return name.includes('Recent events') && name.includes('Menu');
}
