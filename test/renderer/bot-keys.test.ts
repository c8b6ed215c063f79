import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { WindowView } from '../../src-main/contract/window-view.ts';
import { outcome } from '../fakes/keeper.ts';
import { FAKE_KEY } from './fake-bridge.ts';
import { expectFocus } from './focus.ts';
import { openBot } from './open-bot.ts';
import { expectNoTrace, expectNotKept } from './secret-traces.ts';
import { useWindows } from './use-windows.ts';
import { crowd, EACH_LOOK, keyView, LISTENING, windowView } from './views.ts';

const open = useWindows();

const FOUR = [EACH_LOOK.healthy, EACH_LOOK.soon, EACH_LOOK.urgent, EACH_LOOK.broken];
const on = (keys = [keyView()], connections: WindowView['status']['connections'] = FOUR): WindowView => windowView(connections, {}, {}, { gateway: { ...LISTENING, keys } });

/** Opens the dialog that makes a key. */
async function makeKey(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Make a key…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make a key' });
  await dialog.waitFor();
  return dialog;
}

describe('the keys', () => {
  it('say whose they are, what they open, and what came through them', async () => {
    const { page } = await openBot(open, {
      view: on([
        keyView(),
        keyView({ id: 'k-2', name: 'Reports', rights: ['refresh', 'token', 'status'], connections: FOUR.map(({ id }) => id), lastUsedAt: null, calls: 0, renewals: 0, errors: 0 }),
        keyView({ id: 'k-3', name: 'Old', connections: ['c-gone'], calls: 1, renewals: 0, errors: 1 }),
      ]),
    });
    const keys = page.getByRole('region', { name: 'Keys: who uses your tokens' }).getByRole('listitem');
    expect((await keys.locator('.row-words').allInnerTexts()).map((text) => text.replaceAll('\n\n', '\n'))).toEqual([
      'Order bot\nMay call WhatsApp through Evertoken, for all connections.\nLast used 2 minutes ago · 1,204 calls · 1 renewal · 2 errors',
      'Reports\nMay take the token itself, read how the tokens are, have a token renewed, for Main shop, Market stall, Bakery and 1 more.\nNever used · 0 calls · 0 renewals · 0 errors',
      'Old\nMay call WhatsApp through Evertoken, for no connection any more.\nLast used 2 minutes ago · 1 call · 0 renewals · 1 error',
    ]);
  });

  it('are drawn twenty at a time', async () => {
    const { page } = await openBot(open, { view: on(Array.from({ length: 45 }, (_, index) => keyView({ id: `k-${index}`, name: `Bot ${index}` }))) });
    const keys = page.getByRole('button', { name: /^Revoke/ });
    expect(await keys.count()).toBe(20);
    await page.getByRole('button', { name: 'Show 20 more of 25 keys' }).click();
    await page.getByRole('button', { name: 'Show 5 more keys' }).click();
    expect(await keys.count()).toBe(45);
  });
});

