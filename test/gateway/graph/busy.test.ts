import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { handedToken } from '../../fakes/keeper.ts';
import { KEY, OTHER_KEY, OWNER_KEY, TEXT, afterwards, bearer, call, consumer, errorOf, openGraph, rawStandIn, readAll, recorder, sendText, standIn } from './house.ts';
import type { Answer } from './house.ts';

const BOTH = [consumer(KEY), consumer(OTHER_KEY, { id: 'other' })];
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const BUSY = [503, 'too-busy', true];
const outcome = (answer: Answer): unknown => [answer.status, errorOf(answer)['evertoken_code'] ?? null, errorOf(answer)['is_transient'] ?? null];

/** A caller that writes what it likes; `answer` is what has come back. */
function caller(port: number, text: string): { readonly socket: Socket; readonly answer: () => string } {
  const socket = connect(port, '127.0.0.1');
  afterwards(() => void socket.destroy());
  let answer = '';
  socket.on('error', () => undefined).on('data', (data) => {
    answer += data.toString('latin1');
  });
  socket.write(text);
  return { socket, answer: () => answer };
}

function head(line: string, host: string, headers: readonly string[], body = ''): string {
  return [`${line} HTTP/1.1`, `Host: ${host}`, ...headers, '', body].join('\r\n');
}

const slowUpload = (host: string, key = KEY): string => head('POST /graph/c-main/1/media', host, [`Authorization: Bearer ${key}`, 'Content-Type: video/mp4', 'Content-Length: 2000000'], 'x');

/** A Meta that answers `/hang` never, and counts what it was asked. */
async function hanging() {
  const asked: string[] = [];
  let answerAll: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => {
    answerAll = resolve;
  });
  const graphUrl = await standIn((request, response) => {
    asked.push(request.url ?? '');
    const answer = async (): Promise<void> => {
      await readAll(request);
      if (request.url?.includes('hang') === true) await waiting;
      response.end('{}');
    };
    answer().catch(() => undefined);
  });
  return { graphUrl, asked, answerAll };
}

describe('one bot does not silence the others', () => {
  it('with slow uploads: they have connections of their own, and a share of these', async () => {
    const { graphUrl, asked } = await hanging();
    const { host, port, url } = await openGraph({ graphUrl, consumers: BOTH, limits: { connections: 2, connectionsEach: 2, uploads: 3, uploadsEach: 2, queueMs: 300 } });
    const slow = Array.from({ length: 4 }, () => caller(port, slowUpload(host)));
    await expect.poll(() => asked.length).toBe(2);
    expect(outcome(await sendText(url, bearer(OTHER_KEY)))).toEqual([200, null, null]);
    expect(outcome(await sendText(url))).toEqual([200, null, null]);
    caller(port, slowUpload(host, OTHER_KEY));
    await expect.poll(() => asked.filter((path) => path.endsWith('/media')).length).toBe(3);
    // Those beyond the share are told after a time.
    await expect.poll(() => slow.filter(({ answer }) => answer().includes('"too-busy"')).length).toBe(2);
  });

  it.each([
    ['a consumer', KEY, OTHER_KEY],
    ['the owner’s own key', OWNER_KEY, KEY],
  ])('with many calls at once (%s): those beyond its share wait their turn, and after a time are told that nothing was sent', async (_name, busy, other) => {
    const { graphUrl, asked, answerAll } = await hanging();
    const { url, counted } = await openGraph({ graphUrl, consumers: BOTH, limits: { connections: 3, connectionsEach: 2, queueMs: 300 } });
    const hang = (): Promise<Answer> => call(`${url}/graph/c-main/hang`, { headers: bearer(busy) });
    const first = [hang(), hang()];
    await expect.poll(() => asked.length).toBe(2);
    expect(outcome(await hang())).toEqual(BUSY);
    expect(asked.length).toBe(2);
    expect(outcome(await sendText(url, bearer(other)))).toEqual([200, null, null]);
    const waiting = hang();
    answerAll();
    for (const one of [...first, waiting]) expect((await one).status).toBe(200);
    expect(counted.filter(([what]) => what === 'failed').length).toBe(busy === OWNER_KEY ? 0 : 1);
    // Every place was given back.
    for (let count = 0; count < 5; count += 1) expect((await hang()).status).toBe(200);
  });

  it('with files that it never takes: it is cut off', async () => {
    const file = Buffer.alloc(64 * 1024 * 1024, 1);
    let closed = 0;
    const graphUrl = await standIn((request, response) => {
      if (request.url?.startsWith('/v26.0/') === true) return void response.end(JSON.stringify({ url: `http://${request.headers.host ?? ''}/file`, mime_type: 'video/mp4', id: '1' }));
      response.on('close', () => {
        closed += 1;
      });
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': file.length });
      response.end(file);
    });
    const { url, host, port } = await openGraph({ graphUrl, limits: { takeMs: 200 } });
    const { body } = await call(`${url}/graph/c-main/1`, { headers: bearer() });
    const address = typeof body === 'object' && body !== null && 'url' in body ? String(body.url) : '';
    const { socket } = caller(port, head(`GET ${new URL(address).pathname}`, host, []));
    socket.pause();
    await expect.poll(() => closed, { timeout: 5_000 }).toBe(1);
  });

  it('with long answers that it never takes: they are given up', async () => {
    const { url: graphUrl } = await recorder(200, { 'content-type': 'application/json' }, JSON.stringify({ a: 'x'.repeat(7 * 1024 * 1024) }));
    const { host, port, gateway } = await openGraph({ graphUrl, limits: { takeMs: 200 } });
    const { socket } = caller(port, head('GET /graph/c-main/1', host, [`Authorization: Bearer ${KEY}`]));
    socket.pause();
    const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    // Only what the buffers hold comes, and then the end.
    setTimeout(() => socket.resume(), 1_000);
    let bytes = 0;
    socket.on('data', (data) => {
      bytes += data.length;
    });
    await ended;
    expect(bytes).toBeLessThan(7 * 1024 * 1024);
    await gateway.close();
  });
});

