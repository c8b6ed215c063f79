import { describe, expect, it } from 'vitest';
import { outcome } from '../fakes/keeper.ts';
import { expectFocus } from './focus.ts';
import { useWindows } from './use-windows.ts';
import { expectNoTrace, secretsIn } from './secret-traces.ts';
import { EACH_LOOK, windowView } from './views.ts';

const open = useWindows();

const TOKEN = 'EAAGreplacementreplacementZD99';
const SECRET = 'fedcba9876543210fedcba9876543210';
const QUESTION = outcome({ ok: false, code: 'confirm', connection: 'c-broken', message: 'The new token works with this number, but it differs from the one in use. Confirm to use it.', details: ['It belongs to another app.', 'It ends earlier.'] });

describe('replacing a token', () => {
  it('puts a token in the place of a dead one', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.broken]) });
    bridge.answers.replace = () => outcome({ code: 'replaced', message: 'The new token is in use.', connection: 'c-broken', details: ['It never expires.'] });
    await page.getByRole('button', { name: 'Paste a new token' }).click();
    await page.getByLabel('Paste the new access token').fill(TOKEN);
    await page.getByRole('button', { name: 'Use this token' }).click();
    const card = page.getByRole('article', { name: 'Flower shop' });
    await card.getByText('It never expires.').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(bridge.asked('replace')).toEqual([{ connection: 'c-broken', token: TOKEN, app: null }]);
    await expectFocus(page, { words: 'Paste a new token' });
    await expectNoTrace(page, TOKEN);
  });

  it('asks back where the token differs; the token crosses once, and a yes carries none', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.broken]) });
    bridge.answers.replace = () => QUESTION;
    bridge.answers.confirmReplace = () => outcome({ ok: false, code: 'keychain-locked', connection: 'c-broken', message: 'The keychain is locked.' });
    await page.getByRole('button', { name: 'Paste a new token' }).click();
    await page.getByLabel('Paste the new access token').fill(TOKEN);
    await page.getByRole('button', { name: 'Use this token' }).click();
    const dialog = page.getByRole('dialog', { name: 'Use this token?' });
    await dialog.getByText(QUESTION.message).waitFor();
    expect(await dialog.getByRole('listitem').allInnerTexts()).toEqual(QUESTION.details);
    expect(await secretsIn(page)).toEqual([]);
    await expectNoTrace(page, TOKEN);
    // What a slip of the finger would press.
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Cancel');

    await dialog.getByRole('button', { name: 'Use it anyway' }).click();
    await dialog.getByRole('alert').getByText('The keychain is locked.').waitFor();
    bridge.answers.confirmReplace = () => outcome({ code: 'replaced', message: 'The new token is in use.', connection: 'c-broken' });
    await dialog.getByRole('button', { name: 'Use it anyway' }).click();
    await page.getByRole('article').getByText('The new token is in use.').waitFor();
    expect(bridge.calls.filter(({ request }) => JSON.stringify(request).includes(TOKEN)).map(({ channel }) => channel)).toEqual(['replace']);
    expect(bridge.asked('confirmReplace')).toEqual([{ connection: 'c-broken' }, { connection: 'c-broken' }]);
  });

  it('changes nothing where the owner says no', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.broken]) });
    bridge.answers.replace = () => QUESTION;
    await page.getByRole('button', { name: 'Paste a new token' }).click();
    await page.getByLabel('Paste the new access token').fill(TOKEN);
    await page.getByRole('button', { name: 'Use this token' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(bridge.asked('confirmReplace')).toEqual([]);
    // Main need not hold it any longer.
    expect(bridge.asked('forgetReplace')).toHaveLength(1);
  });

  it('keeps what was pasted where main refuses it', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.healthy]) });
    bridge.answers.replace = () => outcome({ ok: false, code: 'wrong-app', message: 'This token belongs to another app.' });
    await page.getByRole('button', { name: 'Replace…' }).click();
    await page.getByLabel('Paste the new access token').fill(TOKEN);
    await page.getByRole('button', { name: 'Use this token' }).click();
    await page.getByRole('alert').getByText('This token belongs to another app.').waitFor();
    expect(await secretsIn(page)).toEqual([TOKEN, '']);
    await expectNoTrace(page, TOKEN);
  });

  it('takes app id and secret alone, for a token that lacks nothing else', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.soon]) });
    await page.getByRole('button', { name: 'Give app id and secret' }).click();
    const dialog = page.getByRole('dialog', { name: 'App id and secret for “Market stall”' });
    expect(await dialog.getByLabel('App id', { exact: true }).inputValue()).toBe('1001');
    // The focus is where the secret belongs, and Enter sends.
    await page.keyboard.type(SECRET);
    await expectNoTrace(page, SECRET);
    await page.keyboard.press('Enter');
    await page.getByRole('article').getByText('The new token is in use.').waitFor();
    expect(bridge.asked('replace')).toEqual([{ connection: 'c-soon', token: null, app: { appId: '1001', appSecret: SECRET } }]);
  });

  it.each([
    ['nothing', '', '1001', '', 'Paste a token first, or give the app id and the app secret.'],
    ['a secret without an id', TOKEN, '', SECRET, 'Give the app id together with the app secret.'],
    ['another id without its secret', TOKEN, '1002', '', 'Give the app secret together with the app id.'],
  ])('does not send %s', async (_what, token, appId, appSecret, sentence) => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.healthy]) });
    await page.getByRole('button', { name: 'Replace…' }).click();
    await page.getByText('App id and secret', { exact: true }).click();
    await page.getByLabel('Paste the new access token').fill(token);
    await page.getByLabel('App id', { exact: true }).fill(appId);
    await page.getByLabel('App secret', { exact: true }).fill(appSecret);
    await page.getByRole('button', { name: 'Use this token' }).click();
    expect(await page.getByRole('alert').innerText()).toBe(sentence);
    expect(bridge.asked('replace')).toEqual([]);
    expect(await secretsIn(page)).toEqual([token, appSecret]);
  });
});

