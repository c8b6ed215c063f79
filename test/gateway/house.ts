import { connect } from 'node:net';
import type { NetConnectOpts } from 'node:net';
import { afterEach } from 'vitest';
import type { AddEnvFileRequest, DeliverRequest, DeliveryDesk, DeliveryView, SetCommandRequest } from '../../src-main/contract/deliveries.ts';
import type { Consumer, ConsumerStore, Right } from '../../src-main/core/consumers/consumer.ts';
import { openConsumers } from '../../src-main/gateway/consumers.ts';
import type { Consumers } from '../../src-main/gateway/consumers.ts';
import type { GatewayLimits } from '../../src-main/gateway/limits.ts';
import type { Section } from '../../src-main/gateway/section.ts';
import { startGateway } from '../../src-main/gateway/server.ts';
import type { Listening } from '../../src-main/gateway/server.ts';
import { createFakeKeeper, outcome } from '../fakes/keeper.ts';
import type { FakeAnswers } from '../fakes/keeper.ts';

/** The key that the gateways of these tests take as the owner's. */
export const KEY = 'test-api-key-not-a-real-one-0123456789abcdef';

/** A port of this computer that the system chooses. */
export const ANY_PORT = { kind: 'port', port: 0, host: '127.0.0.1', alsoCalled: [] } as const satisfies Listening;

/** A line that the log was given. */
export interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A store that lives as long as the test. */
export function memoryConsumers(kept: readonly Consumer[] = []) {
  let all = kept;
  const saves: (readonly Consumer[])[] = [];
  return {
    get: () => all,
    save: async (next) => {
      all = next;
      saves.push(next);
    },
    saves,
  } satisfies ConsumerStore & { readonly saves: unknown };
}

/** Something that the delivery desk was asked. */
export type DeliveryCall =
  | { readonly asked: 'addEnvFile'; readonly request: AddEnvFileRequest }
  | { readonly asked: 'setCommand'; readonly request: SetCommandRequest }
  | { readonly asked: 'remove'; readonly id: string }
  | { readonly asked: 'deliver'; readonly request: DeliverRequest };

/** A delivery, with what a test wants otherwise. */
export function deliveryView(change: Partial<DeliveryView> = {}): DeliveryView {
  return {
    id: 'd-1',
    connection: 'c-main',
    kind: 'env-file',
    target: '/srv/bot/.env',
    variable: 'WHATSAPP_ACCESS_TOKEN',
    keepBackup: false,
    standing: 'done',
    text: null,
    code: null,
    lastDone: '2030-01-01T11:00:00.000Z',
    fingerprint: '…abcd 12ab34cd',
    nextTry: null,
    ...change,
  };
}

/** A desk that remembers what it was asked. */
export function fakeDeliveries(views: readonly DeliveryView[] = []) {
  const calls: DeliveryCall[] = [];
  const desk: DeliveryDesk = {
    list: () => views,
    addEnvFile: async (request) => {
      calls.push({ asked: 'addEnvFile', request });
      return outcome({ code: 'delivery-added' });
    },
    setCommand: async (request) => {
      calls.push({ asked: 'setCommand', request });
      return outcome({ code: 'command-set' });
    },
    remove: async (id) => {
      calls.push({ asked: 'remove', id });
      return outcome({ code: 'delivery-removed' });
    },
    deliver: async (request) => {
      calls.push({ asked: 'deliver', request });
      return outcome({ code: 'delivered' });
    },
  };
  return { desk, calls };
}

/** A key of a consumer, as its holder has it. */
export async function makeKey(keys: Consumers, rights: readonly Right[], connections: readonly string[] | null = null, name = 'Test bot'): Promise<{ readonly key: string; readonly id: string }> {
  const { key, id, message } = await keys.create({ name, rights, connections });
  if (key === null || id === null) throw new Error(message);
  return { key, id };
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** What a test wants otherwise than usual. */
export interface HouseOptions {
  readonly listen?: Listening;
  readonly sections?: readonly Section[];
  readonly deliveries?: readonly DeliveryView[];
}

/** A gateway on a port of its own, with a fake keeper behind it; closed after the test. */
export async function openGateway(answers: Partial<FakeAnswers> = {}, limits: Partial<GatewayLimits> = {}, { listen = ANY_PORT, sections = [], deliveries: views = [] }: HouseOptions = {}) {
  const fake = createFakeKeeper(answers);
  const lines: LogLine[] = [];
  let monotonic = 0;
  const log = { write: (level: string, event: string, facts = {}) => void lines.push({ level, event, facts }) };
  const clock = { now: () => 0, monotonic: () => monotonic };
  const keys = openConsumers({ store: memoryConsumers(), keeper: fake.keeper, clock, log, watchSecret: () => undefined });
  const deliveries = fakeDeliveries(views);
  const gateway = await startGateway({ keeper: fake.keeper, apiKey: KEY, keys, deliveries: deliveries.desk, listen, sections, log, clock, limits: { closeMs: 500, ...limits } });
  closers.push(async () => {
    await gateway.close();
    await keys.close();
  });
  return { ...fake, ...gateway, keys, deliveryCalls: deliveries.calls, lines, host: `127.0.0.1:${gateway.port}`, advance: (ms: number) => (monotonic += ms) };
}

/** What came back on a raw socket. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** `error.code` of the body, where it is an error. */
  readonly code: string | null;
  /** Everything, as it came. */
  readonly text: string;
}

/** Sends bytes as they are and reads until the server hangs up (the test's requests ask it to, or it does so by itself). */
export function sendRaw(to: number | NetConnectOpts, chunks: readonly (string | Buffer)[]): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(typeof to === 'number' ? { port: to, host: '127.0.0.1' } : to);
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (data) => {
      text += String(data);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error);
    });
    socket.on('close', () => resolve(parsed(text)));
    for (const chunk of chunks) socket.write(chunk);
  });
}

/** A request as lines, closed with an empty one; `Connection: close` so that the socket ends. */
export function request(line: string, headers: readonly string[], body = ''): string {
  return [`${line} HTTP/1.1`, ...headers, 'Connection: close', '', body].join('\r\n');
}

function parsed(text: string): RawAnswer {
  const [head = '', body = ''] = text.split(/\r\n\r\n([\s\S]*)/);
  const [first = '', ...rest] = head.split('\r\n');
  const headers = new Map(rest.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  const code = /"code":"([^"]*)"/.exec(body)?.[1] ?? null;
  return { status: Number(first.split(' ')[1] ?? 0), headers, body, code, text };
}
