import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { SHOP } from '../../../src-main/practice/shop.ts';
import { handedToken } from '../../fakes/keeper.ts';
import { KEY, TEXT, bearer, call, errorOf, openGraph, openShopGraph, rawStandIn, readAll, sendText, standIn, valuesOf } from './house.ts';

const AUTH_ERROR = (code: number | string): string => JSON.stringify({ error: { message: 'Error validating access token', type: 'OAuthException', code, fbtrace_id: 'A' } });
const OLD = handedToken({ token: 'EAAG-the-old-token-of-the-shop', fingerprint: 'old', proof: 'proof-of-old' });
const NEW = handedToken({ token: 'EAAG-the-new-token-of-the-shop', fingerprint: 'new', proof: 'proof-of-new' });

/** A Meta that refuses the old token; the keeper hands the old one out first, and has the newest by then. */
async function race(refusal: { readonly status: number; readonly body: string }, newest = NEW, limits = {}) {
  const seen: { readonly authorization: string; readonly url: string; readonly body: Buffer }[] = [];
  const graphUrl = await standIn((request, response) => {
    void readAll(request).then((body) => {
      const [authorization = ''] = valuesOf(request.rawHeaders, 'authorization');
      seen.push({ authorization, url: request.url ?? '', body });
      const refused = authorization.endsWith(OLD.token);
      response.writeHead(refused ? refusal.status : 200, { 'content-type': 'application/json' });
      response.end(refused ? refusal.body : '{"messages":[{"id":"wamid.1"}]}');
    });
  });
  const graph = await openGraph({ graphUrl, limits, answers: { accessToken: async () => OLD, currentToken: () => newest } });
  return { ...graph, seen };
}

describe('a token that Meta refuses', () => {
  it('while a newer one is there: once more with that, and its proof', async () => {
    const { meta, url, token, issue, handed, answers, calls } = await openShopGraph();
    const newer = issue();
    answers.currentToken = () => handed(newer);
    meta.world.logout(token);
    const answer = await sendText(url);
    expect([answer.status, meta.world.sent().map(({ token: label }) => label)]).toEqual([200, ['t2']]);
    expect(meta.journal.entries().map(({ token: label, proof, effect }) => [label, proof, effect?.kind ?? null])).toEqual([
      ['t1', 'right', null],
      ['t2', 'right', 'sent'],
    ]);
    expect(calls).toEqual([{ asked: 'tokenAccepted', id: 'c-main', fingerprint: handed(newer).fingerprint }]);
  });

  it('while there is none newer: the keeper is told, and Meta’s answer handed on as it is', async () => {
    const { meta, url, token, handed, calls, counted } = await openShopGraph();
    meta.world.logout(token);
    const answer = await sendText(url);
    const direct = await call(`${meta.url}/v26.0/${SHOP.phoneNumberId}/messages`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: TEXT });
    expect([answer.status, { ...errorOf(answer), fbtrace_id: '' }]).toEqual([direct.status, { ...errorOf(direct), fbtrace_id: '' }]);
    expect(calls).toEqual([{ asked: 'tokenRefused', id: 'c-main', fingerprint: handed(token).fingerprint, fault: { code: 190, message: errorOf(direct)['message'] } }]);
    expect([meta.journal.count({ endpoint: 'messages' }), meta.world.sent().length, counted.map(([what]) => what)]).toEqual([2, 0, ['called', 'failed']]);
  });

  it('and the newer one too: handed on after the second time', async () => {
    const { meta, url, token, issue, handed, answers, calls } = await openShopGraph();
    const newer = issue();
    answers.currentToken = () => handed(newer);
    meta.world.logout(token);
    meta.world.logout(newer);
    expect([errorOf(await sendText(url))['code'], meta.journal.count()]).toEqual([190, 2]);
    expect(calls).toMatchObject([{ asked: 'tokenRefused', fingerprint: handed(newer).fingerprint }]);
  });

  it.each([
    ['190', 401, 190],
    ['190 as HTTP 400', 400, 190],
    ['190 as a string', 400, '190'],
    ['102', 400, 102],
    ['0', 401, 0],
  ])('is known by %s; the body, the query and the debugged token are those of the newest then', async (_name, status, code) => {
    const { url, seen } = await race({ status, body: AUTH_ERROR(code) });
    const answer = await call(`${url}/graph/c-main/v26.0/1/messages?a=1&input_token=${KEY}`, { method: 'POST', headers: bearer(), body: TEXT });
    expect(answer.status).toBe(200);
    expect(seen.map(({ authorization, url: at, body }) => [authorization, at, body.toString()])).toEqual([
      [`Bearer ${OLD.token}`, `/v26.0/1/messages?a=1&input_token=${OLD.token}&appsecret_proof=proof-of-old`, TEXT],
      [`Bearer ${NEW.token}`, `/v26.0/1/messages?a=1&input_token=${NEW.token}&appsecret_proof=proof-of-new`, TEXT],
    ]);
  });

  it.each([
    ['another code', 400, AUTH_ERROR(100)],
    ['a permission missing', 403, AUTH_ERROR(10)],
    ['throttling', 400, AUTH_ERROR(4)],
    ['a 5xx that says 190', 503, AUTH_ERROR(190)],
    ['a success that says 190', 200, AUTH_ERROR(190)],
    ['a page', 401, '<html>401</html>'],
    ['nothing', 401, ''],
    ['half an answer', 401, AUTH_ERROR(190).slice(0, 40)],
    ['a code that is no number', 401, AUTH_ERROR('0x0')],
  ])('is not known by %s: one request, and the keeper hears of no refusal', async (_name, status, body) => {
    const { url, seen, calls } = await race({ status, body });
    expect((await sendText(url)).status).toBe(status);
    expect([seen.length, calls.filter(({ asked }) => asked === 'tokenRefused')]).toEqual([1, []]);
  });

  it('a body of 1 MB is kept and sent again, one byte more is not', async () => {
    for (const [size, tries] of [
      [1024 * 1024, 2],
      [1024 * 1024 + 1, 1],
    ] as const) {
      const { url, seen } = await race({ status: 401, body: AUTH_ERROR(190) });
      const body = Buffer.alloc(size, 7);
      const answer = await call(`${url}/graph/c-main/1/media`, { method: 'POST', headers: { ...bearer(), 'content-type': 'application/octet-stream' }, body });
      expect([answer.status, seen.length, seen.every((one) => one.body.equals(body))]).toEqual([tries === 2 ? 200 : 401, tries, true]);
    }
  });

  it('a form with the key in it is kept too, however it comes', async () => {
    const { url, seen } = await race({ status: 401, body: AUTH_ERROR(190) });
    const text = 'x'.repeat(200_000);
    const answer = await call(`${url}/graph/c-main/1/messages`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `access_token=${KEY}&text=${text}` });
    expect([answer.status, seen.map(({ body }) => body.toString() === `text=${text}`)]).toEqual([200, [true, true]]);
  });
});

