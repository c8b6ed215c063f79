import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desktop, until } from './desktop.ts';
import { makeSample } from './sample-app.ts';

/** What the sample's preload gives its page. */
interface Bridge {
  call(channel: string, ...args: readonly unknown[]): Promise<unknown>;
  say(word: string): void;
  heard(): readonly unknown[];
  on(listener: (word: unknown) => void): () => void;
  readonly nested: { readonly deep: readonly unknown[] };
  readonly preloadRanBeforePage: boolean;
  readonly atStart: Promise<unknown>;
}
// Globals of the page.
declare const sample: Bridge;
declare const sawBridge: string;
declare const reachable: string;

const app = makeSample(`globalThis.pushNews = (...args) => window.webContents.send('news', ...args);
  ipcMain.handle('push', (event, ...args) => globalThis.pushNews(...args));`);
let desktop: Desktop;
let page: Page;

beforeAll(async () => {
  desktop = await app.start();
  page = await desktop.page();
});
afterAll(() => app.cleanUp());

describe('the page of a window', () => {
  it('shows what the protocol handler answered, under an https address that main knows as its own', async () => {
    expect(page.url()).toBe('https://sample.app.host.invalid/index.html?a=1');
    expect(desktop.stdout()).toContain('serve app://sample/index.html?a=1\n');
    expect(await page.locator('main').textContent()).toBe('hello');
    expect(await page.locator('main').evaluate((main) => (main as unknown as { computedStyleMap(): Map<string, { toString(): string }> }).computedStyleMap().get('color')?.toString())).toBe('rgb(1, 2, 3)');
    const [window] = await desktop.windows();
    expect(window).toMatchObject({ url: 'app://sample/index.html?a=1', title: 'Sample', visible: true, focused: true, destroyed: false });
  });

  it('has the preload before its own scripts, and nothing else of the host', async () => {
    expect(await page.evaluate(() => [sawBridge, reachable, sample.preloadRanBeforePage])).toEqual(['function', 'undefined,undefined,undefined', true]);
  });

  it('gives the window its title, also a later one', async () => {
    await page.evaluate(() => Object.assign((globalThis as unknown as { document: object }).document, { title: 'Changed' }));
    await until('the new title', async () => (await desktop.windows())[0]?.title === 'Changed');
    expect((await desktop.windows())[0]?.title).toBe('Changed');
  });

  it('cannot exchange what the preload gave it', async () => {
    const outcome = await page.evaluate(() => {
      'use strict';
      const attempts: (() => unknown)[] = [() => Object.assign(globalThis, { sample: 1 }), () => Object.assign(sample, { call: 1 }), () => Object.assign(sample.nested, { deep: 1 }), () => (sample.nested.deep as unknown[]).push(1)];
      return attempts.map((attempt) => {
        try {
          attempt();
          return 'done';
        } catch (error) {
          return (error as Error).name;
        }
      });
    });
    expect(outcome).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError']);
  });

  it('is under the policy of its document, Trusted Types included, and breaches are told', async () => {
    expect(await desktop.violations()).toEqual([]);
    await page.evaluate(() => {
      const world = globalThis as unknown as { document: { body: { innerHTML: string; append(node: object): void }; createElement(name: string): { textContent: string } } };
      const inline = world.document.createElement('style');
      inline.textContent = 'main { color: red }';
      world.document.body.append(inline);
      try {
        world.document.body.innerHTML = '<b>x</b>';
      } catch {
        // What is wanted.
      }
    });
    const violations = await until('two violations', async () => {
      const seen = await desktop.violations();
      return seen.length >= 2 && seen;
    });
    expect(violations.map(({ directive }) => directive).toSorted()).toEqual(['require-trusted-types-for', 'style-src-elem']);
    expect(await page.locator('main').textContent()).toBe('hello');
  });
});

