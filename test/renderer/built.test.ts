import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildWindow, type WindowFile } from './built-window.ts';

describe('the built window', () => {
  let files: ReadonlyMap<string, WindowFile>;
  beforeAll(async () => {
    files = await buildWindow();
  });
  const text = (ending: string): string => [...files].filter(([name]) => name.endsWith(ending)).map(([, { body }]) => body.toString('utf8')).join('\n');

  it('weighs at most 130 kB over the wire, everything together', () => {
    const weight = [...files.values()].reduce((sum, { body }) => sum + gzipSync(body).length, 0);
    expect(weight).toBeGreaterThan(50_000);
    expect(weight).toBeLessThanOrEqual(130_000);
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