describe('a key that is revoked', () => {
  it('while its call waits for a renewal: nothing is sent', async () => {
    const { url: graphUrl, seen } = await recorder();
    let release: () => void = () => undefined;
    const renewal = new Promise<void>((resolve) => {
      release = resolve;
    });
    let asked = 0;
    const { url, keys } = await openGraph({
      graphUrl,
      answers: {
        accessToken: async () => {
          asked += 1;
          await renewal;
          return handedToken();
        },
      },
    });
    const waiting = sendText(url);
    await expect.poll(() => asked).toBe(1);
    await keys.revoke(consumer(KEY).id);
    release();
    expect([outcome(await waiting), seen]).toEqual([[401, 'key-wrong', false], []]);
  });

  it.each([
    ['while its body comes', 'application/json', TEXT, 5],
    ['while its file is passed on', 'video/mp4', 'x'.repeat(2_000_000), 1_900_000],
  ])('%s: Meta never has the whole', async (_name, type, body, before) => {
    const { url: graphUrl, seen } = await recorder();
    const { host, port, keys } = await openGraph({ graphUrl });
    const { socket, answer } = caller(port, head('POST /graph/c-main/1/media', host, [`Authorization: Bearer ${KEY}`, `Content-Type: ${type}`, `Content-Length: ${body.length}`], body.slice(0, before)));
    await expect.poll(() => socket.writableLength).toBe(0);
    await keys.revoke(consumer(KEY).id);
    socket.write(body.slice(before));
    await expect.poll(answer).toMatch(/^HTTP\/1\.1 401 [^]*"key-wrong"/);
    expect(seen).toEqual([]);
  });

  it('between two tries: there is no second', async () => {
    let revoke: () => Promise<unknown> = async () => undefined;
    let requests = 0;
    const graphUrl = await standIn((_request, response) => {
      requests += 1;
      void revoke().then(() => response.writeHead(401).end(JSON.stringify({ error: { code: 190, message: 'x' } })));
    });
    const { url, keys } = await openGraph({ graphUrl, answers: { currentToken: () => handedToken({ fingerprint: 'newer' }) } });
    revoke = () => keys.revoke(consumer(KEY).id);
    expect([outcome(await sendText(url)), requests]).toEqual([[401, 'key-wrong', false], 1]);
  });
});

