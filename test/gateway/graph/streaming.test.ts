import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { KEY, afterwards, bearer, call, errorOf, openGraph, rawStandIn, standIn } from './house.ts';

const MB = 1024 * 1024;
const SIZE = 64 * MB;
const CHUNK = Buffer.alloc(256 * 1024, 5);

/** Asks and stops reading after the headers; `read` goes on. */
function slowReader(port: number, path: string) {
  const socket = connect(port, '127.0.0.1');
  afterwards(() => void socket.destroy());
  let bytes = 0;
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${KEY}\r\nConnection: close\r\n\r\n`);
  socket.on('data', (data) => {
    bytes += data.length;
  });
  return { read: () => socket.resume(), bytes: () => bytes, socket };
}

/** Waits until a count stands still. */
async function settled(count: () => number): Promise<number> {
  for (let last = -1; ; ) {
    const now = count();
    if (now === last && now > 0) return now;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

describe('64 MB down', () => {
  it('come no faster than they are read, and whole', async () => {
    let sent = 0;
    const graphUrl = await standIn((_request, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': SIZE });
      const next = (): void => {
        while (sent < SIZE) {
          sent += CHUNK.length;
          if (!response.write(CHUNK)) return void response.once('drain', next);
        }
        response.end();
      };
      next();
    });
    const { port } = await openGraph({ graphUrl });
    const reader = slowReader(port, '/graph/c-main/v26.0/file');
    // What the buffers of three sockets take, and no more of the 64 MB.
    expect(await settled(() => sent)).toBeLessThan(24 * MB);
    reader.read();
    await expect.poll(() => reader.bytes(), { timeout: 20_000 }).toBeGreaterThanOrEqual(SIZE);
    expect(sent).toBe(SIZE);
  });

  it('a caller that goes away has Meta’s side ended', async () => {
    let closed = false;
    const graphUrl = await standIn((_request, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': SIZE });
      response.write(CHUNK);
      response.on('close', () => {
        closed = true;
      });
    });
    const { port } = await openGraph({ graphUrl });
    const reader = slowReader(port, '/graph/c-main/v26.0/file');
    reader.read();
    await expect.poll(() => reader.bytes()).toBeGreaterThan(0);
    reader.socket.destroy();
    await expect.poll(() => closed).toBe(true);
  });

  it('an answer that Meta cuts off looks cut off', async () => {
    const graphUrl = await rawStandIn((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n', () => setTimeout(() => socket.destroy(), 50)));
    });
    const { url, counted } = await openGraph({ graphUrl });
    await expect(call(`${url}/graph/c-main/v26.0/file`, { headers: bearer() })).rejects.toThrow('terminated');
    await expect.poll(() => counted.map(([what]) => what)).toEqual(['called', 'failed']);
  });
});

describe('64 MB up', () => {
  it.each([
    ['plain, with a length', 'video/mp4', '', true],
    ['plain, in chunks', 'video/mp4', '', false],
    ['a multipart form with the key in it', 'multipart/form-data; boundary=b0undary', `--b0undary\r\nContent-Disposition: form-data; name="access_token"\r\n\r\n${KEY}\r\n`, true],
    ['the same in chunks', 'multipart/form-data; boundary=b0undary', `--b0undary\r\nContent-Disposition: form-data; name="access_token"\r\n\r\n${KEY}\r\n`, false],
  ])('go no faster than they are taken, and whole: %s', async (_name, type, before, hasLength) => {
    let received = 0;
    let take: () => void = () => undefined;
    let announced: string | undefined;
    let begin = '';
    const graphUrl = await standIn((request, response) => {
      announced = request.headers['content-length'];
      take = () => {
        request.on('data', (data: Buffer) => {
          if (begin === '') begin = data.toString('latin1', 0, 60);
          received += data.length;
        });
        request.on('end', () => response.end(JSON.stringify({ id: '1' })));
      };
    });
    const { port } = await openGraph({ graphUrl });
    const start = type.startsWith('multipart') ? `${before}--b0undary\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n` : '';
    const left = start.length - before.length + SIZE;
    const head = [`POST /graph/c-main/v26.0/1/media HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...(before === '' ? [`Authorization: Bearer ${KEY}`] : []), `Content-Type: ${type}`, 'Connection: close', hasLength ? `Content-Length: ${start.length + SIZE}` : 'Transfer-Encoding: chunked', '', ''].join('\r\n');
    const socket = connect(port, '127.0.0.1');
    afterwards(() => void socket.destroy());
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString();
    });
    const frame = (data: Buffer): Buffer => (hasLength ? data : Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')]));
    let sent = 0;
    socket.write(head);
    if (start !== '') socket.write(frame(Buffer.from(start)));
    const next = (): void => {
      while (sent < SIZE) {
        sent += CHUNK.length;
        if (!socket.write(frame(CHUNK))) return void socket.once('drain', next);
      }
      if (!hasLength) socket.write('0\r\n\r\n');
    };
    next();
    await settled(() => sent);
    expect(sent - socket.writableLength).toBeLessThan(24 * MB);
    take();
    await expect.poll(() => answer, { timeout: 20_000 }).toContain('{"id":"1"}');
    expect([received, announced, begin.includes(KEY)]).toEqual([left, hasLength ? String(left) : undefined, false]);
  });

  it('a key that turns up late in a stream ends it before Meta has the whole', async () => {
    let received = 0;
    let whole = false;
    const graphUrl = await standIn((request, response) => {
      request.on('data', (data: Buffer) => {
        received += data.length;
        if (data.includes(KEY)) throw new Error('the key reached Meta');
      });
      request.on('end', () => {
        whole = true;
        response.end('{}');
      });
      request.on('error', () => undefined);
    });
    const { url, counted } = await openGraph({ graphUrl });
    const body = Buffer.concat([Buffer.alloc(3 * MB, 1), Buffer.from(KEY), Buffer.alloc(MB, 1)]);
    const answer = await call(`${url}/graph/c-main/1/media`, { method: 'POST', headers: { ...bearer(), 'content-type': 'application/octet-stream' }, body });
    expect([answer.status, errorOf(answer)['evertoken_code'], whole]).toEqual([400, 'key-elsewhere', false]);
    expect(received).toBeLessThan(body.length);
    expect(counted.map(([what]) => what)).toEqual(['called', 'failed']);
  });

  it('a form whose key comes too late: 401 that says where to put it', async () => {
    const graphUrl = await standIn((_request, response) => void response.end('{}'));
    const { url } = await openGraph({ graphUrl });
    const form = new FormData();
    form.set('file', new Blob([Buffer.alloc(200_000)]), 'a');
    form.set('access_token', KEY);
    const answer = await call(`${url}/graph/c-main/1/media`, { method: 'POST', body: form });
    expect([answer.status, errorOf(answer)['evertoken_code'], errorOf(answer)['code']]).toEqual([401, 'key-too-late', 190]);
    expect(errorOf(answer)['message']).toContain('before the file');
  });

  it('Meta answering before it has the whole is heard', async () => {
    const graphUrl = await rawStandIn((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 413 Payload Too Large\r\nContent-Type: application/json\r\nContent-Length: 22\r\nConnection: close\r\n\r\n{"error":{"code":100}}'));
    });
    const { url } = await openGraph({ graphUrl });
    const answer = await call(`${url}/graph/c-main/1/media`, { method: 'POST', headers: { ...bearer(), 'content-type': 'video/mp4' }, body: Buffer.alloc(4 * MB) });
    expect([answer.status, errorOf(answer)['code']]).toEqual([413, 100]);
  });
});

