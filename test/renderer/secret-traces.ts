import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Looks for a secret in everything that a page holds beside the fields' own values: its markup, its addresses, its storage. */
export async function expectNoTrace(page: Page, secret: string): Promise<void> {
  const places = await page.evaluate<Record<string, string>>(`({
    markup: document.documentElement.outerHTML,
    address: location.href,
    history: JSON.stringify(history.state),
    storage: JSON.stringify({ ...localStorage, ...sessionStorage }),
    title: document.title,
  })`);
  expect(places['markup']).toContain('Evertoken');
  for (const [place, text] of Object.entries(places)) expect(text.includes(secret), place).toBe(false);
}

/** What stands in every field that takes a secret. */
export async function secretsIn(page: Page): Promise<readonly string[]> {
  return page.locator('textarea').evaluateAll((fields: readonly { readonly value: string }[]) => fields.map(({ value }) => value));
}
