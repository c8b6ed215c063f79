import { describe, expect, it } from 'vitest';
import { outcome } from '../fakes/keeper.ts';
import { expectFocus } from './focus.ts';
import { openBot } from './open-bot.ts';
import { useWindows } from './use-windows.ts';
import { EACH_LOOK, keyView, LISTENING, windowView } from './views.ts';

const open = useWindows();

const TAKEN = 'Port 28743 of this computer is in use by another program. Close that program, or choose another port.';
const shop = [EACH_LOOK.healthy];
const on = (change = {}): ReturnType<typeof windowView> => windowView(shop, {}, {}, { gateway: { ...LISTENING, ...change } });

describe('the two ways', () => {
  it('are explained in two sentences each, the better one first', async () => {
    const { page } = await openBot(open, { view: windowView(shop) });
    const doors = page.getByRole('region', { name: 'Two ways for your bot to get the fresh token' }).getByRole('listitem');
    expect(await doors.getByRole('heading').allTextContents()).toEqual(['Through Evertoken’s gateway best', 'In its .env file']);
    for (const words of await doors.locator('p').allInnerTexts()) expect(words.match(/\.(?: |$)/g)).toHaveLength(2);
  });
});

describe('the gateway', () => {
  it('is turned on, and says where bots reach it', async () => {
    const { page, bridge } = await openBot(open, { view: windowView(shop) });
    bridge.answers.setGateway = () => {
      bridge.answers.view = () => on();
      return outcome({ code: 'gateway-on', message: 'The gateway listens on port 28743 of this computer.', connection: null });
    };
    const gateway = page.getByRole('region', { name: 'Gateway', exact: true });
    await gateway.getByText('It is off. No bot can reach Evertoken until you turn it on.').waitFor();
    const toggle = gateway.getByRole('switch', { name: 'Let bots use the gateway' });
    expect(await toggle.getAttribute('aria-checked')).toBe('false');
    await toggle.click();
    await gateway.getByRole('status').getByText('The gateway listens on port 28743').waitFor();
    await gateway.getByText('http://127.0.0.1:28743', { exact: true }).first().waitFor();
    expect(await toggle.getAttribute('aria-checked')).toBe('true');
    expect(bridge.asked('setGateway')).toEqual([{ enabled: true, port: 28_743 }]);
  });

  it('is turned off at once while nobody has a key, else after a question that says what stops', async () => {
    const { page, bridge } = await openBot(open, { view: on() });
    await page.getByRole('switch').click();
    await page.getByText('The gateway is off.').waitFor();
    expect(bridge.asked('setGateway')).toEqual([{ enabled: false, port: 28_743 }]);

    await bridge.tell(page, 'viewChanged', on({ keys: [keyView()] }));
    await page.getByRole('heading', { name: 'Order bot' }).waitFor();
    await page.getByRole('switch').click();
    const question = page.getByRole('alertdialog', { name: 'Turn the gateway off?' });
    expect(await question.innerText()).toContain('Every bot that calls WhatsApp through Evertoken stops sending and receiving at once');
    await question.getByRole('button', { name: 'Leave it on' }).click();
    await question.waitFor({ state: 'detached' });
    expect(bridge.asked('setGateway')).toHaveLength(1);
    await expect.poll(() => page.evaluate("document.activeElement.getAttribute('role')"), { timeout: 5_000 }).toBe('switch');
    await page.getByRole('switch').click();
    await question.getByRole('button', { name: 'Turn it off' }).click();
    await question.waitFor({ state: 'detached' });
    expect(bridge.asked('setGateway')).toHaveLength(2);
  });

  it('says why it does not listen, once', async () => {
    const { page, bridge } = await openBot(open, { view: windowView(shop) });
    bridge.answers.setGateway = () => {
      bridge.answers.view = () => on({ address: null, trouble: TAKEN });
      return outcome({ ok: false, code: 'gateway-trouble', message: `${TAKEN} Evertoken tries again every minute.`, connection: null });
    };
    await page.getByRole('switch').click();
    await page.getByText('Evertoken tries again every minute.').waitFor();
    await expect.poll(() => page.getByRole('switch').getAttribute('aria-checked')).toBe('true');
    expect(await page.getByText('is in use by another program').count()).toBe(1);
    // Put away, the trouble itself still stands.
    await page.getByRole('button', { name: 'Put this message away' }).click();
    await page.getByText(TAKEN, { exact: true }).waitFor();
  });

  it('is explained, not offered, where it cannot be changed', async () => {
    const { page } = await openBot(open, { view: on({ canChange: false }) });
    await page.getByText('Here the gateway is always on, because Evertoken runs as a server.').waitFor();
    expect(await page.getByRole('switch').count()).toBe(0);
    expect(await page.getByLabel('Port', { exact: true }).count()).toBe(0);
  });

  it('moves to another port, and keeps the focus', async () => {
    const { page, bridge } = await openBot(open, { view: on() });
    bridge.answers.setGateway = ({ port }) => {
      bridge.answers.view = () => on({ port, address: `http://127.0.0.1:${port}` });
      return outcome({ code: 'gateway-on', message: `The gateway listens on port ${port} of this computer.`, connection: null });
    };
    const field = page.getByLabel('Port', { exact: true });
    expect(await field.inputValue()).toBe('28743');
    await field.fill(' 3100');
    await page.getByRole('button', { name: 'Use this port' }).click();
    await page.getByText('http://127.0.0.1:3100', { exact: true }).first().waitFor();
    expect(await field.inputValue()).toBe('3100');
    await expectFocus(page, { words: 'Use this port' });
    // The same again is no change.
    await page.getByRole('button', { name: 'Use this port' }).click();
    expect(bridge.asked('setGateway')).toEqual([{ enabled: true, port: 3_100 }]);
  });

  it.each(['0', '65536', '99999', '', '28743.5', '-1', 'abc'])('does not send %j as a port', async (typed) => {
    const { page, bridge } = await openBot(open, { view: on() });
    await page.getByLabel('Port', { exact: true }).fill(typed);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('A port is a whole number from 1 to 65535.').waitFor();
    expect(await page.getByLabel('Port', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    expect(bridge.asked('setGateway')).toEqual([]);
  });

  it('shows what to set in the bot of each connection', async () => {
    const { page, bridge } = await openBot(open, { view: windowView([EACH_LOOK.healthy, EACH_LOOK.soon], {}, {}, { gateway: { ...LISTENING, keys: [keyView({ connections: ['c-main'] }), keyView({ id: 'k-2', name: 'Reader', rights: ['status'] })] } }) });
    const main = page.getByRole('article', { name: 'Main shop' });
    await main.getByText('http://127.0.0.1:28743/graph/c-main', { exact: true }).first().waitFor();
    await main.getByText('A key in its place: that of “Order bot”.').waitFor();
    const other = page.getByRole('article', { name: 'Market stall' });
    await other.getByText('http://127.0.0.1:28743/graph/c-soon', { exact: true }).first().waitFor();
    await other.getByText('No key opens this connection yet').waitFor();
    await bridge.tell(page, 'viewChanged', windowView([EACH_LOOK.healthy]));
    await main.getByText('The gateway is off. Turn it on above').waitFor();
    expect(await page.getByText('127.0.0.1').count()).toBe(0);
  });
});

describe('an address', () => {
  it('is copied', async () => {
    const { page } = await openBot(open, { view: on() });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy http://127.0.0.1:28743/graph/c-main' }).click();
    await page.getByRole('status').getByText('Copied.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('http://127.0.0.1:28743/graph/c-main');
  });

  it.each([
    ['refuses', "navigator.clipboard.writeText = () => Promise.reject(new Error('denied'))"],
    ['is not there', "Object.defineProperty(navigator, 'clipboard', { value: undefined })"],
  ])('is selected where the clipboard %s', async (_what, fault) => {
    const { page } = await openBot(open, { view: on() });
    await page.evaluate(`void (${fault})`);
    await page.getByRole('button', { name: 'Copy http://127.0.0.1:28743/graph/c-main' }).click();
    await page.getByText('It is selected: press Ctrl+C, or ⌘C on a Mac, to copy it.').waitFor();
    expect(await page.evaluate('getSelection().toString()')).toBe('http://127.0.0.1:28743/graph/c-main');
  });
});
