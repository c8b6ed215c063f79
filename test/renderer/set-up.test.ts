import { describe, expect, it } from 'vitest';
import { outcome } from '../fakes/keeper.ts';
import { expectFocus } from './focus.ts';
import { useWindows } from './use-windows.ts';
import { expectNoTrace, secretsIn } from './secret-traces.ts';
import { EACH_LOOK, OFFERING, windowView } from './views.ts';

const open = useWindows();

const TOKEN = 'EAAGsecretsecretsecretZDZD1234';
const SECRET = '0123456789abcdef0123456789abcdef';
const FIELD = 'Paste your access token, or everything in your bot’s .env file';
const MASK = "getComputedStyle(document.querySelector('textarea')).webkitTextSecurity";

describe('set-up', () => {
  it('is the home as long as nothing is connected, with the focus in its field', async () => {
    const { page } = await open({ view: windowView([]) });
    await page.getByRole('heading', { name: 'Connect your bot’s token' }).waitFor();
    expect(await page.getByRole('tab').count()).toBe(0);
    await expectFocus(page, { name: 'token' });
    await page.getByText('It stays on this computer, in your system’s keychain, and is sent to nobody but Meta.').waitFor();
  });

  it('sends everything that was given, clears it, and shows the new connection with what came of it', async () => {
    let answer = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { page, bridge } = await open({ view: windowView([]) });
    bridge.answers.connect = async () => {
      await waiting;
      bridge.answers.view = () => windowView([OFFERING]);
      return outcome({ code: 'connected', message: '“Main shop” is connected.', details: ['The token had quotes around it; they were left out.'] });
    };
    await page.getByLabel(FIELD).fill(` "${TOKEN}" `);
    await page.getByText('More: app id and secret').click();
    await page.getByLabel('App id', { exact: true }).fill('1001');
    await page.getByLabel('App secret', { exact: true }).fill(SECRET);
    await page.getByLabel('Name for this connection').fill('Main shop');
    await page.getByLabel('Phone number id').fill('2001');
    await page.getByLabel('WhatsApp Business account id').fill('3001');
    await expectNoTrace(page, TOKEN);
    await expectNoTrace(page, SECRET);
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('Asking Meta whose token this is…').waitFor();
    expect(await page.getByRole('button', { name: 'Choose .env file…' }).isDisabled()).toBe(true);
    await page.keyboard.press('Enter');
    answer();
    const card = page.getByRole('article', { name: 'Main shop' });
    await card.getByText('“Main shop” is connected.').waitFor();
    await card.getByText('The token had quotes around it; they were left out.').waitFor();
    await card.getByRole('button', { name: '+1 555 0111' }).waitFor();
    await expectFocus(page, { id: 'connection-c-main' });
    expect(bridge.asked('connect')).toEqual([{ token: `"${TOKEN}"`, label: 'Main shop', appId: '1001', appSecret: SECRET, phoneNumberId: '2001', wabaId: '3001' }]);
    await expectNoTrace(page, TOKEN);
    await expectNoTrace(page, SECRET);
  });

  it('keeps what was pasted, still masked, where main refuses it, and says why next to it', async () => {
    const { page, bridge } = await open({ view: windowView([]) });
    bridge.answers.connect = () => outcome({ ok: false, code: 'expired', connection: null, message: 'The token has expired. Nothing was changed.', details: ['One detail.'] });
    const field = page.getByLabel(FIELD);
    await field.fill(TOKEN);
    await page.getByRole('button', { name: 'Connect', exact: true }).press('Enter');
    const alert = page.getByRole('alert');
    await alert.getByText('The token has expired. Nothing was changed.').waitFor();
    await alert.getByText('One detail.').waitFor();
    expect(await secretsIn(page)).toEqual([TOKEN, '']);
    expect(await page.evaluate(MASK)).toBe('disc');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate("document.getElementById(document.querySelector('textarea').getAttribute('aria-describedby')).textContent")).toContain('The token has expired.');
    // The focus stays where the owner was.
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Connect');
    await expectNoTrace(page, TOKEN);

    bridge.answers.connect = () => outcome({ code: 'connected', message: 'Connected.', connection: null });
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('Connected.').waitFor();
    expect(await secretsIn(page)).toEqual(['', '']);
    expect(await alert.innerText()).toBe('');
    expect(bridge.asked('connect')).toHaveLength(2);
  });

  it('shows what was pasted only while the owner asks for it', async () => {
    const { page } = await open({ view: windowView([]) });
    const field = page.getByLabel(FIELD);
    const mask = (): Promise<unknown> => page.evaluate(MASK);
    await field.waitFor();
    expect(await mask()).toBe('disc');
    await page.getByRole('button', { name: 'Show the token' }).click();
    expect(await mask()).toBe('none');
    await page.getByRole('button', { name: 'Hide the token' }).click();
    expect(await mask()).toBe('disc');
    expect(await field.getAttribute('autocomplete')).toBe('off');
    expect(await field.getAttribute('spellcheck')).toBe('false');
  });

  it('takes a whole .env, line breaks and all', async () => {
    const { page, bridge } = await open({ view: windowView([]) });
    await page.getByLabel(FIELD).fill(`WHATSAPP_ACCESS_TOKEN=${TOKEN}\nFACEBOOK_APP_ID=1001\n`);
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('Connected.').waitFor();
    expect(bridge.asked('connect')).toMatchObject([{ token: `WHATSAPP_ACCESS_TOKEN=${TOKEN}\nFACEBOOK_APP_ID=1001`, appId: null, appSecret: null, label: null }]);
  });

  it('asks for nothing where nothing was pasted', async () => {
    const { page, bridge } = await open({ view: windowView([]) });
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    expect(await page.getByRole('alert').innerText()).toBe('Paste your token here first, or choose your bot’s .env file.');
    expect(bridge.asked('connect')).toEqual([]);
  });

  it('lets the owner choose a file, says what is wrong with it, and is silent where they thought better of it', async () => {
    const { page, bridge } = await open({ view: windowView([]) });
    const choose = page.getByRole('button', { name: 'Choose .env file…' });
    bridge.answers.importEnvFile = () => outcome({ ok: false, code: 'no-token', connection: null, message: 'There is no WHATSAPP_ACCESS_TOKEN in this file.' });
    await choose.click();
    await page.getByRole('alert').getByText('There is no WHATSAPP_ACCESS_TOKEN in this file.').waitFor();
    bridge.answers.importEnvFile = () => outcome({ ok: false, code: 'cancelled', connection: null, message: 'No file was chosen.' });
    await choose.click();
    await expect.poll(() => page.evaluate("[document.querySelector('form').ariaBusy, document.querySelector('[role=alert]').textContent]")).toEqual(['false', '']);
    bridge.answers.importEnvFile = () => {
      bridge.answers.view = () => windowView([EACH_LOOK.healthy]);
      return outcome({ code: 'connected', message: 'Connected from the file.' });
    };
    await choose.click();
    await page.getByRole('article').getByText('Connected from the file.').waitFor();
    expect(bridge.asked('importEnvFile')).toEqual([{}, {}, {}]);
  });

  it('says a sentence where main refused the call, and keeps what was pasted', async () => {
    const { page, bridge } = await open({ view: windowView([]) });
    bridge.answers.connect = () => {
      throw new Error(`invalid: ${TOKEN}`);
    };
    await page.getByLabel(FIELD).fill(TOKEN);
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('alert').getByText('Evertoken gave no answer to this.').waitFor();
    expect(await secretsIn(page)).toEqual([TOKEN, '']);
    await expectNoTrace(page, TOKEN);
  });

  it('is a dialog where something is connected already; what comes after it was closed is still told', async () => {
    let answer = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.healthy]) });
    bridge.answers.connect = async () => {
      await waiting;
      return outcome({ ok: false, code: 'unreachable', connection: null, message: 'Meta gave no answer that counts.' });
    };
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitem', { name: 'Add a connection…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a connection' });
    await dialog.getByLabel(FIELD).fill(TOKEN);
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.getByText('Asking Meta whose token this is…').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    answer();
    await page.getByText('Meta gave no answer that counts.').waitFor();
    await expectNoTrace(page, TOKEN);
  });
});
