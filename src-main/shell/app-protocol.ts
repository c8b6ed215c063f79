import { readdir, readFile } from 'node:fs/promises';
import { extname, join, posix, relative, sep } from 'node:path';
import type { Protocol } from 'electron';
import { CONTENT_SECURITY_POLICY } from '../contract/content-security-policy.ts';
import { SCHEME, WINDOW_ORIGIN } from './app-identity.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * Serves the window's files under `app://evertoken/`: those that stand in `folder` now, by their exact path, and nothing
 * else. A path never reaches the disk; it only picks from the list.
 */
export async function serveApp(on: Pick<Protocol, 'handle'>, folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map(
    entries
      .filter((entry) => entry.isFile() && extname(entry.name) in TYPES)
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [posix.join('/', relative(folder, file).split(sep).join(posix.sep)), file]),
  );
  on.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    const file = request.method === 'GET' && `${url.protocol}//${url.host}` === WINDOW_ORIGIN ? files.get(url.pathname) : undefined;
    return file === undefined ? new Response(null, { status: 404, headers: HEADERS }) : new Response(await readFile(file), { headers: { ...HEADERS, 'content-type': TYPES[extname(file)] ?? '' } });
  });
}

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
