import type { Protocol } from 'electron';
import { readWindowFiles } from '../adapters/window-files.ts';
import { CONTENT_SECURITY_POLICY } from '../contract/content-security-policy.ts';
import { SCHEME, WINDOW_ORIGIN } from './app-identity.ts';

/**
 * Serves the window's files under `app://evertoken/`: those that stand in `folder` now, by their exact path, and nothing
 * else. A path never reaches the disk; it only picks from the list.
 */
export async function serveApp(on: Pick<Protocol, 'handle'>, folder: string): Promise<void> {
  const files = await readWindowFiles(folder);
  on.handle(SCHEME, (request) => {
    const url = new URL(request.url);
    const path = url.pathname === '/index.html' ? '/' : url.pathname;
    const file = request.method === 'GET' && `${url.protocol}//${url.host}` === WINDOW_ORIGIN ? files?.get(path) : undefined;
    return file === undefined ? new Response(null, { status: 404, headers: HEADERS }) : new Response(file.body, { headers: { ...HEADERS, 'content-type': file.type } });
  });
}

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
