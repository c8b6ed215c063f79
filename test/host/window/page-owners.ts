import type { BrowserContext, Page } from 'playwright-core';
import { answerRequest, type RequestOwner } from './requests.ts';

const owners = new WeakMap<Page, RequestOwner>();

/** From now on this page's requests are this window's. */
export function ownPage(page: Page, owner: RequestOwner): void {
  owners.set(page, owner);
}

/** Sends the requests of each page to its window. A page that no window made is closed, and its requests go nowhere. */
export async function routePages(context: BrowserContext): Promise<void> {
  await context.route('**/*', async (route) => {
    try {
      const owner = owners.get(route.request().frame().page());
      if (owner === undefined || owner.isDestroyed()) await route.abort('blockedbyclient');
      else await answerRequest(route, owner);
    } catch {
      // The page went away while it was answered, or is one that Chromium is still opening; such a one is closed anyway.
      await route.abort('blockedbyclient').catch(() => undefined);
    }
  });
}