describe('a new key', () => {
  it('may call WhatsApp, for all connections, unless told otherwise', async () => {
    const { page, bridge } = await openBot(open, { view: on([]) });
    const dialog = await makeKey(page);
    await expectFocus(page, { name: 'name' });
    await page.keyboard.type(' Order bot ');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'The key for “Order bot”' }).waitFor();
    expect(bridge.asked('createKey')).toEqual([{ name: 'Order bot', rights: ['graph'], connections: null }]);
    expect(await dialog.count()).toBe(0);
  });

  it('gets the rights and connections that are ticked', async () => {
    const { page, bridge } = await openBot(open, { view: on() });
    const dialog = await makeKey(page);
    await dialog.getByLabel('Whose key is it?').fill('Dashboard');
    await dialog.getByLabel('call WhatsApp through Evertoken').uncheck();
    await dialog.getByLabel('have a token renewed').check();
    await dialog.getByLabel('read how the tokens are').check();
    expect(await dialog.getByRole('checkbox').count()).toBe(4);
    await dialog.getByLabel('Only these:').check();
    await dialog.getByLabel('Bakery').check();
    await dialog.getByLabel('Main shop').check();
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    await page.getByRole('dialog', { name: 'The key for “Dashboard”' }).waitFor();
    expect(bridge.asked('createKey')).toEqual([{ name: 'Dashboard', rights: ['status', 'refresh'], connections: ['c-main', 'c-urgent'] }]);
  });

  it('is for one of a thousand connections, found by its name', async () => {
    const { page, bridge } = await openBot(open, { view: on([], crowd(1_000)) });
    const dialog = await makeKey(page);
    await dialog.getByLabel('Whose key is it?').fill('Bot');
    await dialog.getByLabel('Only these:').check();
    expect(await dialog.getByRole('checkbox').count()).toBe(4 + 12);
    await dialog.getByText('And 988 more: type a part of their name.').waitFor();
    const search = dialog.getByRole('searchbox', { name: 'Search connections' });
    await search.fill('shop 777');
    await dialog.getByLabel('Shop 777').check();
    await search.fill('shop 42');
    // What is ticked stays, and Enter in the search sends nothing.
    await dialog.getByLabel('Shop 420').check();
    await search.press('Enter');
    expect(bridge.asked('createKey')).toEqual([]);
    await search.fill('');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    await page.getByRole('dialog', { name: 'The key for “Bot”' }).waitFor();
    expect(bridge.asked('createKey')).toEqual([{ name: 'Bot', rights: ['graph'], connections: ['c-420', 'c-777'] }]);
  });

  it.each([
    ['a name', ' ', ['graph'], false, 'Give the key a name, so that you know later whose it is.'],
    ['a right', 'Bot', [], false, 'Tick at least one thing that the key may do.'],
    ['a connection', 'Bot', ['graph'], true, 'Tick at least one connection, or choose all of them.'],
  ] as const)('is not asked for without %s', async (_what, name, rights, some, sentence) => {
    const { page, bridge } = await openBot(open, { view: on() });
    const dialog = await makeKey(page);
    await dialog.getByLabel('Whose key is it?').fill(name);
    if (rights.length === 0) await dialog.getByLabel('call WhatsApp through Evertoken').uncheck();
    if (some) await dialog.getByLabel('Only these:').check();
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    await dialog.getByRole('alert').getByText(sentence).waitFor();
    expect(bridge.asked('createKey')).toEqual([]);
  });

  it('says why main made none, and keeps what was typed', async () => {
    const { page, bridge } = await openBot(open, { view: on() });
    bridge.answers.createKey = () => ({ ...outcome({ ok: false, code: 'storage-failed', message: 'The disk refused to keep the key, so none was made.', connection: null }), key: null, id: null });
    const dialog = await makeKey(page);
    await dialog.getByLabel('Whose key is it?').fill('Order bot');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    await dialog.getByRole('alert').getByText('The disk refused to keep the key').waitFor();
    expect(await dialog.getByLabel('Whose key is it?').inputValue()).toBe('Order bot');
  });
});

