import type { Page } from 'playwright-core';
import { alertView, connectionView, outcome } from '../fakes/keeper.ts';
import type { OpenOptions } from './open-window.ts';
import { crowd, EACH_LOOK, EACH_STANDING, EVENTS, keyView, LISTENING, OFFERING, windowView } from './views.ts';

/** A screen or state of the window: how to come there. */
export interface Screen {
  readonly options: OpenOptions;
  readonly arrive: (page: Page) => Promise<unknown>;
}

const LONG = 'Restaurant “Zur alten Mühle am Stadtpark”, branch Nord';
const never = <Answer>(): Promise<Answer> => new Promise(() => undefined);
const card = (page: Page): Promise<unknown> => page.locator('article').first().waitFor();
const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name }).first().click();

const OTHER_KEY = keyView({ id: 'k-other', name: 'Dashboard of the accountant', rights: ['status', 'refresh'], connections: ['c-main'], lastUsedAt: null, calls: 0, renewals: 0, errors: 0 });
const BOTS = windowView([EACH_LOOK.healthy, { ...EACH_LOOK.soon, label: LONG }], {}, {}, { gateway: { ...LISTENING, keys: [keyView(), OTHER_KEY] }, deliveries: [...Object.values(EACH_STANDING), { ...EACH_STANDING.done, id: 'd-other', connection: 'c-soon' }] });
const bot = async (page: Page): Promise<void> => {
  await page.getByRole('tab', { name: 'Your bot' }).click();
  await page.getByRole('heading', { name: 'Gateway', exact: true }).waitFor();
};
const botDialog = (name: string | RegExp) => async (page: Page): Promise<void> => {
  await bot(page);
  await press(page, name);
  await page.locator('.dialog').waitFor();
};