describe('calls between page and main process', () => {
  it('carry structured clones both ways', async () => {
    const back = await page.evaluate(async () => {
      const result = (await sample.call('echo', undefined, null, 1.5, 'ü', [1, { two: new Date(5) }], new Map([['k', new Set([1n])]]), new Uint8Array([1, 2]), Number.NaN)) as unknown[];
      const [a, b, c, d, e, f, g, h] = result as [unknown, unknown, unknown, unknown, [number, { two: Date }], Map<string, Set<bigint>>, Uint8Array, number];
      return [a === undefined, b, c, d, e[1].two.getTime(), [...(f.get('k') ?? [])].map(String), Array.from(g), Number.isNaN(h)];
    });
    expect(back).toEqual([true, null, 1.5, 'ü', 5, ['1'], [1, 2], true]);
  });

  it('tell the handler who calls, from the first moment on', async () => {
    const expected = { url: 'app://sample/index.html?a=1', origin: 'app://sample', isMain: true, isWindow: true };
    expect(await page.evaluate(() => sample.atStart)).toEqual(expected);
    expect(await page.evaluate(() => sample.call('who'))).toEqual(expected);
  });

  it.each([
    ['bad', "Error invoking remote method 'bad': Error: An object could not be cloned."],
    ['weak', "Error invoking remote method 'weak': Error: An object could not be cloned."],
    ['fails', "Error invoking remote method 'fails': TypeError: broken on purpose"],
    ['nobody', "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'"],
  ])('reject with the words of Electron: %s', async (channel, words) => {
    expect(await page.evaluate((name) => sample.call(name).catch((error: unknown) => (error as Error).message), channel)).toBe(words);
  });

  it('know one handler for a channel', () => {
    expect(desktop.stdout()).toContain("twice: Attempted to register a second handler for 'echo'\n");
  });

  it('go without an answer too, and from main to page', async () => {
    await page.evaluate(() => sample.say('hi'));
    await until('the reply', () => page.evaluate(() => sample.heard().includes('hi!')));
    expect(desktop.stdout()).toContain('said hi\n');
    const got = await page.evaluate(async () => {
      const words: unknown[] = [];
      const stop = sample.on((word) => words.push(word));
      await sample.call('push', 'one');
      await sample.call('push', 'two');
      stop();
      await sample.call('push', 'three');
      return words;
    });
    expect(got).toEqual(['one', 'two']);
  });

  it('are all on record', async () => {
    const traffic = await desktop.ipcTraffic();
    expect(traffic).toContainEqual({ channel: 'push', kind: 'request', json: '["one"]' });
    expect(traffic).toContainEqual({ channel: 'news', kind: 'event', json: '["one"]' });
    expect(traffic).toContainEqual({ channel: 'fails', kind: 'refusal', json: '"TypeError: broken on purpose"' });
    expect(traffic.find(({ channel, kind }) => channel === 'who' && kind === 'answer')?.json).toContain('app://sample');
  });

  it('can be made as somebody else', async () => {
    expect(await desktop.invokeAs('who', { url: 'https://evil.example/', isMainFrame: false }, [])).toEqual({ ok: true, value: { url: 'https://evil.example/', origin: 'https://evil.example', isMain: false, isWindow: true } });
    expect(await desktop.invokeAs('who', { url: 'app://sample/index.html?a=1', isMainFrame: true }, [])).toMatchObject({ ok: true, value: { isMain: true } });
    expect(await desktop.invokeAs('who', { url: 'app://sample/', isMainFrame: true, destroyed: true }, [])).toMatchObject({ ok: false });
    expect(await desktop.invokeAs('who', { url: 'app://sample/', isMainFrame: true, foreign: true }, [])).toMatchObject({ ok: true, value: { isMain: false, isWindow: false } });
    expect(await desktop.channels()).toContain('echo');
  });
});

describe('what a page tries beyond itself', () => {
  it.each([
    ['a script', () => Object.assign((globalThis as unknown as { location: object }).location, { href: 'https://elsewhere.example/script' }), 'navigate https://elsewhere.example/script'],
    ['window.open', () => (globalThis as unknown as { open(url: string): object | null }).open('https://elsewhere.example/opened') ?? {}, 'open https://elsewhere.example/opened'],
  ])('is refused by main: %s', async (_what, attempt, told) => {
    const before = page.url();
    await page.evaluate(attempt);
    await until(told, () => desktop.stdout().includes(`${told}\n`));
    expect(page.url()).toBe(before);
    expect(await page.locator('main').textContent()).toBe('hello');
  });

  it('gets no window from window.open', async () => {
    expect(await page.evaluate(() => (globalThis as unknown as { open(url: string): object | null }).open('about:blank') === null)).toBe(true);
  });

  it.each([
    ['#out', 'navigate https://elsewhere.example/page'],
    ['#blank', 'open https://elsewhere.example/blank'],
  ])('is refused by main: the link %s', async (link, told) => {
    const before = page.url();
    await page.click(link);
    await until(told, () => desktop.stdout().includes(`${told}\n`));
    await until('no second page', () => page.context().pages().length === 1);
    expect(page.url()).toBe(before);
  });

  it('is stopped by the policy before it is a request', async () => {
    const outcome = await page.evaluate(async () => {
      try {
        await (globalThis as unknown as { fetch(url: string): Promise<unknown> }).fetch('https://elsewhere.example/data');
        return 'came back';
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(outcome).toBe('TypeError');
    const violations = await until('the breach', async () => {
      const seen = (await desktop.violations()).filter(({ directive }) => directive === 'connect-src');
      return seen.length > 0 && seen;
    });
    expect(violations[0]?.blocked).toBe('https://elsewhere.example/data');
  });

  it('has permissions as main says', async () => {
    expect(await desktop.askPermission('geolocation')).toEqual({ request: false, check: false, device: null });
    expect(await desktop.askPermission('fullscreen')).toEqual({ request: true, check: false, device: null });
  });

  it('may go where main lets it', async () => {
    await page.evaluate(() => Object.assign((globalThis as unknown as { location: object }).location, { href: '/allowed.html' }));
    await page.waitForURL('**/allowed.html');
    await until('the new address', async () => (await desktop.windows())[0]?.url === 'app://sample/allowed.html');
    expect(await page.evaluate(() => sample.call('who'))).toMatchObject({ url: 'app://sample/allowed.html', isMain: true });
  });
});
