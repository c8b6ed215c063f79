import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Waits until the focus is on what has this id, this name as a field, or these words. Playwright's own waiting would evaluate text in the page, which the policy forbids. */
export async function expectFocus(page: Page, on: { readonly id?: string; readonly name?: string; readonly words?: string }): Promise<void> {
  const [kind, wanted] = Object.entries(on)[0] ?? ['id', ''];
  const read = { id: 'document.activeElement.id', name: 'document.activeElement.name', words: 'document.activeElement.textContent.trim()' }[kind] ?? '';
  await expect.poll(() => page.evaluate<string>(read), { timeout: 5_000 }).toBe(wanted);
}
