import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { OpenWindow } from './open-window.ts';
import { useWindows } from './use-windows.ts';
import { SCREENS } from './screens.ts';

const open = useWindows();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every rule of WCAG 2.2 AA that axe knows, and its good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The looks of a system that the window must honour. What a theme cannot change is looked at once. */
const THEMES = [
  ['light', { colorScheme: 'light', forcedColors: 'none' }, TAGS],
  ['dark', { colorScheme: 'dark', forcedColors: 'none' }, ['color-contrast']],
  ['forced colours', { colorScheme: 'light', forcedColors: 'active' }, ['color-contrast']],
] as const;

/** What axe finds, as rule and element; the first few are enough to go by. */
async function faults(page: Page, rules: readonly string[]): Promise<readonly string[]> {
  const { violations } = await page.evaluate<AxeResults>(`axe.run({ runOnly: ${JSON.stringify(rules)} })`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary?.split('\n').at(1)?.trim() ?? ''}`)).slice(0, 8);
}

/** What is out of sight in a long list keeps the colours it was last drawn with, so it is drawn; and colours take a moment. */
const SETTLED = `
  for (const place of document.querySelectorAll('.cards-many > li')) place.style.contentVisibility = 'visible';
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)));
`;

/** Elements that stick out of the page sideways. */
const OVERFLOW = "document.documentElement.scrollWidth > innerWidth ? [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.className) : []";

async function arriveAt(name: string, look: BrowserContextOptions = {}): Promise<OpenWindow> {
  const screen = SCREENS[name];
  if (screen === undefined) throw new Error(`There is no screen “${name}”`);
  const window = await open({ ...screen.options, look: { ...screen.options.look, ...look } });
  await screen.arrive(window.page);
  return window;
}

describe('every screen', () => {
  it.each(Object.keys(SCREENS))('%s: axe finds nothing in light, dark and forced colours, nothing moves and nothing sticks out', async (name) => {
    const { page } = await arriveAt(name, { reducedMotion: 'reduce' });
    await page.evaluate(axe);
    for (const [theme, media, rules] of THEMES) {
      await page.emulateMedia(media);
      await page.evaluate(SETTLED);
      expect(await faults(page, rules), theme).toEqual([]);
    }
    expect(await page.evaluate("document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime > 10).length")).toBe(0);
    expect(await page.evaluate(OVERFLOW)).toEqual([]);
  });
});

describe('axe', () => {
  it('would have found something', async () => {
    const { page } = await arriveAt('look-healthy');
    await page.evaluate(axe);
    await page.evaluate("document.querySelector('.card-sub').style.color = '#ccc'; document.querySelector('html').lang = ''");
    expect((await faults(page, TAGS)).map((fault) => fault.split(':')[0])).toEqual(expect.arrayContaining(['color-contrast', 'html-has-lang']));
  });
});

describe('the window', () => {
  it('moves where motion is welcome', async () => {
    const { page } = await arriveAt('refreshing', { reducedMotion: 'no-preference' });
    expect(await page.evaluate("document.getAnimations().some(({ animationName }) => animationName === 'under-way')")).toBe(true);
  });

  it.each(['several-and-banners', 'bot', 'bot-make-key', 'bot-narrow'])('has targets of 24 pixels or more: %s', async (name) => {
    const { page } = await arriveAt(name);
    // Links inside a sentence are as high as its line; a box is pressed by its label, too.
    const small = await page.evaluate<readonly string[]>("[...document.querySelectorAll('button:not(.link), summary, input, select, textarea')].filter((one) => one.checkVisibility()).filter((one) => { const { width, height } = (['checkbox', 'radio'].includes(one.type) ? one.labels[0] : one).getBoundingClientRect(); return width < 24 || height < 24; }).map((one) => one.outerHTML.slice(0, 80))");
    expect(small).toEqual([]);
  });
});
