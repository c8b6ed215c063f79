import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import { connect, createServer as createSocketServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach } from 'vitest';
import type { Consumer, Right } from '../../../src-main/core/consumers/consumer.ts';
import { openConsumers } from '../../../src-main/gateway/consumers.ts';
import type { Consumers } from '../../../src-main/gateway/consumers.ts';
import { createGraphSection } from '../../../src-main/gateway/graph/section.ts';
import type { GraphLimits } from '../../../src-main/gateway/graph/limits.ts';
import { digestKey } from '../../../src-main/gateway/key-check.ts';
import { startGateway } from '../../../src-main/gateway/server.ts';
import type { HandedToken } from '../../../src-main/keeper/api.ts';
import { appSecretProof } from '../../../src-main/practice/appsecret-proof.ts';
import { startPracticeMeta } from '../../../src-main/practice/meta.ts';
import { SHOP, openShop } from '../../../src-main/practice/shop.ts';
import { connectionView, createFakeKeeper, handedToken, statusOf } from '../../fakes/keeper.ts';
import type { FakeAnswers } from '../../fakes/keeper.ts';
import { fakeDeliveries, memoryConsumers } from '../house.ts';

/** The owner's key and a consumer's, both made up. */
export const OWNER_KEY = 'owner-key-not-a-real-one-0123456789abcdefghijk';
export const KEY = 'evk_consumer-key-not-a-real-one-0123456789abcdef';
export const OTHER_KEY = 'evk_another-key-not-a-real-one-0123456789abcdef0';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** Closes something after the test. */
export function afterwards(close: () => void): void {
  closers.push(async () => close());
}

/** A consumer with every right, and what a test wants otherwise. */
export function consumer(key: string, change: Partial<Consumer> = {}): Consumer {
  const rights: readonly Right[] = ['graph', 'token', 'status', 'refresh'];
  return { id: `id-${key.slice(4, 8)}`, name: 'The bot', digest: digestKey(key).toString('hex'), rights, connections: null, createdAt: 0, usage: { lastUsedAt: null, calls: 0, renewals: 0, errors: 0 }, ...change };
}

export interface OpenOptions {
  readonly graphUrl: string;
  readonly answers?: Partial<FakeAnswers>;
  readonly consumers?: readonly Consumer[];
  readonly limits?: Partial<GraphLimits>;
  /** Names that the owner allowed, beside those of this computer. */
  readonly alsoCalled?: readonly string[];
}

/** A gateway with the pass-through in it, in front of some Graph address. */
export async function openGraph({ graphUrl, answers = {}, consumers = [consumer(KEY)], limits = {}, alsoCalled = [] }: OpenOptions) {
  const fake = createFakeKeeper({ accessToken: async () => handedToken(), currentToken: () => handedToken(), ...answers });
  const counted: (readonly [string, ...unknown[]])[] = [];
  const lines: { readonly event: string; readonly facts: Readonly<Record<string, unknown>> }[] = [];
  let monotonic = 0;
  const log = { write: (_level: string, event: string, facts: Readonly<Record<string, unknown>> = {}) => void lines.push({ event, facts }) };
  const clock = { now: () => 0, monotonic: () => monotonic };
  const opened = openConsumers({ store: memoryConsumers(consumers), keeper: fake.keeper, clock, log, watchSecret: () => undefined });
  const keys: Consumers = {
    ...opened,
    called: (one, connection, fingerprint) => {
      counted.push(['called', one.id, connection, fingerprint]);
      opened.called(one, connection, fingerprint);
    },
    failed: (one) => {
      counted.push(['failed', one.id]);
      opened.failed(one);
    },
  };
  const section = createGraphSection({ keeper: fake.keeper, consumers: keys, ownerDigest: digestKey(OWNER_KEY), graphUrl, graphVersion: 'v26.0', clock, log, limits });
  const gateway = await startGateway({ keeper: fake.keeper, apiKey: OWNER_KEY, keys, deliveries: fakeDeliveries().desk, listen: { kind: 'port', port: 0, host: '127.0.0.1', alsoCalled }, sections: [section], log, clock, limits: { closeMs: 500 } });
  closers.push(async () => {
    await gateway.close();
    await keys.close();
  });
  const host = `127.0.0.1:${gateway.port}`;
  return { ...fake, gateway, port: gateway.port, host, url: `http://${host}`, keys, counted, lines, advance: (ms: number) => (monotonic += ms) };
}

