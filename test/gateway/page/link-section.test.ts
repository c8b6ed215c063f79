import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { digestKey, sha256 } from '../../../src-main/gateway/key-check.ts';
import { createLinkSection } from '../../../src-main/gateway/page/link-section.ts';

const OWNER = 'the-owners-own-key';
const BOT = 'evk_the-key-of-a-bot';
const CONSUMER = { id: 'bot', name: 'bot', digest: '', rights: ['graph', 'token', 'status', 'refresh'], connections: null, createdAt: 0, usage: { lastUsedAt: null, calls: 0, renewals: 0, errors: 0 } } as const;

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

async function openSection() {
  let made = 0;
  const refused: string[] = [];
  const section = createLinkSection({
    ownerDigest: digestKey(OWNER),
    consumers: { findDigest: (digest) => (digest.equals(sha256(BOT)) ? CONSUMER : null) },
    makeLink: () => `http://127.0.0.1:28743/#open=secret-${(made += 1)}`,
  });
  const server = createServer((request, response) => {
    if (section.takes(request.url ?? '')) void section.serve(request, response, { hosts: new Set([`127.0.0.1:${port}`]), continueBody: () => undefined, refused: ({ code }) => refused.push(code) });
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const ask = async (init: RequestInit = {}): Promise<{ readonly status: number; readonly value: unknown }> => {
    const response = await fetch(`http://127.0.0.1:${port}/admin/links`, { method: 'POST', ...init });
    return { status: response.status, value: await response.json() };
  };
  return { ask, refused, made: () => made };
}

const bearer = (key: string): RequestInit => ({ headers: { authorization: `Bearer ${key}` } });

describe('a new link', () => {
  it('is made for the owner, another one each time', async () => {
    const { ask, refused } = await openSection();
    expect(await ask(bearer(OWNER))).toEqual({ status: 200, value: { url: 'http://127.0.0.1:28743/#open=secret-1' } });
    expect(await ask(bearer(OWNER))).toEqual({ status: 200, value: { url: 'http://127.0.0.1:28743/#open=secret-2' } });
    expect(refused).toEqual([]);
  });

  it.each([
    ['nobody', {}, 401, 'key-missing'],
    ['a stranger', bearer('x'), 401, 'key-wrong'],
    ['a bot, whatever its rights', bearer(BOT), 403, 'key-not-allowed'],
    ['a page', { headers: { authorization: `Bearer ${OWNER}`, origin: 'http://evil.example' } }, 403, 'from-a-web-page'],
    ['a mere look', { method: 'GET', ...bearer(OWNER) }, 405, 'method-not-allowed'],
  ] as const)('is not made for %s', async (_who, init, status, code) => {
    const { ask, refused, made } = await openSection();
    expect(await ask(init)).toMatchObject({ status, value: { error: { code, type: 'EvertokenError' } } });
    expect(refused).toEqual([code]);
    expect(made()).toBe(0);
  });
});
