import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useWindows } from './open-window.ts';
import { SCREENS } from './screens.ts';

const open = useWindows();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every rule of WCAG 2.2 AA that axe knows, and its good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The looks of a system that the window must honour. */
const THEMES = [
  ['light', { colorScheme: 'light', forcedColors: 'none' }],
  ['dark', { colorScheme: 'dark', forcedColors: 'none' }],
  ['forced colours', { colorScheme: 'light', forcedColors: 'active' }],
] as const;

/** What axe finds, as rule and element. */
async function faults(page: Page): Promise<readonly string[]> {
  const { violations } = await page.evaluate<AxeResults>(`axe.run({ runOnly: ${JSON.stringify(TAGS)} })`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary?.split('\n').at(1)?.trim() ?? ''}`));
}

/** Colours fade into those of another theme, be it in a millisecond. */
const SETTLED = 'new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)))';

/** Elements that stick out of the page sideways. */
const OVERFLOW = "document.documentElement.scrollWidth > innerWidth ? [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.className) : []";

describe('every screen', () => {
  it.each(Object.entries(SCREENS))('%s: axe finds nothing in light, dark and forced colours, and nothing moves', async (_name, { options, arrive }) => {
    const { page } = await open({ ...options, look: { reducedMotion: 'reduce', ...options.look } });
    await arrive(page);
    await page.evaluate(axe);
    for (const [theme, media] of THEMES) {
      await page.emulateMedia(media);
      await page.evaluate(SETTLED);
      expect(await faults(page), theme).toEqual([]);
    }
    expect(await page.evaluate("document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime > 10).length")).toBe(0);
    expect(await page.evaluate(OVERFLOW)).toEqual([]);
  });
});

describe('axe', () => {
  it('would have found something', async () => {
    const { page } = await open({ view: { ...SCREENS['look-healthy']?.options.view } as never });
    await page.getByRole('article').waitFor();
    await page.evaluate(axe);
    await page.evaluate("document.querySelector('.card-sub').style.color = '#ccc'; document.querySelector('html').lang = ''");
    expect((await faults(page)).map((fault) => fault.split(':')[0])).toEqual(expect.arrayContaining(['color-contrast', 'html-has-lang']));
  });
});

describe('the window', () => {
  it('moves where motion is welcome', async () => {
    const screen = SCREENS['refreshing'];
    if (screen === undefined) throw new Error('no such screen');
    const { page } = await open({ ...screen.options, look: { reducedMotion: 'no-preference' } });
    await screen.arrive(page);
    expect(await page.evaluate("document.getAnimations().some(({ animationName }) => animationName === 'under-way')")).toBe(true);
  });

  it('has targets of 24 pixels or more', async () => {
    const screen = SCREENS['several-and-banners'];
    if (screen === undefined) throw new Error('no such screen');
    const { page } = await open(screen.options);
    await screen.arrive(page);
    // Links inside a sentence are as high as its line.
    const small = await page.evaluate<readonly string[]>("[...document.querySelectorAll('button:not(.link), summary, input, select, textarea')].filter((one) => one.checkVisibility()).filter((one) => { const { width, height } = one.getBoundingClientRect(); return width < 24 || height < 24; }).map((one) => one.outerHTML.slice(0, 80))");
    expect(small).toEqual([]);
  });
});
