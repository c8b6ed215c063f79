import { createServer } from 'node:http';
import { createServer as createPlainServer } from 'node:net';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../src-main/adapters/folder-lock.ts';
import { writeRunningFile } from '../../src-main/adapters/running-file.ts';
import { askHttp } from '../../src-main/cli/http.ts';
import { outcome } from '../fakes/keeper.ts';
import { dataFolderWithKey, openEvertoken, runCli } from './house.ts';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

const json = (text: string): unknown => JSON.parse(text);

/** A program of somebody else's on a socket that the record names. */
async function strangerOnSocket(answer: string) {
  const { folder, key } = await dataFolderWithKey();
  const path = join(folder, 'control.sock');
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    response.end(answer);
  });
  closers.push(() => server.close());
  await new Promise<void>((resolve) => void server.listen({ path }, resolve));
  await writeRunningFile(folder, { port: null, socket: path, pid: process.pid, startedAt: 0 });
  return { folder, key, path, heard };
}

describe('through the control socket', () => {
  it('an Evertoken that listens on no port at all is asked, and told, everything', async () => {
    const { cli, calls, socket, folder } = await openEvertoken({}, { doors: ['socket'] });
    expect(socket).toBe(join(folder, 'control.sock'));
    expect((await stat(join(folder, 'control.sock'))).mode & 0o777).toBe(0o600);
    const status = await cli(['status']);
    expect([status.exit, status.err]).toEqual([0, '']);
    expect(status.out).toContain('Main shop (production): healthy');
    expect(await cli(['refresh'])).toMatchObject({ exit: 0, out: 'Renewed.\n' });
    expect((await cli(['connect'], { stdin: 'EAATestThroughTheSocket01234' })).exit).toBe(0);
    expect((await cli(['remove', '--yes'])).exit).toBe(0);
    expect(calls.map(({ asked }) => asked)).toEqual(['refresh', 'connect', 'remove']);
  });

  it('the socket goes before the port, a --port before the socket, and EVERTOKEN_PORT does not', async () => {
    const { cli, port } = await openEvertoken({}, { doors: ['port', 'socket'] });
    const doors: string[] = [];
    const noting: typeof askHttp = (door, question) => {
      doors.push(door.kind);
      return askHttp(door, question);
    };
    const used = async (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<readonly string[]> => {
      doors.length = 0;
      expect((await cli(argv, { askHttp: noting, env })).exit).toBe(0);
      return [...new Set(doors)];
    };
    expect(await used(['status'])).toEqual(['socket']);
    expect(await used(['status'], { EVERTOKEN_PORT: '1' })).toEqual(['socket']);
    expect(await used(['status', '--port', String(port)])).toEqual(['port']);
  });

  it('where the socket was cleared away, the port is tried, with its own proof', async () => {
    const { cli, socket, calls } = await openEvertoken({}, { doors: ['port', 'socket'] });
    await rm(socket ?? '');
    expect((await cli(['refresh'])).exit).toBe(0);
    expect(calls).toHaveLength(1);
  });

  it('one that has ended is not running', async () => {
    const { cli, close, socket } = await openEvertoken({}, { doors: ['socket'] });
    await close();
    expect(await cli(['status'])).toMatchObject({ exit: 2, out: '', err: `Evertoken is not running: nothing answers on the socket ${socket}. Start it with: npm start, or without a screen: npm run serve\n` });
  });

  it('one that holds the folder and does not answer may still be starting', async () => {
    const { cli, close, folder } = await openEvertoken({}, { doors: ['socket'] });
    await close();
    const lock = await lockFolder(folder, { onLost: () => undefined });
    expect(json((await cli(['status', '--json'])).out)).toMatchObject({ error: { code: 'no-door' } });
    if (lock.ok) await lock.release();
    expect(json((await cli(['status', '--json'])).out)).toMatchObject({ error: { code: 'not-running' } });
  });

  it('one that is stopping takes nothing new, and still answers what it was asked', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let begun = (): void => undefined;
    const asked = new Promise<void>((resolve) => (begun = resolve));
    const { cli, close } = await openEvertoken({ refresh: async () => (begun(), await held, outcome({ message: 'Renewed at last.' })) }, { doors: ['socket'] });
    const waiting = cli(['refresh']);
    await asked;
    const closed = close();
    expect(json((await cli(['status', '--json'])).out)).toMatchObject({ error: { code: 'not-running' } });
    release();
    expect(await waiting).toMatchObject({ exit: 0, out: 'Renewed at last.\n' });
    await closed;
  });

  it('one that dies over a question: exit 1, for nobody knows how far it got', async () => {
    const { cli } = await openEvertoken({}, { doors: ['socket'] });
    const dying = createPlainServer((socket) => socket.once('data', () => socket.destroy()));
    closers.push(() => dying.close());
    const { folder } = await dataFolderWithKey();
    const path = join(folder, 'dying.sock');
    await new Promise<void>((resolve) => void dying.listen({ path }, resolve));
    const half: typeof askHttp = (door, question) => askHttp(question.method === 'GET' ? door : { kind: 'socket', path }, question);
    expect(await cli(['refresh'], { askHttp: half })).toMatchObject({ exit: 1, out: '', err: 'Evertoken ended before it answered. See how things stand with: npx evertoken status\n' });
  });

  it.each([
    ['that claims to be well', '{"ok":true}', 'does not sound like Evertoken'],
    ['that makes a proof up', JSON.stringify({ ok: true, proof: '0'.repeat(64) }), 'does not take the key'],
    ['that is a page', '<html>', 'does not sound like Evertoken'],
  ])('a stranger %s is told no key and no token', async (_name, answer, words) => {
    const { folder, key, path, heard } = await strangerOnSocket(answer);
    const ran = await runCli(['connect', '--data-dir', folder], { stdin: 'EAATestForNobody0123456789' });
    expect([ran.exit, heard.length]).toEqual([2, 1]);
    expect(ran.err).toContain(`on the socket ${path} ${words}`);
    for (const secret of [key, 'EAATest', 'authorization']) expect(heard.join('')).not.toContain(secret);
  });
});