/** Every screen and state, by a name that fits a file. */
export const SCREENS: Readonly<Record<string, Screen>> = {
  ...Object.fromEntries(Object.entries(EACH_LOOK).map(([look, connection]) => [`look-${look}`, { options: { view: windowView([connection]) }, arrive: card }])),
  'first-sight': { options: { view: windowView([]), prepare: (bridge) => void (bridge.answers.view = () => never()) }, arrive: (page) => page.getByText('Looking how').waitFor() },
  'no-answer': {
    options: {
      view: windowView([]),
      prepare: (bridge) => {
        bridge.answers.view = () => {
          throw new Error('refused');
        };
      },
    },
    arrive: (page) => page.getByRole('button', { name: 'Try again' }).waitFor(),
  },
  'no-bridge': { options: { view: windowView([]), withBridge: false }, arrive: (page) => page.getByText('opens with a link from Evertoken').waitFor() },
  'set-up': { options: { view: windowView([]) }, arrive: (page) => page.getByRole('heading', { name: 'Connect your bot’s token' }).waitFor() },
  'set-up-more': { options: { view: windowView([]) }, arrive: (page) => page.getByText('More: app id').click() },
  'set-up-refused': {
    options: { view: windowView([]), prepare: (bridge) => void (bridge.answers.connect = () => outcome({ ok: false, code: 'expired', connection: null, message: 'The token has expired. Make a new token, best a System User token (https://business.facebook.com/settings/system-users), and paste it into Evertoken. Nothing was changed.' })) },
    arrive: async (page) => {
      await page.getByLabel('Paste your access token').fill('EAAGm0PX4ZCpsBAFakeForThePicture');
      await press(page, 'Connect');
      await page.getByText('Nothing was changed.').waitFor();
    },
  },
  'set-up-waiting': {
    options: { view: windowView([]), prepare: (bridge) => void (bridge.answers.connect = () => never()) },
    arrive: async (page) => {
      await page.locator('textarea').first().fill('EAAGm0PX4ZCpsBAFakeForThePicture');
      await press(page, 'Connect');
      await page.getByText('Asking Meta whose token this is').waitFor();
    },
  },
  'add-dialog': {
    options: { view: windowView([EACH_LOOK.healthy]) },
    arrive: async (page) => {
      await press(page, 'Menu');
      await page.getByRole('menuitem', { name: 'Add a connection…' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  menu: {
    options: { view: windowView([EACH_LOOK.healthy], { notificationsPausedUntil: '2030-01-01T13:00:00.000Z' }) },
    arrive: async (page) => {
      await press(page, 'Menu');
      await page.getByRole('menu').waitFor();
    },
  },
  'several-and-banners': {
    options: {
      view: windowView(
        [EACH_LOOK.healthy, { ...EACH_LOOK.broken, label: LONG, alerts: [alertView({ id: 'c-broken/expiry/token', severity: 'urgent', text: `${LONG}: The token expired on 30 December 2029 at 09:12.` })] }, EACH_LOOK.soon],
        { look: 'broken', notificationTrouble: 'The system did not show the last one.' },
        { alerts: [alertView({ id: 'app/settings', code: 'settings-broken', text: 'The settings file was damaged. It was kept as config.corrupt-2030-01-01.json. The last good copy is in use, so nothing should be missing.' })], vault: { kind: 'memory', locked: false, note: 'There is no keychain here, so tokens are kept in memory only and must be pasted again after a restart.' } },
      ),
    },
    arrive: card,
  },
  'vault-locked': {
    options: { view: windowView([EACH_LOOK.healthy], { look: 'keychain-locked' }, { vault: { kind: 'keychain', locked: true, note: 'The keychain is locked. Evertoken goes on with the tokens it holds in memory; unlock it before the next renewal.' } }) },
    arrive: card,
  },
  details: {
    options: { view: windowView([{ ...EACH_LOOK.soon, missingScopes: ['whatsapp_business_management'], alerts: [alertView({ text: 'Market stall: The token ends in 9 days and only you can replace it.' })] }]) },
    arrive: (page) => press(page, /^Details/),
  },
  numbers: { options: { view: windowView([OFFERING]) }, arrive: card },
  'number-asked': { options: { view: windowView([{ ...OFFERING, offeredNumbers: [], advice: 'Tell Evertoken the id of your phone number (WhatsApp Manager → Phone numbers → your number).' }]) }, arrive: card },
  refreshing: {
    options: { view: windowView([EACH_LOOK.urgent]), prepare: (bridge) => void (bridge.answers.refresh = () => never()) },
    arrive: async (page) => {
      await press(page, 'Refresh now');
      await page.getByText('Refreshing…').waitFor();
    },
  },
  refreshed: {
    options: { view: windowView([EACH_LOOK.healthy]) },
    arrive: async (page) => {
      await press(page, 'Refresh now');
      await page.getByText('The token was renewed.').waitFor();
    },
  },
  'refresh-failed': {
    options: {
      view: windowView([EACH_LOOK.healthy]),
      prepare: (bridge) => void (bridge.answers.refresh = () => outcome({ ok: false, code: 'unreachable', message: 'Meta gave no answer that counts, so the token in use stays.', details: ['Tried three times in 20 seconds.', 'Evertoken tries again by itself.'] })),
    },
    arrive: async (page) => {
      await press(page, 'Refresh now');
      await page.getByText('Tried three times').waitFor();
    },
  },
  replace: { options: { view: windowView([EACH_LOOK.broken]) }, arrive: (page) => press(page, 'Paste a new token') },
  'replace-app': { options: { view: windowView([EACH_LOOK.soon]) }, arrive: (page) => press(page, 'Give app id and secret') },
  'replace-confirm': {
    options: {
      view: windowView([EACH_LOOK.broken]),
      prepare: (bridge) =>
        void (bridge.answers.replace = () =>
          outcome({ ok: false, code: 'confirm', connection: 'c-broken', message: 'The new token works with this number, but it differs from the one in use. Confirm to use it.', details: ['It belongs to another app: 1002 instead of 1001.', 'It ends earlier: on 3 January 2030 at 13:00.'] })),
    },
    arrive: async (page) => {
      await press(page, 'Paste a new token');
      await page.locator('textarea').first().fill('EAAGm0PX4ZCpsBAFakeForThePicture');
      await press(page, 'Use this token');
      await page.getByText('It belongs to another app').waitFor();
    },
  },
  remove: { options: { view: windowView([EACH_LOOK.healthy]) }, arrive: (page) => press(page, 'Remove…') },
  events: {
    options: { view: windowView([EACH_LOOK.healthy, EACH_LOOK.broken]), prepare: (bridge) => void (bridge.answers.history = () => EVENTS) },
    arrive: async (page) => {
      await page.getByRole('tab', { name: 'Recent events' }).click();
      await page.getByText('The token was renewed').waitFor();
    },
  },
  'bot-nothing-yet': { options: { view: windowView([EACH_LOOK.healthy]) }, arrive: bot },
  bot: { options: { view: BOTS }, arrive: bot },
  'bot-on-cards': { options: { view: BOTS }, arrive: card },
  'bot-browser': { options: { view: { ...BOTS, app: { ...BOTS.app, surface: 'browser' }, gateway: { ...BOTS.gateway, canChange: false } } }, arrive: bot },
  'bot-trouble': {
    options: {
      view: windowView([EACH_LOOK.healthy], {}, {}, { gateway: { ...LISTENING, address: null, trouble: 'Port 28743 of this computer is in use by another program. Close that program, or choose another port.' } }),
    },
    arrive: async (page) => {
      await bot(page);
      await page.getByLabel('Port', { exact: true }).fill('99999');
      await press(page, 'Use this port');
      await page.getByText('A port is a whole number').waitFor();
    },
  },
  'bot-gateway-off': {
    options: { view: BOTS },
    arrive: async (page) => {
      await bot(page);
      await page.getByRole('switch').click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  'bot-make-key': {
    options: { view: BOTS },
    arrive: async (page) => {
      await botDialog('Make a key…')(page);
      await page.getByLabel('Only these:').check();
    },
  },
  'bot-make-key-refused': {
    options: { view: windowView([EACH_LOOK.healthy]) },
    arrive: async (page) => {
      await botDialog('Make a key…')(page);
      await press(page, 'Make the key');
      await page.getByText('Give the key a name').waitFor();
    },
  },
  'bot-key-once': {
    options: { view: BOTS },
    arrive: async (page) => {
      await botDialog('Make a key…')(page);
      await page.getByLabel('Whose key is it?').fill('Order bot');
      await press(page, 'Make the key');
      await press(page, 'Copy the key');
      await page.getByText(/Copied|selected/).waitFor();
    },
  },
  'bot-revoke-key': { options: { view: BOTS }, arrive: botDialog(/^Revoke…/) },
  'bot-add-file': { options: { view: BOTS }, arrive: botDialog('Add a file…') },
  'bot-add-path': { options: { view: { ...BOTS, app: { ...BOTS.app, surface: 'browser' } } }, arrive: botDialog('Add a file…') },
  'bot-command': { options: { view: BOTS }, arrive: botDialog('Change the command…') },
  'bot-overwrite': { options: { view: BOTS }, arrive: botDialog('Write Evertoken’s token over it…') },
  'bot-remove-delivery': {
    options: { view: BOTS },
    arrive: async (page) => {
      await bot(page);
      await page.getByRole('article').getByRole('button', { name: 'Remove…' }).first().click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  'bot-crowd': { options: { view: windowView(crowd(30), { look: 'broken' }, {}, { gateway: LISTENING, deliveries: crowd(30).slice(0, 6).map(({ id }, index) => ({ ...(index === 2 ? EACH_STANDING.failed : EACH_STANDING.done), id: `d-${id}`, connection: id })) }) }, arrive: bot },
  'bot-narrow': { options: { view: BOTS, look: { viewport: { width: 360, height: 680 } } }, arrive: bot },
  'bot-narrow-dialog': { options: { view: BOTS, look: { viewport: { width: 360, height: 680 } } }, arrive: botDialog('Make a key…') },
  crowd: { options: { view: windowView(crowd(12), { look: 'broken' }) }, arrive: card },
  narrow: { options: { view: windowView([EACH_LOOK.urgent, { ...connectionView(), label: LONG }]), look: { viewport: { width: 420, height: 680 } } }, arrive: card },
  'narrow-set-up': { options: { view: windowView([]), look: { viewport: { width: 420, height: 680 } } }, arrive: (page) => page.getByText('More: app id').click() },
};
