import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startError } from '../../src-main/gateway/start-error.ts';
import { ANY_PORT, KEY, openGateway, request, sendRaw } from './house.ts';

const auth = `Authorization: Bearer ${KEY}`;
const path = (): string => join(mkdtempSync(join(tmpdir(), 'evertoken-socket-')), 'control.sock');

describe('on a socket of the file system', () => {
  it('answers, whatever Host is named, and is gone after the end', async () => {
    const socket = path();
    const gate = await openGateway({}, {}, { listen: { kind: 'socket', path: socket } });
    const hosts = [['Host: localhost'], ['Host: evertoken'], [], ['Host:']];
    for (const host of hosts) {
      const answer = await sendRaw({ path: socket }, [request('GET /admin/token-status', [...host, auth])]);
      expect([answer.status, answer.body.includes('c-main')]).toEqual([200, true]);
    }
    expect(gate.port).toBe(0);
    expect(gate.lines).toEqual([{ level: 'info', event: 'gateway.listening', facts: { socket } }]);
    await gate.close();
    expect(existsSync(socket)).toBe(false);
  });

  it('proves that it knows the key, with port 0', async () => {
    const socket = path();
    await openGateway({}, {}, { listen: { kind: 'socket', path: socket } });
    const nonce = 'test-nonce-0123456789';
    const answer = await sendRaw({ path: socket }, [request(`GET /healthz?nonce=${nonce}`, ['Host: localhost'])]);
    expect(JSON.parse(answer.body)).toEqual({ ok: true, proof: createHmac('sha256', KEY).update(`evertoken-server-proof:0:${nonce}`).digest('hex') });
  });

  it.each([
    ['without a key', [], 401, 'key-missing'],
    ['with a wrong key', ['Authorization: Bearer wrong'], 401, 'key-wrong'],
    ['for a page', [auth, 'Origin: https://evil.example'], 403, 'from-a-web-page'],
  ])('refuses %s all the same', async (_name, headers, status, code) => {
    const socket = path();
    const { lines } = await openGateway({}, {}, { listen: { kind: 'socket', path: socket } });
    const answer = await sendRaw({ path: socket }, [request('GET /admin/token-status', headers)]);
    expect([answer.status, answer.code, lines.at(-1)?.facts['reason']]).toEqual([status, code, code]);
  });

  it('never takes the place of a file, nor of another program', async () => {
    const file = path();
    writeFileSync(file, 'precious');
    await expect(openGateway({}, {}, { listen: { kind: 'socket', path: file } })).rejects.toThrow(`${file} is in use by another program, or is a file that is no socket.`);
    const taken = path();
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(taken, resolve));
    await expect(openGateway({}, {}, { listen: { kind: 'socket', path: taken } })).rejects.toMatchObject({ code: 'cannot-listen' });
    other.close();
  });

  it('that cannot be made is said', async () => {
    const nowhere = join(path(), 'gone', 'control.sock');
    await expect(openGateway({}, {}, { listen: { kind: 'socket', path: nowhere } })).rejects.toThrow(`could not make the socket ${nowhere}`);
  });
});

describe('at names that the owner allowed', () => {
  it('answers at those and its own, exactly as they are written, and at no others', async () => {
    const { port } = await openGateway({}, {}, { listen: { ...ANY_PORT, alsoCalled: ['keeper.internal:28743', 'keeper'] } });
    const ask = async (host: string) => (await sendRaw(port, [request('GET /admin/token-status', [`Host: ${host}`, auth])])).status;
    const answered = await Promise.all(['keeper.internal:28743', 'keeper', `localhost:${port}`, 'keeper.internal', 'keeper:28743', 'keeper.evil.example', `evil.example:${port}`].map(ask));
    expect(answered).toEqual([200, 200, 200, 421, 421, 421, 421]);
  });

  it('listens on another address only where one is named', async () => {
    const { port } = await openGateway({}, {}, { listen: { ...ANY_PORT, host: '127.0.0.2', alsoCalled: ['127.0.0.2'] } });
    const there = await sendRaw({ port, host: '127.0.0.2' }, [request('GET /healthz', ['Host: 127.0.0.2'])]);
    expect(there.status).toBe(200);
    await expect(sendRaw(port, [request('GET /healthz', ['Host: 127.0.0.2'])])).rejects.toThrow('ECONNREFUSED');
  });
});

describe('what is said where it cannot listen', () => {
  it('and its sections are closed', async () => {
    const other = await openGateway();
    let closed = 0;
    const section = { takes: () => false, serve: async () => undefined, close: () => void (closed += 1) };
    await expect(openGateway({}, {}, { listen: { ...ANY_PORT, port: other.port }, sections: [section] })).rejects.toMatchObject({ code: 'port-taken' });
    expect(closed).toBe(1);
  });

  it.each([
    ['EADDRINUSE', 'port-taken', 'Port 28743 of this computer is in use by another program. Close that program, or choose another port.'],
    ['EACCES', 'port-not-allowed', 'This computer does not let Evertoken use port 28743. Choose another port, above 1023.'],
    ['EADDRNOTAVAIL', 'cannot-listen', '"10.9.8.7" is not an address of this computer, so Evertoken cannot listen on it. Give one of its own addresses.'],
    ['EMFILE', 'cannot-listen', 'Evertoken could not listen on port 28743 (EMFILE). Choose another port.'],
  ])('%s', (errno, code, message) => {
    expect(startError(Object.assign(new Error('listen'), { code: errno }), { kind: 'port', port: 28_743, host: '10.9.8.7', alsoCalled: [] })).toMatchObject({ code, message });
  });
});
