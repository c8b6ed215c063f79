import { describe, expect, it } from 'vitest';
import { deliverySummary } from '../../src-renderer/features/status/delivery-words.ts';
import { expectFocus } from './focus.ts';
import { useWindows } from './use-windows.ts';
import { crowd, deliveryView, EACH_LOOK, EACH_STANDING, keyView, LISTENING, windowView } from './views.ts';

const open = useWindows();

const { done, pending, failed, changed, command } = EACH_STANDING;
const NOW = '2030-01-01T12:00:00.000Z';
const clock = (iso: string): string => new Date(iso).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

describe('the deliveries of a connection in a line', () => {
  it.each([
    ['one file', [done], 'done', `In 1 file since today ${clock(done.lastDone ?? '')}`],
    ['two files, since the later of them', [done, deliveryView({ id: 'd-2', lastDone: '2029-12-31T09:00:00.000Z' })], 'done', `In 2 files since today ${clock(done.lastDone ?? '')}`],
    ['a file and its command', [done, { ...command, lastDone: '2030-01-01T11:00:00.000Z' }], 'done', `In 1 file since today ${clock(done.lastDone ?? '')}`],
    ['yesterday', [deliveryView({ lastDone: '2029-12-31T09:00:00.000Z' })], 'done', `In 1 file since yesterday ${clock('2029-12-31T09:00:00.000Z')}`],
    ['long ago', [deliveryView({ lastDone: '2029-11-03T09:00:00.000Z' })], 'done', `In 1 file since 3 Nov 2029, ${clock('2029-11-03T09:00:00.000Z')}`],
    ['a time that is not known', [deliveryView({ lastDone: null })], 'done', 'In 1 file'],
    ['a command alone', [command], 'done', `The command ran today ${clock(command.lastDone ?? '')}`],
    ['a file that waits', [done, pending], 'pending', 'One file waits for its turn'],
    ['two files that wait', [pending, { ...pending, id: 'd-3' }], 'pending', '2 files wait for their turn'],
    ['a file that failed, before one that waits', [pending, failed, done], 'failed', `One file waits: ${failed.text}`],
    ['what needs the owner, before all else', [failed, changed, pending, done], 'needs-owner', `One file needs you: ${changed.text}`],
    ['two that need the owner', [changed, { ...changed, id: 'd-4' }], 'needs-owner', `2 files need you: ${changed.text}`],
    ['a command that has nothing to do yet', [done, { ...command, standing: 'pending', code: 'waits-for-token', text: 'It runs after the next new token.' }], 'done', `In 1 file since today ${clock(done.lastDone ?? '')}`],
    ['a command that failed', [done, { ...command, standing: 'failed', text: 'The command ended with code 1.' }], 'failed', 'The command waits: The command ended with code 1.'],
  ] as const)('%s', (_what, deliveries, standing, words) => {
    expect(deliverySummary(deliveries, NOW)).toEqual({ standing, words });
  });

  it('none', () => {
    expect(deliverySummary([], NOW)).toBeNull();
  });
});

