import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readWindowFiles } from '../../src-main/adapters/window-files.ts';

describe('reading the built window', () => {
  let folder = '';
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('takes what a browser can use, each under its address', async () => {
    folder = mkdtempSync(join(tmpdir(), 'evertoken-window-'));
    mkdirSync(join(folder, 'assets'));
    for (const name of ['index.html', 'assets/a-1.js', 'assets/a-1.css', 'assets/a-1.js.map', '.env', 'notes.txt']) writeFileSync(join(folder, name), name);
    const files = await readWindowFiles(folder);
    expect(Object.fromEntries([...(files ?? [])].map(([path, { type, body, hashed }]) => [path, [type, Buffer.from(body).toString(), hashed]]))).toEqual({
      '/': ['text/html; charset=utf-8', 'index.html', false],
      '/assets/a-1.css': ['text/css; charset=utf-8', 'assets/a-1.css', true],
      '/assets/a-1.js': ['text/javascript; charset=utf-8', 'assets/a-1.js', true],
    });
  });

  it('finds none where there is no page', async () => {
    folder = mkdtempSync(join(tmpdir(), 'evertoken-window-'));
    writeFileSync(join(folder, 'a.js'), '');
    expect(await readWindowFiles(folder)).toBeNull();
    expect(await readWindowFiles(join(folder, 'nowhere'))).toBeNull();
  });
});
