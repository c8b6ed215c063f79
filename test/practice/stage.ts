import { afterEach } from 'vitest';
import type { PracticeMeta } from '../../src-main/practice/meta.ts';
import { startPracticeMeta } from '../../src-main/practice/meta.ts';
import { SHOP, openShop } from '../../src-main/practice/shop.ts';
import type { TokenRequest } from '../../src-main/practice/token-book.ts';

/** The practice clock of the tests: a plain instant in summer, so that Pacific time is PDT. */
export const NOON = Date.UTC(2025, 6, 22, 12, 0, 0);

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** A practice Meta with the corner shop in it, and short ways to talk to it over HTTP. */
export interface Stage {
  readonly meta: PracticeMeta;
  get(path: string, query?: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  post(path: string, token: string, body: unknown): Promise<Reply>;
  /** Asked by the app. */
  debug(token: string): Promise<Reply>;
  exchange(token: string, more?: Readonly<Record<string, string>>): Promise<Reply>;
  owner(request?: Partial<TokenRequest>): string;
  robot(request?: Partial<TokenRequest>): string;
}

const running: PracticeMeta[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((meta) => meta.stop()));
});

async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true && text !== '';
  const body: unknown = isJson ? JSON.parse(text) : text;
  return { status: response.status, body, headers: response.headers };
}

/** Starts one with the clock standing still at `NOON`; it is stopped after the test. */
export async function onStage(seed = 7): Promise<Stage> {
  const meta = await startPracticeMeta({ now: () => NOON, seed });
  running.push(meta);
  openShop(meta.world);
  const get: Stage['get'] = async (path, query = {}, headers = {}) => read(await fetch(`${meta.url}${path}?${new URLSearchParams(query).toString()}`, { headers, redirect: 'manual' }));
  const issue = (userId: string, request: Partial<TokenRequest>): string => meta.world.issueToken({ appId: SHOP.appId, userId, expiresInMs: 3_600_000, ...request });
  return {
    meta,
    get,
    post: async (path, token, body) =>
      read(await fetch(`${meta.url}${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) })),
    debug: (token) => get('/v26.0/debug_token', { input_token: token, access_token: `${SHOP.appId}|${SHOP.appSecret}` }),
    exchange: (token, more = {}) =>
      get('/v26.0/oauth/access_token', { grant_type: 'fb_exchange_token', client_id: SHOP.appId, client_secret: SHOP.appSecret, fb_exchange_token: token, ...more }),
    owner: (request = {}) => issue(SHOP.ownerId, request),
    robot: (request = {}) => issue(SHOP.robotId, { expiresInMs: null, ...request }),
  };
}

/** A value inside a JSON body; undefined where the way ends. */
export function at(body: unknown, ...way: readonly (string | number)[]): unknown {
  return way.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === String(key))?.[1] : undefined), body);
}

/** The list of a paged answer. */
export function items(body: unknown): readonly unknown[] {
  const data = at(body, 'data');
  return Array.isArray(data) ? data : [];
}

/** The new token of an exchange. */
export function tokenIn(reply: Reply): string {
  return String(at(reply.body, 'access_token'));
}