describe('callers that take their time', () => {
  it.each([
    ['in a small body', '', 100],
    ['in a large one', '', 8 * MB],
    ['before the key of a form has come', 'application/x-www-form-urlencoded', 100],
  ])('a body that stands still %s: 408', async (_name, type, length) => {
    const graphUrl = await standIn((request) => void request.on('error', () => undefined).resume());
    const { port } = await openGraph({ graphUrl, limits: { bodyIdleMs: 200 } });
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (data) => {
      text += data.toString();
    });
    const authorization = type === '' ? [`Authorization: Bearer ${KEY}`] : [];
    socket.write(['POST /graph/c-main/1/messages HTTP/1.1', `Host: 127.0.0.1:${port}`, ...authorization, `Content-Type: ${type === '' ? 'video/mp4' : type}`, `Content-Length: ${length}`, '', 'a=b&'].join('\r\n'));
    await new Promise<void>((resolve) => socket.on('close', () => resolve()));
    expect(text).toMatch(/^HTTP\/1\.1 408 [^]*"evertoken_code":"body-too-slow"/);
  });

  it('a body that dribbles on is waited for', async () => {
    const graphUrl = await standIn((request, response) => void request.resume().on('end', () => response.end('{}')));
    const { port } = await openGraph({ graphUrl, limits: { bodyIdleMs: 400 } });
    const socket = connect(port, '127.0.0.1');
    afterwards(() => void socket.destroy());
    let text = '';
    socket.on('data', (data) => {
      text += data.toString();
    });
    socket.write(['POST /graph/c-main/1/messages HTTP/1.1', `Host: 127.0.0.1:${port}`, `Authorization: Bearer ${KEY}`, 'Content-Length: 8', '', ''].join('\r\n'));
    for (let sent = 0; sent < 8; sent += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      socket.write('x');
    }
    await expect.poll(() => text).toMatch(/^HTTP\/1\.1 200/);
  });
});
