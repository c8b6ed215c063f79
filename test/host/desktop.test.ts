import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desktop, until } from './desktop.ts';
import { makeSample } from './sample-app.ts';

const sample = makeSample();
let desktop: Desktop;
const expectSaid = (words: string): Promise<true> => until(words, () => desktop.stdout().includes(`${words}\n`));

beforeAll(async () => {
  desktop = await sample.start({ SAMPLE_WINDOW: '0', SAMPLE_STAYS: '1' });
  await expectSaid('ready');
});
afterAll(() => sample.cleanUp());

describe('the tray', () => {
  it('shows what the app gave it', async () => {
    const { firstMadeAt, ...tray } = await desktop.tray();
    expect(firstMadeAt).toBeGreaterThan(0);
    expect(tray).toEqual({
      made: 1,
      alive: 1,
      image: join(sample.folder, 'icon.png'),
      toolTip: 'All is well',
      title: '',
      menu: [
        { id: 'status', label: 'All is well', sublabel: '', type: 'normal', enabled: false, checked: false, visible: true },
        { id: '', label: '', sublabel: '', type: 'separator', enabled: true, checked: false, visible: true },
        { id: 'open', label: 'Open', sublabel: '', type: 'normal', enabled: true, checked: false, visible: true },
        {
          id: '',
          label: 'More',
          sublabel: '',
          type: 'submenu',
          enabled: true,
          checked: false,
          visible: true,
          submenu: [
            { id: 'notify', label: 'Notify', sublabel: '', type: 'normal', enabled: true, checked: false, visible: true },
            { id: 'pause', label: 'Pause', sublabel: '', type: 'checkbox', enabled: true, checked: false, visible: true },
          ],
        },
        { id: 'quit', label: 'Quit', sublabel: '', type: 'normal', enabled: true, checked: false, visible: true },
      ],
      calls: { setImage: 0, setToolTip: 1, setContextMenu: 1 },
    });
  });

  it('is clicked, and so is its menu, down to a checkbox', async () => {
    await desktop.clickTray();
    await expectSaid('tray clicked');
    await desktop.clickMenu('Pause');
    await expectSaid('pause true');
    await desktop.clickMenu('pause');
    await expectSaid('pause false');
  });

  it('refuses the click that an owner could not make', async () => {
    await expect(desktop.clickMenu('status')).rejects.toThrow("The line 'status' of the tray menu cannot be clicked.");
    await expect(desktop.clickMenu('nothing')).rejects.toThrow("The tray menu has no line 'nothing'.");
  });
});

describe('notifications', () => {
  it('are shown, clicked, acted on and closed', async () => {
    await desktop.clickMenu('notify');
    await expectSaid('note show');
    const [note] = await desktop.notifications();
    expect(note).toMatchObject({ index: 0, title: 'Token', body: 'It ends soon', actions: ['Renew'], urgency: 'normal', silent: false, state: 'shown' });
    expect(note?.id).toMatch(/^[0-9a-f-]{36}$/);
    await desktop.clickNotification(0);
    await expectSaid('note click');
    await desktop.actNotification(0, 0);
    await expectSaid('note action 0 0');
    await desktop.closeNotification(0);
    await expectSaid('note close');
    expect((await desktop.notifications())[0]?.state).toBe('closed');
  });

  it('fail for as long as they are told to', async () => {
    await desktop.failNextNotifications('not signed');
    await desktop.clickMenu('notify');
    await expectSaid('note failed not signed');
    await desktop.failNextNotifications(null);
    await desktop.clickMenu('notify');
    await until('the third', async () => (await desktop.notifications())[2]?.state === 'shown');
    expect((await desktop.notifications()).map(({ state }) => state)).toEqual(['closed', 'failed', 'shown']);
  });
});

describe('the system around the app', () => {
  it('wakes up, without a network', async () => {
    await desktop.setOnline(false);
    await desktop.emitPower('resume');
    await expectSaid('resume false false');
    await desktop.setOnline(true);
    await desktop.emitPower('resume');
    await expectSaid('resume true true');
  });

  it('turns dark', async () => {
    await desktop.setDark(true);
    await expectSaid('dark true');
  });

  it('starts the app with the session, opens addresses and lets files be chosen', async () => {
    expect(await desktop.loginItem()).toEqual({ openAtLogin: true });
    await desktop.clickMenu('open');
    const page = await desktop.page();
    type Sample = { sample: { call(channel: string, ...args: unknown[]): Promise<unknown> } };
    const call = (channel: string, ...args: string[]): Promise<unknown> => page.evaluate(([name = '', ...rest]) => (globalThis as unknown as Sample).sample.call(name, ...rest), [channel, ...args]);
    await call('browse', 'https://business.facebook.com/');
    expect(await desktop.opened()).toEqual(['https://business.facebook.com/']);
    await desktop.answerOpenDialog(['/tmp/.env']);
    expect(await call('choose')).toEqual(['/tmp/.env']);
    expect(await call('choose')).toEqual([]);
    expect(await page.evaluate(() => (globalThis as unknown as { matchMedia(query: string): { matches: boolean } }).matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  });

  it('sees each request that goes elsewhere, and whether the app stopped it', async () => {
    const page = await desktop.page();
    const failed = page.waitForEvent('requestfailed');
    await page.evaluate(() => Object.assign((globalThis as unknown as { location: object }).location, { href: 'https://elsewhere.example/allowed' }));
    expect((await failed).failure()?.errorText).toBe('net::ERR_BLOCKED_BY_CLIENT');
    expect(await desktop.outgoing()).toEqual([{ url: 'https://elsewhere.example/allowed', type: 'document', cancelled: true }]);
  });
});

describe('a window', () => {
  it('closes at the owner’s click and can be opened again', async () => {
    await desktop.closeWindow();
    await expectSaid('closed');
    await expectSaid('window-all-closed');
    expect((await desktop.windows()).map(({ destroyed }) => destroyed)).toEqual([true]);
    await desktop.clickMenu('open');
    const page = await desktop.page();
    expect(await page.locator('main').textContent()).toBe('hello');
    expect((await desktop.windows()).map(({ destroyed, visible }) => ({ destroyed, visible }))).toEqual([
      { destroyed: true, visible: false },
      { destroyed: false, visible: true },
    ]);
  });
});
