import { readdir, readFile } from 'node:fs/promises';
import { extname, join, posix, relative, sep } from 'node:path';
import type { WindowFile, WindowFiles } from '../core/window-file.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Where files stand whose names hold a digest. */
const HASHED = '/assets/';

/** Reads the built window once and for all: no path of a request ever reaches the disk. Null where there is no window in `folder`. */
export async function readWindowFiles(folder: string): Promise<WindowFiles | null> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile() && extname(entry.name) in TYPES).map((entry) => join(entry.parentPath, entry.name));
    const files = new Map(await Promise.all(names.map(async (name) => [pathOf(folder, name), await readWindowFile(folder, name)] as const)));
    return files.has('/') ? files : null;
  } catch {
    return null;
  }
}

async function readWindowFile(folder: string, name: string): Promise<WindowFile> {
  return { type: TYPES[extname(name)] ?? '', body: await readFile(name), hashed: pathOf(folder, name).startsWith(HASHED) };
}

function pathOf(folder: string, name: string): string {
  const path = posix.join('/', relative(folder, name).split(sep).join(posix.sep));
  return path === '/index.html' ? '/' : path;
}