/** A practice Meta with the shop in it and a token, and a gateway whose keeper hands that token out. */
export async function openShopGraph(change: { readonly limits?: Partial<GraphLimits>; readonly consumers?: readonly Consumer[]; readonly withSecret?: boolean } = {}) {
  const { withSecret = true, ...rest } = change;
  const meta = await startPracticeMeta({ seed: 11 });
  closers.push(() => meta.stop());
  openShop(meta.world);
  const issue = (): string => meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: null });
  const handed = (token: string): HandedToken => handedToken({ token, fingerprint: `…${token.slice(-4)} of ${token.slice(-12, -4)}`, proof: withSecret ? appSecretProof(token, SHOP.appSecret) : null });
  const token = issue();
  const graph = await openGraph({
    graphUrl: meta.url,
    answers: { status: statusOf([connectionView({ id: 'c-main', label: 'Shop' })]), accessToken: async () => handed(token), currentToken: () => handed(token) },
    ...rest,
  });
  return { ...graph, meta, token, issue, handed };
}

/** A server in Meta's place that answers as the test says. */
export async function standIn(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return `http://127.0.0.1:${portOf(server.address())}`;
}

/** A server in Meta's place that speaks bytes. */
export async function rawStandIn(onSocket: (socket: Socket) => void): Promise<string> {
  const open = new Set<Socket>();
  const server = createSocketServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of open) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return `http://127.0.0.1:${portOf(server.address())}`;
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** What a request brought to a stand-in, body and all. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** A stand-in that remembers every request and answers each the same. */
export async function recorder(status = 200, headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' }, body: string | Buffer = '{"ok":true}') {
  const seen: Seen[] = [];
  const url = await standIn((request, response) => {
    const answer = (bytes: Buffer): void => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.rawHeaders, body: bytes });
      response.writeHead(status, headers);
      response.end(body);
    };
    // What is broken off half-way is no request.
    void readAll(request).then(answer, () => undefined);
  });
  return { url, seen };
}

/** The whole body. */
export async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The values that a raw list of headers has under a name. */
export function valuesOf(headers: readonly string[], name: string): readonly string[] {
  return headers.filter((_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() === name);
}

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

/** `fetch`, read to the end. */
export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Not every answer is JSON.
  }
  return { status: response.status, headers: response.headers, text, body };
}

export const bearer = (key = KEY): Record<string, string> => ({ authorization: `Bearer ${key}` });

/** A text message, as a bot sends it. */
export const TEXT = JSON.stringify({ messaging_product: 'whatsapp', to: '15550100002', type: 'text', text: { body: 'Your order is ready.' } });

/** Sends one. */
export function sendText(url: string, headers: Record<string, string> = bearer()): Promise<Answer> {
  return call(`${url}/graph/c-main/v26.0/${SHOP.phoneNumberId}/messages`, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: TEXT });
}

/** `error` of an answer, as far as tests look at it. */
export function errorOf({ body }: Pick<Answer, 'body'>): Readonly<Record<string, unknown>> {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
  return typeof error === 'object' && error !== null ? { ...error } : {};
}

/** Sends bytes as they are and reads until the server hangs up. */
export function sendRaw(port: number, chunks: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (data) => {
      text += String(data);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error);
    });
    socket.on('close', () => resolve(text));
    for (const chunk of chunks) socket.write(chunk);
  });
}

/** A request as lines, closed with an empty one; `Connection: close` so that the socket ends. */
export function wire(line: string, headers: readonly string[], body = ''): string {
  return [`${line} HTTP/1.1`, ...headers, 'Connection: close', '', body].join('\r\n');
}
