import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { alertView, outcome } from '../fakes/keeper.ts';
import { expectFocus } from './focus.ts';
import { useWindows } from './use-windows.ts';
import { EACH_LOOK, NEW_TOKEN, OFFERING, windowView } from './views.ts';

const open = useWindows();

const CASES = [
  ['healthy', 'tick', 'Working', 'Refresh now', 'refresh', null],
  ['soon', 'clock', 'Needs you soon', 'Give app id and secret', null, '15'],
  ['urgent', 'exclamation', 'Act now', 'Paste a new token', null, '4'],
  ['broken', 'cross', 'Cannot send', 'Paste a new token', null, null],
  ['unreachable', 'waves', 'No answer', 'Check now', 'check', '60'],
  ['keychain-locked', 'padlock', 'Keychain locked', 'I have unlocked it', 'check', null],
  ['checking', 'dots', 'Checking', 'Check now', 'check', null],
  ['needs-set-up', 'plug', 'Not set up', 'Paste a token', null, null],
] as const;

const fact = (card: Locator, term: string): Promise<string> => card.locator('.fact', { has: card.page().getByText(term, { exact: true }) }).locator('dd').innerText();

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

describe('a card', () => {
  it.each(CASES)('%s: glyph, word, sentence, advice and the button that helps', async (look, glyph, word, primary, channel, ring) => {
    const connection = EACH_LOOK[look];
    const { page, bridge } = await open({ view: windowView([connection]) });
    const card = page.getByRole('article', { name: connection.label });
    expect(await card.locator('.badge [data-glyph]').getAttribute('data-glyph')).toBe(glyph);
    expect(await card.locator('.badge').getAttribute('data-ring')).toBe(ring);
    expect(await card.locator('.pill').innerText()).toBe(word);
    expect(await card.locator('.card-reason').innerText()).toBe(connection.reasons[0]);
    const advice = card.locator('.card-advice');
    if (look === 'healthy') expect(await advice.count()).toBe(0);
    else expect((await advice.innerText()).replaceAll(/\s+/g, ' ')).toBe(connection.advice.replaceAll('https://', ''));
    const button = card.getByRole('group').getByRole('button').first();
    expect(await button.innerText()).toBe(primary);
    await button.click();
    if (channel === null) {
      await page.getByRole('dialog', { name: `${look === 'soon' ? 'App id and secret' : 'New token'} for “${connection.label}”` }).waitFor();
    } else {
      await card.getByRole('status').filter({ hasText: 'The token' }).waitFor();
      expect(bridge.asked(channel)).toEqual([{ connection: connection.id }]);
    }
  });

  it('offers nothing that cannot help where there is no token yet', async () => {
    const { page } = await open({ view: windowView([EACH_LOOK['needs-set-up']]) });
    expect(await page.getByRole('article').getByRole('group').getByRole('button').allInnerTexts()).toEqual(['Paste a token', 'Remove…']);
  });

  it('shows what the owner asked for, then its outcome with all details, until it is put away', async () => {
    let answer = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.healthy]) });
    bridge.answers.refresh = async () => {
      await waiting;
      return outcome({ ok: false, code: 'unreachable', message: 'Meta gave no answer.', details: ['First detail.', 'Second detail.'] });
    };
    const card = page.getByRole('article');
    const refresh = card.getByRole('button', { name: 'Refresh now' });
    await refresh.click();
    await card.getByText('Refreshing…').waitFor();
    expect(await card.getAttribute('aria-busy')).toBe('true');
    expect(await refresh.getAttribute('aria-busy')).toBe('true');
    expect(await card.getByRole('button', { name: 'Remove…' }).isDisabled()).toBe(true);
    // Pressed again it does nothing, and it kept the focus.
    await page.keyboard.press('Enter');
    answer();
    await card.getByText('Second detail.').waitFor();
    expect(bridge.asked('refresh')).toHaveLength(1);
    expect(lines(await card.getByRole('status').innerText())).toEqual(['Meta gave no answer.', 'First detail.', 'Second detail.']);
    expect(await card.getAttribute('aria-busy')).toBe('false');
    await card.getByRole('button', { name: 'Put this message away' }).click();
    expect(await card.getByRole('status').innerText()).toBe('');
  });

  it('is at rest while main is busy with it, and says so', async () => {
    const view = windowView([EACH_LOOK.healthy, EACH_LOOK.soon]);
    const { page } = await open({ view: { ...view, busy: ['c-main'] } });
    const card = page.getByRole('article', { name: 'Main shop' });
    await card.getByText('Evertoken is at work on this…').waitFor();
    expect(await card.getByRole('button', { name: 'Refresh now' }).isDisabled()).toBe(true);
    expect(await page.getByRole('article', { name: 'Market stall' }).getByRole('button', { name: 'Refresh now' }).isDisabled()).toBe(false);
  });

  it('says a sentence where main refused the call', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.healthy]) });
    bridge.answers.check = () => {
      throw new Error('secret trace');
    };
    const card = page.getByRole('article');
    await card.getByRole('button', { name: 'Check now' }).click();
    await card.getByText('Evertoken gave no answer to this.').waitFor();
    expect(await page.content()).not.toContain('secret trace');
  });

  it('makes a button of an address in a sentence, which main opens', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.broken]) });
    await page.getByRole('button', { name: 'business.facebook.com/settings/system-users' }).click();
    expect(bridge.asked('openLink')).toEqual([{ url: 'https://business.facebook.com/settings/system-users' }]);
    expect(await page.locator('a').count()).toBe(0);
    bridge.answers.openLink = () => outcome({ ok: false, message: 'This address is not one that Evertoken opens.', connection: null });
    await page.getByRole('button', { name: 'business.facebook.com/settings/system-users' }).click();
    await page.getByText('This address is not one that Evertoken opens.').waitFor();
  });

  it('tells everything in its details, and holds them only while they are open', async () => {
    const connection = { ...EACH_LOOK.soon, missingScopes: ['whatsapp_business_management'], lastRenewal: '2029-12-25T12:00:00.000Z' };
    const { page } = await open({ view: windowView([connection]) });
    const card = page.getByRole('article');
    expect(await card.locator('dl').count()).toBe(0);
    await card.getByRole('button', { name: /^Details/ }).click();
    expect(await fact(card, 'Kind of token')).toBe('Long-lived, for about 60 days');
    expect(await fact(card, 'Token ends')).toBe('in 9 days · Thu, 10 Jan 2030, 13:00');
    expect(await fact(card, 'Data access ends')).toBe('Not known');
    expect(await fact(card, 'Issued')).toBe('24 hours ago · Mon, 31 Dec 2029, 13:00');
    expect(await fact(card, 'Last check')).toBe('60 minutes ago · Tue, 1 Jan 2030, 12:00');
    expect(await fact(card, 'Last renewal')).toBe('7 days ago · Tue, 25 Dec 2029, 13:00');
    expect(await fact(card, 'Next renewal')).toBe('None planned');
    expect(await fact(card, 'App that issued it')).toBe('1001');
    expect(await fact(card, 'Phone number id')).toBe('2001');
    expect(await fact(card, 'WhatsApp account id')).toBe('3001');
    expect(await fact(card, 'Permissions')).toBe('whatsapp_business_messaging');
    expect(await fact(card, 'Missing permissions')).toBe('whatsapp_business_management');
    expect(await fact(card, 'Fingerprint')).toBe('…abcd 12ab34cd');
    await card.getByText('Evertoken does not know the app secret, so it cannot renew this token.').waitFor();
    await card.getByRole('button', { name: /^Details/ }).click();
    expect(await card.locator('dl').count()).toBe(0);
  });

  it('says never where a token never ends', async () => {
    const { page } = await open({ view: windowView([{ ...EACH_LOOK.healthy, kind: 'never-expiring', expiresAt: null, dataAccessExpiresAt: null, dataAccessNeverEnds: true, lifeLeft: null }]) });
    const card = page.getByRole('article');
    await card.getByRole('button', { name: /^Details/ }).click();
    expect(await fact(card, 'Kind of token')).toBe('Never expires');
    expect(await fact(card, 'Token ends')).toBe('Never');
    expect(await fact(card, 'Data access ends')).toBe('Never');
  });

  it('reckons by main’s clock, whatever the browser’s says', async () => {
    const view = windowView([EACH_LOOK.soon]);
    const { page, bridge } = await open({ view });
    const card = page.getByRole('article');
    await card.getByRole('button', { name: /^Details/ }).click();
    await bridge.tell(page, 'viewChanged', { ...view, status: { ...view.status, at: '2030-01-08T12:00:00.000Z' } });
    await card.getByText('in 2 days').waitFor();
    expect(await fact(card, 'Token ends')).toBe('in 2 days · Thu, 10 Jan 2030, 13:00');
  });

  it('offers the numbers that were found', async () => {
    const { page, bridge } = await open({ view: windowView([OFFERING]) });
    const list = page.getByRole('region', { name: 'Which number does your bot use?' });
    expect(await list.getByRole('button').allInnerTexts()).toEqual(['+1 555 0100\nid 2001', '+1 555 0111\nid 2002']);
    await list.getByRole('button').nth(1).click();
    await page.getByText('Chosen.').waitFor();
    expect(bridge.asked('chooseNumber')).toEqual([{ connection: 'c-main', phoneNumberId: '2002' }]);
  });

  it('asks for the id where no number was found', async () => {
    const { page, bridge } = await open({ view: windowView([{ ...OFFERING, offeredNumbers: [] }]) });
    await page.getByLabel('Id of your phone number').fill(' 2009 ');
    await page.keyboard.press('Enter');
    await page.getByText('Chosen.').waitFor();
    expect(bridge.asked('chooseNumber')).toEqual([{ connection: 'c-main', phoneNumberId: '2009' }]);
  });

  it('can stop the reminders of an alert', async () => {
    const alert = alertView();
    const { page, bridge } = await open({ view: windowView([{ ...EACH_LOOK.soon, alerts: [alert, { ...alert, id: 'old', text: 'Known already.', acknowledgedAt: '2030-01-01T11:00:00.000Z' }] }]) });
    const card = page.getByRole('article');
    expect(await card.getByRole('button', { name: /^Details/ }).innerText()).toContain('1 reminder');
    await card.getByRole('button', { name: /^Details/ }).click();
    expect(await card.getByRole('button', { name: 'Don’t remind me' }).count()).toBe(1);
    await card.getByRole('button', { name: 'Don’t remind me' }).click();
    await page.getByText('Evertoken will not remind you of this again.').waitFor();
    expect(bridge.asked('acknowledge')).toEqual([{ id: 'c-main/expiry/token' }]);
  });
});

