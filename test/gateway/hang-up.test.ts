import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { answerRefusal } from '../../src-main/gateway/answer.ts';
import { refusal } from '../../src-main/gateway/refusal.ts';
import type { Section } from '../../src-main/gateway/section.ts';
import { KEY, openGateway, sendRaw } from './house.ts';

const auth = `Authorization: Bearer ${KEY}`;
const LINGER = { lingerMs: 100, headersMs: 60_000, requestMs: 60_000, keepAliveMs: 60_000 };
type Gate = Awaited<ReturnType<typeof openGateway>>;

const section: Section = {
  takes: (target) => target.startsWith('/section'),
  serve: async (_request, response) => answerRefusal(response, refusal('key-wrong')),
  close: () => undefined,
};

/** A caller that never hangs up by itself and sends something every few milliseconds, and what it heard. */
function stayOn(port: number, first: string, piece = 'a') {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let text = '';
  socket.on('data', (data) => void (text += String(data)));
  socket.on('error', () => undefined);
  socket.write(first);
  const timer = setInterval(() => socket.write(piece), 10);
  // It learns that it was cut off by what it sends.
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      clearInterval(timer);
      resolve();
    });
  });
  return { socket, closed, heard: () => text };
}

const post = (path: string, host: string, ...headers: readonly string[]): string => [`POST ${path} HTTP/1.1`, `Host: ${host}`, ...headers, '', ''].join('\r\n');

describe('a caller that is refused and stays on', () => {
  it.each<readonly [string, (gate: Gate) => string, number]>([
    ['without a key', ({ host }) => post('/admin/refresh-token', host, 'Content-Length: 1000'), 401],
    ['without a key, in chunks', ({ host }) => post('/admin/refresh-token', host, 'Transfer-Encoding: chunked'), 401],
    ['without a key, after leave was asked', ({ host }) => post('/admin/refresh-token', host, 'Expect: 100-continue', 'Content-Length: 1000'), 401],
    ['with an expectation unknown', ({ host }) => post('/admin/refresh-token', host, 'Expect: the-impossible', 'Content-Length: 1000'), 417],
    ['of another Host', () => post('/x', 'evil.example', 'Content-Length: 1000'), 421],
    ['by a part of the server with rules of its own', ({ host }) => post('/section', host, 'Content-Length: 1000'), 401],
    ['because it speaks no HTTP', () => 'EHLO mail.example\r\n\r\n', 400],
    ['because it wants a tunnel', ({ host }) => `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 405],
  ])('%s, is told so and then cut off', async (_name, first, status) => {
    const gate = await openGateway({}, LINGER, { sections: [section] });
    const { closed, heard } = stayOn(gate.port, first(gate));
    await closed;
    expect(heard().match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`]);
    expect(heard()).toMatch(/\r\nconnection: close\r\n/i);
    expect(heard()).toMatch(/"type":"EvertokenError".*\}$/);
    expect(gate.calls).toEqual([]);
  });

  it('hears the answer also where it sends a large body before it listens', async () => {
    const { host, port } = await openGateway();
    const size = 32 * 1024 * 1024;
    const answer = await sendRaw(port, [post('/admin/connections', host, `Content-Length: ${size}`), Buffer.alloc(size)]);
    expect([answer.status, answer.code, answer.headers.get('connection')]).toEqual([401, 'key-missing', 'close']);
  });

  it('is not cut off before its time is over', async () => {
    const { host, port } = await openGateway({}, { ...LINGER, lingerMs: 60_000 });
    const { socket, closed, heard } = stayOn(port, post('/admin/refresh-token', host, 'Content-Length: 100000'));
    await once(socket, 'end');
    expect(heard()).toContain('HTTP/1.1 401');
    // The first piece that is sent to a socket that is gone has it answered with a reset; the next ones then fail.
    for (let sent = 0; sent < 10; sent += 1) {
      const error = await new Promise((resolve) => void setTimeout(() => socket.write('x', resolve), 10));
      expect(error ?? null).toBeNull();
    }
    socket.end();
    await closed;
  });

  it('is not answered again when the rest of its body and another request arrive', async () => {
    const { host, port, calls } = await openGateway({}, { ...LINGER, lingerMs: 500 });
    const { socket, closed, heard } = stayOn(port, post('/admin/refresh-token', host, 'Content-Length: 100'), '\r\n');
    await once(socket, 'end');
    socket.write('\r\n'.repeat(50) + post('/admin/refresh-token', host, auth, 'Content-Length: 0').repeat(3));
    await closed;
    expect([heard().match(/HTTP\/1\.1 \d+/g), calls]).toEqual([['HTTP/1.1 401'], []]);
  });
});

describe('a connection that is kept', () => {
  it('serves one request after the other, with bodies, and also after a refusal that had none', async () => {
    const { host, port } = await openGateway({}, {}, { sections: [section] });
    const socket = connect(port, '127.0.0.1');
    const ask = async (wire: string): Promise<readonly [string | undefined, string | undefined]> => {
      socket.write(wire);
      let text = '';
      do text += String(((await once(socket, 'data')) as readonly unknown[])[0]);
      while (!text.endsWith('}'));
      return [/ (\d+)/.exec(text)?.[1], /\r\nconnection: (.*)\r\n/i.exec(text)?.[1]];
    };
    const acknowledge = `${post('/admin/alerts/acknowledge', host, auth, 'Content-Type: application/json', 'Content-Length: 10')}{"id":"x"}`;
    const refused = `GET /admin/token-status HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    const atOnce = `GET /section HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    const answers = [await ask(acknowledge), await ask(refused), await ask(atOnce), await ask(acknowledge), await ask(`${post('/admin/alerts/acknowledge', host, auth, 'Content-Type: application/json', 'Content-Length: 10')}{"id":123}`), await ask(acknowledge)];
    socket.destroy();
    expect(answers).toEqual([['200', 'keep-alive'], ['401', 'keep-alive'], ['401', 'keep-alive'], ['200', 'keep-alive'], ['400', 'keep-alive'], ['200', 'keep-alive']]);
  });

  it('is cut off when nothing comes any more', async () => {
    const { host, port } = await openGateway({}, { ...LINGER, keepAliveMs: 100 });
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.write(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as readonly unknown[];
    await once(socket, 'end');
    socket.destroy();
    expect(String(answer)).toContain('HTTP/1.1 200');
  });
});

describe('more connections than there may be', () => {
  it('are hung up on without an answer, and taken again when others have left', async () => {
    const { host, port } = await openGateway({}, { connections: 2, keepAliveMs: 60_000 });
    const health = `GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    const open = async (): Promise<{ readonly socket: Socket; readonly answer: string | null }> => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(health);
      const answer = await Promise.race([once(socket, 'data').then((heard: readonly unknown[]) => String(heard[0])), new Promise<null>((resolve) => void socket.once('close', () => resolve(null)))]);
      return { socket, answer };
    };
    const [one, two] = [await open(), await open()];
    expect([one.answer, two.answer]).toEqual(Array(2).fill(expect.stringContaining('HTTP/1.1 200')));
    expect((await open()).answer).toBeNull();
    one.socket.destroy();
    let three = await open();
    while (three.answer === null) three = await open();
    expect(three.answer).toContain('HTTP/1.1 200');
    for (const { socket } of [two, three]) socket.destroy();
  });
});
