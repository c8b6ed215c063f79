import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, request as httpRequest } from 'node:http';
import { afterEach } from 'vitest';
import type { Channel } from '../../../src-main/contract/window-channels.ts';
import type { WindowView } from '../../../src-main/contract/window-view.ts';
import { createPageSection } from '../../../src-main/gateway/page/section.ts';
import type { SessionWindow } from '../../../src-main/gateway/page/sessions.ts';
import type { WindowFile } from '../../../src-main/core/window-file.ts';
import type { Refusal } from '../../../src-main/gateway/refusal.ts';
import { answersOf } from '../../../src-main/owner/answering.ts';
import { connectionView, outcome, statusOf } from '../../fakes/keeper.ts';

/** What came back. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** `error.code` of the body, where it is an error. */
  readonly code: string | null;
}

/** What a request is made of. */
export interface Asked {
  readonly method?: string;
  /** As pairs, so that one can be sent twice. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const file = (type: string, text: string, hashed: boolean): WindowFile => ({ type, body: Buffer.from(text), hashed });

/** The page's section on a server of its own, with windows that remember what they were asked. */
export async function openPageHouse() {
  let monotonic = 0;
  let label = 'Main shop';
  const asked: { readonly window: number; readonly channel: Channel; readonly request: unknown }[] = [];
  const said: string[] = [];
  const refusals: (Refusal & { readonly method: string | null })[] = [];
  const view = (): WindowView => ({
    status: statusOf([connectionView({ label })]),
    busy: [],
    gateway: { enabled: true, canChange: false, port: 1, address: 'http://127.0.0.1:1', trouble: null, keys: [] },
    deliveries: [],
    app: { version: '0.1.0', surface: 'browser', look: 'healthy', startsAtLogin: null, notificationsPausedUntil: null, notificationTrouble: null, canShowTrayIcon: false },
  });
  let windows = 0;
  const openWindow = (): SessionWindow => {
    windows += 1;
    const mine = windows;
    const plain = (channel: Channel) => (request: unknown) => {
      asked.push({ window: mine, channel, request });
      return outcome({ code: channel, connection: null });
    };
    const answers = answersOf({
      view,
      history: () => [],
      createKey: () => ({ ...outcome(), key: null, id: null }),
      ...plainOutcomes(plain),
    });
    return { answer: (channel, request) => answers[channel](request), left: () => said.push(`left ${mine}`), ended: () => said.push(`ended ${mine}`) };
  };
  const section = createPageSection({
    files: new Map([
      ['/', file('text/html; charset=utf-8', '<!doctype html><title>Evertoken</title>', false)],
      ['/assets/index-abc12345.js', file('text/javascript; charset=utf-8', 'export {};', true)],
    ]),
    view,
    openWindow,
    clock: { now: () => 0, monotonic: () => monotonic },
  });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, 'keeper.example']);
  server.on('request', (request, response) => {
    if (!section.takes(request.url ?? '')) response.writeHead(404).end('not taken');
    else void section.serve(request, response, { hosts, continueBody: () => undefined, refused: (refusal, method) => refusals.push({ ...refusal, method }) });
  });
  closers.push(
    () =>
      new Promise((resolve) => {
        section.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );

  const ask = (path: string, { method = 'GET', headers = [], body = '' }: Asked = {}): Promise<PageAnswer> =>
    new Promise((resolve, reject) => {
      const own = headers.some(([name]) => name === 'Host') ? [] : [['Host', `127.0.0.1:${port}`] as const];
      // Node takes pairs as well, which its types do not know.
      const raw = [...own, ...headers, ['Content-Length', String(Buffer.byteLength(body))] as const].flat() as unknown as OutgoingHttpHeaders;
      const sent = httpRequest({ port, host: '127.0.0.1', path, method, headers: raw, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, code: /"code":"([^"]*)"/.exec(text)?.[1] ?? null }));
        response.once('error', reject);
      });
      sent.once('error', reject);
      sent.end(body);
    });
  const post = (path: string, body: unknown, headers: Asked['headers'] = []): Promise<PageAnswer> =>
    ask(path, { method: 'POST', headers: [['Content-Type', 'application/json'], ...headers], body: typeof body === 'string' ? body : JSON.stringify(body) });
  const enter = async (): Promise<string> => {
    const { body } = await post('/session', { secret: section.makeLink() });
    return (JSON.parse(body) as { key: string }).key;
  };
  /** Opens a stream and collects its lines; `pause` stops reading, as a page in a browser that hangs does. */
  const listen = (key: string): Promise<{ readonly status: number; readonly lines: string[]; readonly ended: () => boolean; readonly pause: () => void; readonly resume: () => void; readonly hangUp: () => void }> =>
    new Promise((resolve, reject) => {
      const sent = httpRequest({ port, host: '127.0.0.1', path: '/window/events', headers: { Authorization: `Bearer ${key}` }, agent: false }, (response) => {
        const lines: string[] = [];
        let rest = '';
        let ended = false;
        response.setEncoding('utf8').on('data', (chunk: string) => {
          const pieces = (rest + chunk).split('\n');
          rest = pieces.pop() ?? '';
          lines.push(...pieces);
        });
        response.once('end', () => (ended = true)).once('error', () => (ended = true));
        resolve({ status: response.statusCode ?? 0, lines, ended: () => ended, pause: () => response.pause(), resume: () => response.resume(), hangUp: () => sent.destroy() });
      });
      sent.once('error', reject);
      sent.end();
    });

  return {
    section,
    port,
    origin: `http://127.0.0.1:${port}`,
    asked,
    said,
    refusals,
    ask,
    post,
    enter,
    listen,
    advance: (ms: number) => (monotonic += ms),
    rename: (next: string) => {
      label = next;
      section.changed();
    },
  };
}

type Plain = Exclude<Channel, 'view' | 'history' | 'createKey'>;

function plainOutcomes(answer: (channel: Plain) => (request: unknown) => ReturnType<typeof outcome>): Readonly<Record<Plain, (request: unknown) => ReturnType<typeof outcome>>> {
  const names = ['connect', 'importEnvFile', 'refresh', 'check', 'replace', 'confirmReplace', 'forgetReplace', 'chooseNumber', 'remove', 'acknowledge', 'openLink', 'showTrayIcon', 'setStartAtLogin', 'pauseNotifications', 'setGateway', 'revokeKey', 'addEnvDelivery', 'setCommand', 'removeDelivery', 'deliver'] as const satisfies readonly Plain[];
  return Object.fromEntries(names.map((name) => [name, answer(name)])) as Record<Plain, (request: unknown) => ReturnType<typeof outcome>>;
}

/** Turns of the event loop until it holds; real sockets need no clock, and the tests' own may be stopped. */
export async function eventually(what: string, holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200_000; turn += 1) {
    if (holds()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`It did not come to this: ${what}`);
}