describe('the whole', () => {
  it('puts what needs the owner first and tells the worst of it', async () => {
    const { page } = await open({ view: windowView([EACH_LOOK.healthy, EACH_LOOK.urgent, EACH_LOOK.broken], { look: 'broken' }) });
    expect(await page.getByRole('article').getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['Flower shop', 'Bakery', 'Main shop']);
    expect(await page.locator('.overall').innerText()).toBe('Your bot cannot send: a new token is needed');
    expect(await page.locator('.overall [data-glyph]').getAttribute('data-glyph')).toBe('cross');
  });

  it('announces a change of the whole, once', async () => {
    const view = windowView([EACH_LOOK.healthy]);
    const { page, bridge } = await open({ view });
    const announcer = page.locator('[data-announcer]');
    expect(await announcer.textContent()).toBe('');
    await page.evaluate("window.said = []; new MutationObserver(() => said.push(document.querySelector('[data-announcer]').textContent)).observe(document.querySelector('[data-announcer]'), { childList: true, characterData: true, subtree: true })");
    const worse = windowView([EACH_LOOK.broken]);
    await bridge.tell(page, 'viewChanged', worse);
    await bridge.tell(page, 'viewChanged', { ...worse, busy: ['c-broken'] });
    await page.getByText('Evertoken is at work on this…').waitFor();
    expect(await page.evaluate('said')).toEqual(['Your bot cannot send: a new token is needed']);
  });

  it('says once what the vault and an alert both have to say', async () => {
    const words = 'There is no keychain here, so tokens are kept in memory only.';
    const { page } = await open({ view: windowView([EACH_LOOK.healthy], {}, { alerts: [alertView({ id: 'app/memory-only/vault', text: words })], vault: { kind: 'memory', locked: false, note: words } }) });
    await page.getByText(words).first().waitFor();
    expect(await page.getByText(words).count()).toBe(1);
  });

  it('tells alerts of the app and the note on the vault, and can stop the reminders', async () => {
    const { page, bridge } = await open({
      view: windowView([EACH_LOOK.healthy], {}, { alerts: [alertView({ id: 'app/settings', text: 'The settings file was damaged.' })], vault: { kind: 'memory', locked: false, note: 'There is no keychain here.' } }),
    });
    const messages = page.getByRole('region', { name: 'Messages' });
    expect(lines(await messages.innerText())).toEqual(['There is no keychain here.', 'Warning:', 'The settings file was damaged.', 'Don’t remind me']);
    await messages.getByRole('button', { name: 'Don’t remind me' }).click();
    await page.getByText('Evertoken will not remind you of this again.').waitFor();
    expect(bridge.asked('acknowledge')).toEqual([{ id: 'app/settings' }]);
  });

  it('stands in for notifications that do not show, for what was not acknowledged', async () => {
    const alerts = [alertView({ id: 'one', text: `Bakery: ${NEW_TOKEN}` }), alertView({ id: 'two', text: 'Known.', acknowledgedAt: '2030-01-01T11:00:00.000Z' })];
    const connection = { ...EACH_LOOK.urgent, alerts };
    const { page, bridge } = await open({ view: windowView([connection]) });
    expect(await page.getByRole('region', { name: 'Messages' }).count()).toBe(0);
    await bridge.tell(page, 'viewChanged', windowView([connection], { notificationTrouble: 'The system refused it.' }));
    const messages = page.getByRole('region', { name: 'Messages' });
    await messages.getByText('Notifications do not show on this computer, so reminders stand here. The system refused it.').waitFor();
    expect(await messages.getByText('Bakery: Make a new token').count()).toBe(1);
    expect(await messages.getByText('Known.').count()).toBe(0);
  });

  it('brings a connection into view and gives it the focus when main says so', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.broken, EACH_LOOK.urgent, EACH_LOOK.soon, EACH_LOOK.healthy], { look: 'broken' }) });
    await page.getByRole('tab', { name: 'Recent events' }).click();
    await page.getByText('Nothing has happened yet.').waitFor();
    await bridge.tell(page, 'show', { connection: 'c-main' });
    await expectFocus(page, { id: 'connection-c-main' });
    const box = await page.getByRole('article', { name: 'Main shop' }).boundingBox();
    expect(box !== null && box.y >= 0 && box.y < 680).toBe(true);
    // A second time, after the owner went elsewhere.
    await page.getByRole('button', { name: 'Menu' }).focus();
    await bridge.tell(page, 'show', { connection: 'c-main' });
    await expectFocus(page, { id: 'connection-c-main' });
  });

  it('shows a connection that main names before it tells of it', async () => {
    const { page, bridge } = await open({ view: windowView([EACH_LOOK.broken]) });
    await bridge.tell(page, 'show', { connection: 'c-main' });
    await bridge.tell(page, 'viewChanged', windowView([EACH_LOOK.broken, EACH_LOOK.healthy]));
    await expectFocus(page, { id: 'connection-c-main' });
    expect(await page.getByRole('article').count()).toBe(2);
  });
});
