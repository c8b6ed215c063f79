import { connect } from 'node:net';
import { afterEach } from 'vitest';
import { startGateway } from '../../src-main/gateway/server.ts';
import type { GatewayLimits } from '../../src-main/gateway/limits.ts';
import { createFakeKeeper } from '../fakes/keeper.ts';
import type { FakeAnswers } from '../fakes/keeper.ts';

/** The key that the gateways of these tests take. */
export const KEY = 'test-api-key-not-a-real-one-0123456789abcdef';

/** A line that the log was given. */
export interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** A gateway on a port of its own, with a fake keeper behind it; closed after the test. */
export async function openGateway(answers: Partial<FakeAnswers> = {}, limits: Partial<GatewayLimits> = {}) {
  const fake = createFakeKeeper(answers);
  const lines: LogLine[] = [];
  let monotonic = 0;
  const gateway = await startGateway({
    keeper: fake.keeper,
    apiKey: KEY,
    port: 0,
    host: '127.0.0.1',
    log: { write: (level, event, facts = {}) => lines.push({ level, event, facts }) },
    clock: { now: () => 0, monotonic: () => monotonic },
    limits: { closeMs: 500, ...limits },
  });
  closers.push(() => gateway.close());
  return { ...fake, ...gateway, lines, host: `127.0.0.1:${gateway.port}`, advance: (ms: number) => (monotonic += ms) };
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
export function sendRaw(port: number, chunks: readonly (string | Buffer)[]): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
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