describe('what is held', () => {
  it('is given back with each call', async () => {
    const { url: graphUrl } = await recorder();
    const { url } = await openGraph({ graphUrl, limits: { heldBodies: 3_000, heldOfStrangers: 3_000 } });
    for (const headers of [bearer(), {}]) {
      for (let count = 0; count < 5; count += 1) {
        const answer = await call(`${url}/graph/c-main/me`, { method: 'POST', headers: { ...FORM, ...headers }, body: `access_token=${KEY}&a=${'x'.repeat(2_000)}` });
        expect(outcome(answer)).toEqual([200, null, null]);
      }
    }
  });

  it('of forms without a key has a bound of its own; whoever shows a key is not concerned', async () => {
    const { url: graphUrl } = await recorder();
    const { url } = await openGraph({ graphUrl, limits: { heldOfStrangers: 1_000 } });
    const post = (body: string, headers = {}): Promise<Answer> => call(`${url}/graph/c-main/me`, { method: 'POST', headers: { ...FORM, ...headers }, body });
    expect(outcome(await post(`a=${'x'.repeat(2_000)}`))).toEqual(BUSY);
    expect(outcome(await post(`a=${'x'.repeat(2_000)}`, bearer()))).toEqual([200, null, null]);
    // With the key at its beginning it is a stranger no more.
    expect(outcome(await post(`access_token=${KEY}&a=${'x'.repeat(2_000)}`))).toEqual([200, null, null]);
  });

  it('where there is no room a form waits for another time, and a file is passed on as it comes', async () => {
    const { url: graphUrl, seen } = await recorder();
    const { url } = await openGraph({ graphUrl, limits: { heldBodies: 1_000 } });
    const post = (type: string): Promise<Answer> => call(`${url}/graph/c-main/me`, { method: 'POST', headers: { 'content-type': type, ...bearer() }, body: 'x'.repeat(2_000) });
    expect(outcome(await post('application/x-www-form-urlencoded'))).toEqual(BUSY);
    expect(outcome(await post('application/json'))).toEqual(BUSY);
    expect(outcome(await call(`${url}/graph/c-main/me`, { method: 'POST', headers: FORM, body: `access_token=${KEY}&a=${'x'.repeat(2_000)}` }))).toEqual(BUSY);
    expect([outcome(await post('image/png')), seen.map(({ body }) => body.length)]).toEqual([[200, null, null], [2_000]]);
  });

  it('is what has come, not what was announced', async () => {
    const { url: graphUrl } = await recorder();
    const { url, host, port } = await openGraph({ graphUrl, limits: { heldBodies: 100_000, heldOfStrangers: 100_000 } });
    const announce = (headers: readonly string[]): (() => string) => caller(port, head('POST /graph/c-main/me', host, ['Content-Length: 20000', 'Expect: 100-continue', ...headers])).answer;
    const announced = Array.from({ length: 5 }, () => [announce(['Content-Type: application/x-www-form-urlencoded']), announce([`Authorization: Bearer ${KEY}`, 'Content-Type: application/json'])]).flat();
    await expect.poll(() => announced.filter((answer) => answer().includes('100 Continue')).length).toBe(10);
    expect(outcome(await call(`${url}/graph/c-main/me`, { method: 'POST', headers: FORM, body: `access_token=${KEY}` }))).toEqual([200, null, null]);
    expect(outcome(await sendText(url))).toEqual([200, null, null]);
  });

  it('of a form without a key: for a time only, however busily it dribbles', async () => {
    const { url: graphUrl } = await recorder();
    const { host, port } = await openGraph({ graphUrl, limits: { keyMs: 300 } });
    const { socket, answer } = caller(port, head('POST /graph/c-main/me', host, ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 65000']));
    const dribble = setInterval(() => socket.write('a'), 20);
    afterwards(() => clearInterval(dribble));
    await expect.poll(answer).toMatch(/^HTTP\/1\.1 408 [^]*"body-too-slow"/);
  });

  it('of answers counts as well: those beyond it are looked through as they come', async () => {
    const { token } = handedToken();
    const text = (): string => JSON.stringify({ pad: 'x '.repeat(100_000), token, url: 'http://x', mime_type: 'x' });
    const { url: graphUrl } = await recorder(200, { 'content-type': 'application/json' }, text());
    for (const [heldBodies, held] of [
      [100_000, false],
      [1_000_000, true],
    ] as const) {
      const { url } = await openGraph({ graphUrl, limits: { heldBodies } });
      for (let count = 0; count < 8; count += 1) {
        const answer = await call(`${url}/graph/c-main/me`, { headers: bearer() });
        // Only what was held as a whole has its length known before it goes out.
        expect([answer.text, answer.headers.has('content-length')]).toEqual([text().replace(token, '[removed]'), held]);
      }
    }
  });
});

describe('connections to Meta', () => {
  it('are closed at once where nothing is under way', async () => {
    const open = new Set<Socket>();
    const graphUrl = await rawStandIn((socket) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}'));
    });
    const { url, gateway } = await openGraph({ graphUrl, limits: { keepAliveMs: 60_000, closeMs: 60_000 } });
    await sendText(url);
    expect(open.size).toBe(1);
    await gateway.close();
    await expect.poll(() => open.size).toBe(0);
  });

  it('are kept no longer than we would, whatever Meta promises', async () => {
    let open = 0;
    const graphUrl = await rawStandIn((socket) => {
      open += 1;
      socket.on('close', () => {
        open -= 1;
      });
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nKeep-Alive: timeout=600\r\nContent-Length: 2\r\n\r\n{}'));
    });
    const { url } = await openGraph({ graphUrl, limits: { keepAliveMs: 200 } });
    await sendText(url);
    await expect.poll(() => open, { timeout: 5_000 }).toBe(0);
  });
});

describe('what shows that the token works', () => {
  it.each([
    ['a call that goes well', '/graph/c-main/v26.0/1', ['tokenAccepted']],
    ['asking about a token does not', '/graph/c-main/v26.0/debug_token?input_token=x', []],
  ])('%s', async (_name, path, expected) => {
    const { url: graphUrl } = await recorder();
    const { url, calls } = await openGraph({ graphUrl });
    expect((await call(`${url}${path}`, { headers: bearer() })).status).toBe(200);
    expect(calls.map(({ asked }) => asked)).toEqual(expected);
  });

  it('the fetching of a file does not', async () => {
    const graphUrl = await standIn((request, response) => void response.end(JSON.stringify(request.url?.startsWith('/v26.0/') === true ? { url: `http://${request.headers.host ?? ''}/file`, mime_type: 'video/mp4' } : {})));
    const { url, calls } = await openGraph({ graphUrl });
    const { body } = await call(`${url}/graph/c-main/1`, { headers: bearer() });
    const before = calls.length;
    expect((await call(typeof body === 'object' && body !== null && 'url' in body ? String(body.url) : '')).status).toBe(200);
    expect([before, calls.length]).toEqual([1, 1]);
  });
});