describe('what may have gone out is never sent again', () => {
  it.each([
    ['the socket drops after the effect', { kind: 'drop', afterEffect: true } as const, 502, 131000],
    ['a 5xx after the effect', { kind: 'server-error', status: 503, afterEffect: true } as const, 503, 2],
    ['a page after the effect', { kind: 'html', status: 502, afterEffect: true } as const, 502, undefined],
    ['half an answer', { kind: 'truncate', how: 'socket' } as const, 502, 131000],
  ])('%s: Meta counts one', async (_name, fault, status, code) => {
    const { meta, url, answers, issue, handed } = await openShopGraph();
    // Not even where a newer token would be there.
    const newer = issue();
    answers.currentToken = () => handed(newer);
    // A connection that is kept, so that undici would have reason to think it stale.
    await sendText(url);
    meta.faults.add({ ...fault, on: 'messages', times: 1 });
    const answer = await sendText(url);
    expect([answer.status, errorOf(answer)['code']]).toEqual([status, code]);
    if (errorOf(answer)['type'] === 'EvertokenError') expect(errorOf(answer)).toMatchObject({ is_transient: false, evertoken_code: 'meta-dropped' });
    if (errorOf(answer)['type'] === 'EvertokenError') expect(errorOf(answer)['message']).toContain('may have gone out');
    // Long enough for anybody who would repeat it.
    await sendText(url);
    expect([meta.journal.count({ endpoint: 'messages' }), meta.world.sent().length]).toEqual([3, 3]);
  });

  it('no answer in time', async () => {
    const { meta, url } = await openShopGraph({ limits: { answerMs: 300 } });
    meta.faults.add({ kind: 'hang', afterEffect: true, on: 'messages', times: 1 });
    const answer = await sendText(url);
    expect([answer.status, errorOf(answer)]).toMatchObject([504, { code: 131000, is_transient: false, evertoken_code: 'meta-timed-out' }]);
    expect([meta.journal.count(), meta.world.sent().length]).toEqual([1, 1]);
  });

  it.each(['before the request is read', 'in the middle of it', 'after it'])('a connection that was kept is cut %s: one request, not two', async (when) => {
    let requests = 0;
    const graphUrl = await rawStandIn((socket) => {
      let served = false;
      socket.on('data', (data) => {
        if (data.toString('latin1').startsWith('POST')) requests += 1;
        if (served) {
          if (when === 'after it') setTimeout(() => socket.destroy(), 20);
          else socket.resetAndDestroy();
          return;
        }
        served = true;
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}', () => {
          // Paused, it takes bytes in without anybody reading them.
          if (when !== 'before the request is read') return;
          socket.pause();
          setTimeout(() => socket.resetAndDestroy(), 100);
        });
      });
    });
    const { url } = await openGraph({ graphUrl });
    expect((await sendText(url)).status).toBe(200);
    const answer = await sendText(url);
    expect([answer.status, errorOf(answer)['code'], requests]).toEqual([502, 131000, when === 'before the request is read' ? 1 : 2]);
  });

  it('a caller that goes away in the middle of a send: what is not whole has no effect, and nothing follows', async () => {
    const { meta, port, host, counted } = await openShopGraph();
    const socket = connect(port, '127.0.0.1');
    socket.write([`POST /graph/c-main/v26.0/${SHOP.phoneNumberId}/messages HTTP/1.1`, `Host: ${host}`, `Authorization: Bearer ${KEY}`, 'Content-Type: application/json', `Content-Length: ${TEXT.length}`, '', TEXT.slice(0, 20)].join('\r\n'), () => socket.destroy());
    await new Promise<void>((resolve) => socket.on('close', () => resolve()));
    await sendText(`http://${host}`);
    expect([meta.journal.count(), meta.world.sent().length, counted.filter(([what]) => what === 'called').length]).toEqual([1, 1, 1]);
  });
});