describe('the key itself', () => {
  /** Makes a key and comes to where it is shown. */
  async function made(page: Page): Promise<Locator> {
    const dialog = await makeKey(page);
    await dialog.getByLabel('Whose key is it?').fill('Order bot');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    const shown = page.getByRole('dialog', { name: 'The key for “Order bot”' });
    await shown.waitFor();
    return shown;
  }

  it('is shown once, as a field’s value and nothing else, and is gone when the dialog closes', async () => {
    const { page, bridge } = await openBot(open, { view: on([]) });
    const dialog = await made(page);
    const field = dialog.getByLabel('Your new key');
    expect(await field.inputValue()).toBe(FAKE_KEY);
    await dialog.getByText('This is the only time that it is shown.').waitFor();
    await expectFocus(page, { words: 'Copy the key' });
    // Not even now does the page's markup hold it.
    await expectNoTrace(page, FAKE_KEY);
    await bridge.tell(page, 'viewChanged', on());
    expect(await field.inputValue()).toBe(FAKE_KEY);
    const handle = await field.elementHandle();
    await dialog.getByRole('button', { name: 'I have stored it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expectFocus(page, { words: 'Make a key…' });
    expect(await handle?.evaluate((gone: { readonly value?: string }) => gone.value)).toBe('');
    await expectNoTrace(page, FAKE_KEY);
    await expectNotKept(page, FAKE_KEY, 'Order bot');
    // Opened again, there is none.
    await makeKey(page);
    expect(await page.locator('textarea').inputValue()).toBe('');
  });

  it.each([
    ['Escape', (page: Page) => page.keyboard.press('Escape')],
    ['the cross', (page: Page) => page.getByRole('button', { name: 'Close' }).click()],
  ])('is gone after %s, too', async (_way, close) => {
    const { page } = await openBot(open, { view: on() });
    const dialog = await made(page);
    await close(page);
    await dialog.waitFor({ state: 'detached' });
    await expectNoTrace(page, FAKE_KEY);
    await expectNotKept(page, FAKE_KEY, 'Order bot');
  });

  it('is copied', async () => {
    const { page } = await openBot(open, { view: on() });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const dialog = await made(page);
    await page.keyboard.press('Enter');
    await dialog.getByRole('status').getByText('Copied.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(FAKE_KEY);
    await expectNoTrace(page, FAKE_KEY);
  });

  it('is selected where the clipboard is refused', async () => {
    const { page } = await openBot(open, { view: on() });
    await page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('denied')))");
    const dialog = await made(page);
    await dialog.getByRole('button', { name: 'Copy the key' }).click();
    await dialog.getByText('It is selected: press Ctrl+C').waitFor();
    expect(await page.evaluate('getSelection().toString()')).toBe(FAKE_KEY);
  });

  it('that came too late to be shown is said to be lost, and kept nowhere', async () => {
    let answer = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { page, bridge } = await openBot(open, { view: on() });
    bridge.answers.createKey = async ({ name }) => {
      await waiting;
      return { ...outcome({ code: 'key-made', message: `The key “${name}” was made.`, connection: null }), key: FAKE_KEY, id: 'k-new' };
    };
    const dialog = await makeKey(page);
    await dialog.getByLabel('Whose key is it?').fill('Order bot');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    await dialog.getByText('Making it…').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    answer();
    await page.getByText('The key “Order bot” was made, but its window was closed before it could be shown. Revoke it and make another.').waitFor();
    await expectNoTrace(page, FAKE_KEY);
    await expectNotKept(page, FAKE_KEY, 'Order bot');
  });

  it('outlives a change of the tab that main wishes for', async () => {
    const { page, bridge } = await openBot(open, { view: on() });
    const dialog = await made(page);
    await bridge.tell(page, 'show', { connection: 'c-main' });
    await bridge.tell(page, 'viewChanged', on([keyView({ calls: 2_000 })]));
    expect(await dialog.getByLabel('Your new key').inputValue()).toBe(FAKE_KEY);
  });
});

describe('revoking a key', () => {
  it('says what stops working, and does it', async () => {
    const { page, bridge } = await openBot(open, { view: on([keyView({ rights: ['graph', 'token'] })]) });
    bridge.answers.revokeKey = () => {
      bridge.answers.view = () => on([]);
      return outcome({ code: 'key-revoked', message: 'The key “Order bot” opens nothing any more.', connection: null });
    };
    await page.getByRole('button', { name: 'Revoke… Order bot' }).click();
    const question = page.getByRole('alertdialog', { name: 'Revoke the key “Order bot”?' });
    const words = await question.innerText();
    expect(words).toContain('whoever holds this key can no longer call WhatsApp through Evertoken or take the token itself, for all connections.');
    expect(words).toContain('It was last used 2 minutes ago: a bot that still needs it stops working until you give it another key.');
    await question.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('status').getByText('The key “Order bot” opens nothing any more.').waitFor();
    await page.getByText('There is no key yet.').waitFor();
    expect(bridge.asked('revokeKey')).toEqual([{ id: 'k-bot' }]);
    await expectFocus(page, { words: 'Menu' });
  });

  it('is taken back by a no, and says why it could not be done', async () => {
    const { page, bridge } = await openBot(open, { view: on() });
    bridge.answers.revokeKey = () => outcome({ ok: false, code: 'storage-failed', message: 'The disk refused, so the key still opens everything.', connection: null });
    await page.getByRole('button', { name: /^Revoke/ }).click();
    const question = page.getByRole('alertdialog');
    // What a slip of the finger would press.
    await expectFocus(page, { words: 'Keep it' });
    await question.getByRole('button', { name: 'Revoke' }).click();
    await question.getByRole('alert').getByText('The disk refused').waitFor();
    await question.getByRole('button', { name: 'Keep it' }).click();
    await question.waitFor({ state: 'detached' });
    await expectFocus(page, { words: 'Revoke… Order bot' });
  });

  it('closes where the key is revoked elsewhere', async () => {
    const { page, bridge } = await openBot(open, { view: on() });
    await page.getByRole('button', { name: /^Revoke/ }).click();
    await page.getByRole('alertdialog').waitFor();
    await bridge.tell(page, 'viewChanged', on([]));
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(bridge.asked('revokeKey')).toEqual([]);
  });
});
