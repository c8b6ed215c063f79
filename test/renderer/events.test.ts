import { describe, expect, it } from 'vitest';
import { useWindows } from './use-windows.ts';
import { EACH_LOOK, EVENTS, windowView } from './views.ts';

const open = useWindows();

const VIEW = windowView([EACH_LOOK.healthy, EACH_LOOK.broken], { look: 'broken' });
const texts = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

describe('recent events', () => {
  it('stand by day, newest first, each with its tone in glyph and word', async () => {
    const { page, bridge } = await open({ view: VIEW, prepare: (fake) => void (fake.answers.history = () => EVENTS) });
    expect(bridge.asked('history')).toEqual([]);
    await page.getByRole('tab', { name: 'Recent events' }).click();
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['Today', 'Yesterday']);
    const events = page.getByRole('listitem');
    expect(texts(await events.nth(0).innerText())).toEqual(['Good', 'Main shop', 'The token was renewed. It is valid until 1 March 2030 at 13:00.', '12:30']);
    expect(texts(await events.nth(2).innerText())).toEqual(['Note', 'Evertoken was started.', '21:00']);
    expect(await events.nth(1).locator('[data-glyph]').getAttribute('data-glyph')).toBe('cross');
    expect(texts(await events.nth(1).innerText()).slice(0, 2)).toEqual(['Trouble', 'Flower shop']);
    await events.nth(1).getByRole('button', { name: 'business.facebook.com' }).click();
    expect(bridge.asked('openLink')).toEqual([{ url: 'https://business.facebook.com/settings/system-users' }]);
  });

  it('are asked for anew when something changed, and for one connection alone', async () => {
    const { page, bridge } = await open({ view: VIEW, prepare: (fake) => void (fake.answers.history = () => EVENTS.slice(1)) });
    await page.getByRole('tab', { name: 'Recent events' }).click();
    await page.getByText('Evertoken was started.').waitFor();
    bridge.answers.history = ({ connection } = {}) => EVENTS.filter((entry) => (connection ?? null) === null || entry.connection === connection);
    await bridge.tell(page, 'viewChanged', { ...VIEW, busy: ['c-main'] });
    await page.getByText('The token was renewed.').waitFor();
    await page.getByLabel('Show').selectOption('Flower shop');
    await page.getByText('The token was renewed.').waitFor({ state: 'detached' });
    expect(await page.getByRole('listitem').count()).toBe(1);
    expect(bridge.asked('history')).toEqual([{ connection: null }, { connection: null }, { connection: 'c-broken' }]);
  });

  it('say so where there are none, and where main does not tell', async () => {
    const { page, bridge } = await open({ view: VIEW });
    await page.getByRole('tab', { name: 'Recent events' }).click();
    await page.getByText('Nothing has happened yet.').waitFor();
    bridge.answers.history = () => {
      throw new Error('refused');
    };
    await bridge.tell(page, 'viewChanged', { ...VIEW, busy: ['c-main'] });
    await page.getByText('Evertoken did not say what happened lately.').waitFor();
    bridge.answers.history = () => EVENTS;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Evertoken was started.').waitFor();
    expect(bridge.asked('history')).toHaveLength(3);
  });

  it('come fifty at a time', async () => {
    const many = Array.from({ length: 120 }, (_, index) => ({ at: new Date(Date.parse('2030-01-01T11:00:00Z') - index * 60_000).toISOString(), connection: null, tone: 'plain' as const, text: `Event ${index}.` }));
    const { page } = await open({ view: VIEW, prepare: (fake) => void (fake.answers.history = () => many) });
    await page.getByRole('tab', { name: 'Recent events' }).click();
    await page.getByText('Event 49.').waitFor();
    expect(await page.getByRole('listitem').count()).toBe(50);
    await page.getByRole('button', { name: 'Show older' }).click();
    await page.getByRole('button', { name: 'Show older' }).click();
    expect(await page.getByRole('listitem').count()).toBe(120);
    expect(await page.getByRole('button', { name: 'Show older' }).count()).toBe(0);
  });
});
