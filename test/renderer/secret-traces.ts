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

/**
 * Looks for a text in what React keeps of the page: from its root through every component's properties, state and
 * effects, as far as objects lead. A known text must be found there, else the search itself is broken.
 */
export async function expectNotKept(page: Page, secret: string, known: string): Promise<void> {
  const found = await page.evaluate<readonly boolean[]>(`(() => {
    const root = document.querySelector('#window');
    const wanted = ${JSON.stringify([secret, known])};
    const found = wanted.map(() => false);
    const seen = new WeakSet([window, document]);
    const open = Reflect.ownKeys(root).filter((key) => String(key).startsWith('__react')).map((key) => root[key]);
    while (open.length > 0) {
      const one = open.pop();
      if (typeof one === 'string') wanted.forEach((text, index) => { found[index] ||= one.includes(text); });
      if (one === null || (typeof one !== 'object' && typeof one !== 'function') || seen.has(one)) continue;
      seen.add(one);
      if (one instanceof Map || one instanceof Set) open.push(...one);
      if (one instanceof HTMLTextAreaElement || one instanceof HTMLInputElement) open.push(one.value);
      for (const key of Reflect.ownKeys(one)) {
        // Some objects of the page list keys that they do not describe.
        open.push(Reflect.getOwnPropertyDescriptor(one, key)?.value);
      }
    }
    return found;
  })()`);
  expect(found).toEqual([false, true]);
}

/** What stands in every field that takes a secret. */
export async function secretsIn(page: Page): Promise<readonly string[]> {
  return page.locator('textarea').evaluateAll((fields: readonly { readonly value: string }[]) => fields.map(({ value }) => value));
}