describe('the line on a card', () => {
  it.each([
    ['deliveries', { deliveries: [done, failed] }, `One file waits: ${failed.text}`, 'exclamation'],
    ['nothing at all', {}, 'No bot gets this token from Evertoken yet.', 'plug'],
    ['a gateway without a key', { gateway: LISTENING }, 'No bot gets this token from Evertoken yet.', 'plug'],
    ['a key that opens it', { gateway: { ...LISTENING, keys: [keyView({ connections: ['c-main'] })] } }, 'Your bot gets it through the gateway.', 'plug'],
    ['a key that opens another', { gateway: { ...LISTENING, keys: [keyView({ connections: ['c-soon'] })] } }, 'No bot gets this token from Evertoken yet.', 'plug'],
    ['a key that only reads', { gateway: { ...LISTENING, keys: [keyView({ rights: ['status', 'refresh'] })] } }, 'No bot gets this token from Evertoken yet.', 'plug'],
    ['a key to a gateway that is off', { gateway: { keys: [keyView()] } }, 'No bot gets this token from Evertoken yet.', 'plug'],
  ] as const)('tells of %s', async (_what, bot, words, glyph) => {
    const { page } = await open({ view: windowView([EACH_LOOK.healthy], {}, {}, bot) });
    const line = page.getByRole('article').locator('.delivery-line');
    expect(await line.locator('p').innerText()).toBe(words);
    expect(await line.locator('[data-glyph]').getAttribute('data-glyph')).toBe(glyph);
  });

  it('stays away where there is no token yet', async () => {
    const { page } = await open({ view: windowView([EACH_LOOK['needs-set-up']]) });
    await page.getByRole('article').waitFor();
    expect(await page.locator('.delivery-line').count()).toBe(0);
  });

  it('leads to that connection, which then has the focus', async () => {
    const { page } = await open({ view: windowView([EACH_LOOK.healthy, EACH_LOOK.soon, EACH_LOOK.urgent, EACH_LOOK.broken]) });
    await page.getByRole('button', { name: 'Your bot and Flower shop' }).click();
    await expectFocus(page, { id: 'bot-c-broken' });
    const cards = page.getByRole('article');
    // It stands first and open; the others are folded.
    expect(await cards.first().getByRole('button', { name: 'Add a file…' }).count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Add a file…' }).count()).toBe(1);
    expect(await page.evaluate('document.activeElement.getBoundingClientRect().top < innerHeight')).toBe(true);
    // Back and to another one.
    await page.getByRole('tab', { name: 'Connections' }).click();
    await page.getByRole('button', { name: 'Your bot and Bakery' }).click();
    await expectFocus(page, { id: 'bot-c-urgent' });
  });
});

describe('a thousand connections with deliveries', () => {
  const shops = crowd(1_000);
  const deliveries = shops.map(({ id }, index) => deliveryView({ id: `d-${id}`, connection: id, target: `/srv/${id}/.env`, ...(index === 700 ? { standing: 'failed', text: 'The folder is gone.' } : {}) }));
  const view = windowView(shops, { look: 'broken' }, {}, { gateway: { ...LISTENING, keys: [keyView()] }, deliveries });

  it('are twenty folded cards, what waits first, and the others are found by typing', async () => {
    const { page } = await open({ view });
    await page.getByRole('tab', { name: 'Your bot' }).click();
    const cards = page.getByRole('article');
    await cards.first().waitFor();
    expect(await cards.count()).toBe(20);
    expect(await cards.first().getByRole('heading').innerText()).toContain('Shop 700');
    expect(await page.locator('.delivery').count()).toBe(0);
    await page.getByRole('searchbox', { name: 'Search connections' }).fill('shop 42');
    await page.getByRole('region', { name: 'Each connection' }).getByText('20 found').waitFor();
    await page.getByRole('searchbox', { name: 'Search connections' }).fill('shop 421');
    await page.getByText('1 found', { exact: true }).waitFor();
    await cards.getByRole('button', { expanded: false }).click();
    await page.locator('.delivery').getByText('/srv/c-421/.env').waitFor();
    expect(await page.locator('.delivery').count()).toBe(1);
  });

  it('draw one card anew where one delivery changed', async () => {
    const { page, bridge } = await open({ view });
    await page.getByRole('article').first().waitFor();
    // What React drew an element with is an object of its own each time.
    await page.evaluate("window.drawn = () => [...document.querySelectorAll('article')].map((card) => [card.id, card[Object.keys(card).find((key) => key.startsWith('__reactProps'))]]); window.before = drawn(); void 0");
    await bridge.tell(page, 'viewChanged', { ...view, deliveries: deliveries.map((one) => (one.connection === 'c-3' ? { ...one, standing: 'pending' as const } : one)) });
    await page.getByText('One file waits for its turn').waitFor();
    expect(await page.evaluate('drawn().filter(([, props], index) => props !== before[index][1]).map(([id]) => id)')).toEqual(['connection-c-3']);
  });
});

describe('a part that cannot be loaded', () => {
  it('says so in its place, and is asked for again', async () => {
    const { page, complaints } = await open({ view: windowView([EACH_LOOK.healthy]) });
    await page.getByRole('article').waitFor();
    await page.context().setOffline(true);
    await page.route('**/assets/bot-*', (route) => route.abort());
    await page.getByRole('tab', { name: 'Your bot' }).click();
    await page.getByRole('alert').getByText('This part of the window could not be loaded.').waitFor();
    await page.unroute('**/assets/bot-*');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Gateway', exact: true }).waitFor();
    expect(complaints.every((complaint) => complaint.includes('net::ERR'))).toBe(true);
    (complaints as string[]).length = 0;
  });
});