describe('removing a connection', () => {
  it('says what it means, and does it', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.healthy, EACH_LOOK.soon]) });
    bridge.answers.remove = () => {
      bridge.answers.view = () => windowView([EACH_LOOK.soon]);
      return outcome({ code: 'removed', message: '“Main shop” was removed.' });
    };
    await page.getByRole('article', { name: 'Main shop' }).getByRole('button', { name: 'Remove…' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Remove “Main shop”?' });
    expect(await dialog.innerText()).toContain('Evertoken forgets this connection and erases its token and app secret from this computer.');
    expect(await dialog.innerText()).toContain('At Meta nothing changes');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('“Main shop” was removed.').waitFor();
    await page.getByRole('article', { name: 'Main shop' }).waitFor({ state: 'detached' });
    expect(bridge.asked('remove')).toEqual([{ connection: 'c-main' }]);
    // Its button is gone, so the focus goes to what is always there.
    await expectFocus(page, { words: 'Menu' });
  });

  it('says why it could not, and leaves it', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.healthy]) });
    bridge.answers.remove = () => outcome({ ok: false, code: 'keychain-locked', message: 'The keychain is locked, so the secrets cannot be erased.' });
    await page.getByRole('button', { name: 'Remove…' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('alert').getByText('The keychain is locked, so the secrets cannot be erased.').waitFor();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(await page.getByRole('article').count()).toBe(1);
    await expectFocus(page, { words: 'Remove…' });
  });

  it('closes where the connection is removed elsewhere', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.healthy, EACH_LOOK.soon]) });
    await page.getByRole('article', { name: 'Main shop' }).getByRole('button', { name: 'Remove…' }).click();
    await page.getByRole('alertdialog').waitFor();
    await bridge.tell(page, 'viewChanged', windowView([EACH_LOOK.soon]));
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    // It does not come back with the connection.
    await bridge.tell(page, 'viewChanged', windowView([EACH_LOOK.healthy, EACH_LOOK.soon]));
    await page.getByRole('article', { name: 'Main shop' }).waitFor();
    expect(await page.getByRole('alertdialog').count()).toBe(0);
  });
});
