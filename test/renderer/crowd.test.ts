import { describe, expect, it } from 'vitest';
import { expectFocus } from './focus.ts';
import { useWindows } from './use-windows.ts';
import { crowd, windowView } from './views.ts';

const open = useWindows();

/** What a press of a key may take until the page shows it, ms; several times what it takes on two cores. */
const PATIENCE = 1_500;

describe('a thousand connections', () => {
  it('are searched, and the one in need stands first', async () => {
    const { page, bridge } = await open({ view: windowView(crowd(1_000), { look: 'broken' }) });
    const cards = page.getByRole('article');
    await cards.first().waitFor();
    expect(await cards.count()).toBe(1_000);
    expect(await cards.first().getByRole('heading').textContent()).toBe('Shop 997');
    // Details are made when they are opened.
    expect(await page.locator('dl').count()).toBe(0);

    const search = page.getByRole('searchbox', { name: 'Search connections' });
    await search.fill('shop 42');
    await page.getByText('20 found').waitFor();
    const began = Date.now();
    await search.fill('+1 555 0421');
    await page.getByText('1 found', { exact: true }).waitFor();
    expect(Date.now() - began).toBeLessThan(PATIENCE);
    expect(await page.getByRole('article').getByRole('heading').allTextContents()).toEqual(['Shop 421']);

    // One that the search hides is shown all the same when main asks for it.
    await bridge.tell(page, 'show', { connection: 'c-900' });
    await expectFocus(page, { id: 'connection-c-900' });
    expect(await search.inputValue()).toBe('');
    expect(await page.evaluate("document.activeElement.getBoundingClientRect().top < innerHeight && document.activeElement.getBoundingClientRect().bottom > 0")).toBe(true);
  });

  it('have no search while they are few', async () => {
    const { page } = await open({ view: windowView(crowd(8), { look: 'broken' }) });
    await page.getByRole('article').first().waitFor();
    expect(await page.getByRole('searchbox').count()).toBe(0);
  });
});
