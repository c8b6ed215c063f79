import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildWindow, type WindowFile } from './built-window.ts';
import { useWindows } from './use-windows.ts';
import { EACH_LOOK, windowView } from './views.ts';

const open = useWindows();

describe('the built window', () => {
  let files: ReadonlyMap<string, WindowFile>;
  beforeAll(async () => {
    files = await buildWindow();
  });
  const text = (ending: string): string => [...files].filter(([name]) => name.endsWith(ending)).map(([, { body }]) => body.toString('utf8')).join('\n');

  const weightOf = (names: Iterable<string>): number => [...names].reduce((sum, name) => sum + gzipSync(files.get(name)?.body ?? Buffer.alloc(0)).length, 0);

  it('weighs at most 130 kB over the wire until Home is there, and 145 kB everything together', async () => {
    const { page, fetched } = await open({ view: windowView([EACH_LOOK.healthy]) });
    await page.getByRole('article').waitFor();
    const untilHome = [...fetched];
    expect(untilHome).toHaveLength(3);
    expect(weightOf(untilHome)).toBeGreaterThan(50_000);
    expect(weightOf(untilHome)).toBeLessThanOrEqual(130_000);
    expect(weightOf(files.keys())).toBeLessThanOrEqual(145_000);
    // What Home does not need comes when it is asked for, once.
    await page.getByRole('tab', { name: 'Your bot' }).click();
    await page.getByRole('heading', { name: 'Gateway', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Make a key…' }).click();
    await page.getByRole('dialog').waitFor();
    const later = [...files.keys()].filter((name) => name.startsWith('assets/bot-'));
    expect(new Set(later.map((name) => name.split('.').at(-1)))).toEqual(new Set(['css', 'js']));
    expect(fetched).toHaveLength(5);
    expect(new Set(fetched.slice(3))).toEqual(new Set(later));
  });

  it('is one page with its script and its style sheet, each by a relative address', () => {
    const page = text('index.html');
    const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    expect(new Set(addresses.map((address) => address?.replace(/-[\w-]{8}\./, '-HASH.')))).toEqual(new Set(['./assets/index-HASH.css', './assets/index-HASH.js', 'data:,']));
    expect(addresses.filter((address) => address?.startsWith('./')).every((address) => files.has(address?.slice(2) ?? ''))).toBe(true);
    expect([...files.keys()].filter((name) => name.endsWith('.map'))).toEqual([]);
  });

  it('has nothing inline that the policy forbids', () => {
    const page = text('index.html');
    expect(page).not.toMatch(/<style|style=|\son\w+=/);
    expect(page.match(/<script[^>]*>[^<]/g)).toBeNull();
  });

  it('holds no schemas of main', () => {
    // Names from zod's own classes and errors; they survive minifying.
    expect(text('.js')).not.toMatch(/ZodError|\$ZodType|unrecognized_keys/);
  });

  it('names no file or font on another machine in its styles', () => {
    expect(text('.css')).not.toMatch(/https?:|@import|@font-face/);
  });
});