describe('asking over HTTP', () => {
  /** A server that does with a connection what the test says. */
  async function serving(handle: Parameters<typeof createPlainServer>[1]): Promise<{ readonly kind: 'port'; readonly port: number }> {
    const server = createPlainServer({}, handle);
    closers.push(() => server.close());
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return { kind: 'port', port: typeof address === 'object' && address !== null ? address.port : 0 };
  }
  const question = { method: 'GET', path: '/', headers: {}, body: null, timeoutMs: 10_000 };

  it('gives up after its time, before the answer begins and in the middle of it', async () => {
    const silent = await serving((socket) => socket.on('error', () => undefined));
    const slow = await serving((socket) => void socket.on('error', () => undefined).write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'));
    for (const door of [silent, slow]) await expect(askHttp(door, { ...question, timeoutMs: 100 })).rejects.toMatchObject({ name: 'AnswerTimeout' });
  });

  it('an answer that is cut off is none', async () => {
    const door = await serving((socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'));
    await expect(askHttp(door, question)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('an answer without end does not fill the memory', async () => {
    let sent = 0;
    const door = await serving((socket) => {
      const megabyte = Buffer.alloc(1_000_000, 'x');
      const pour = (): void => {
        while (socket.writable) {
          sent += 1;
          if (!socket.write(megabyte)) return;
        }
      };
      socket.on('error', () => undefined).on('drain', pour);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      pour();
    });
    await expect(askHttp(door, question)).rejects.toThrow('too large');
    expect(sent).toBeLessThan(100);
  });

  it('follows no redirection', async () => {
    const door = await serving((socket) => void socket.end('HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n'));
    expect(await askHttp(door, question)).toEqual({ status: 302, text: '' });
  });
});