describe('where nothing was sent', () => {
  it('Meta cannot be reached: it is safe to try again, and that is said', async () => {
    const { url, counted, lines } = await openGraph({ graphUrl: 'http://127.0.0.1:1' });
    const answer = await sendText(url);
    expect([answer.status, errorOf(answer)]).toMatchObject([503, { code: 2, is_transient: true, evertoken_code: 'meta-unreachable', type: 'EvertokenError' }]);
    expect(counted.map(([what]) => what)).toEqual(['called', 'failed']);
    expect(lines.filter(({ event }) => event === 'gateway.refused').map(({ facts }) => facts['reason'])).toEqual(['meta-unreachable']);
  });

  it('no token: 503', async () => {
    const { url } = await openGraph({ graphUrl: 'http://127.0.0.1:1', answers: { accessToken: async () => null } });
    const answer = await sendText(url);
    expect([answer.status, errorOf(answer)['evertoken_code'], errorOf(answer)['code']]).toEqual([503, 'no-token', 2]);
  });

  it('calls wait for a renewal, and go on with what it brought', async () => {
    let finish: (token: typeof NEW) => void = () => undefined;
    const renewal = new Promise<typeof NEW>((resolve) => {
      finish = resolve;
    });
    const { url, seen, answers } = await race({ status: 401, body: AUTH_ERROR(190) });
    answers.accessToken = async () => renewal;
    const waiting = Array.from({ length: 20 }, () => sendText(url));
    await sendText(url, {});
    expect(seen.length).toBe(0);
    finish(NEW);
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(waiting.map(() => 200));
    expect(new Set(seen.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${NEW.token}`]));
  });

  it('a caller that goes away while it waits has nothing sent', async () => {
    let finish: (token: typeof NEW) => void = () => undefined;
    const renewal = new Promise<typeof NEW>((resolve) => {
      finish = resolve;
    });
    const { url, seen, answers, counted } = await race({ status: 401, body: AUTH_ERROR(190) });
    let asked = 0;
    answers.accessToken = async () => {
      asked += 1;
      return renewal;
    };
    const abort = new AbortController();
    const waiting = fetch(`${url}/graph/c-main/1/messages`, { method: 'POST', headers: bearer(), body: TEXT, signal: abort.signal });
    await expect.poll(() => asked).toBe(1);
    abort.abort();
    await expect(waiting).rejects.toThrow('aborted');
    // A second caller comes through, so the first has been seen off.
    answers.accessToken = async () => NEW;
    await sendText(url);
    finish(NEW);
    await expect.poll(() => counted.filter(([what]) => what === 'called').length).toBe(2);
    expect(seen.length).toBe(1);
  });
});
