import type { Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLockState, type LockState } from '../../../src-main/adapters/keychain/lock-state.ts';
import { type FakeBus, type FakeReply, startAnsweringBus, startFakeBus } from './fake-bus.ts';

const COLLECTION = '/org/freedesktop/secrets/collection/login';
const WELCOME: FakeReply = { signature: 's', body: [':1.7'] };
const ALIAS: FakeReply = { signature: 'o', body: [COLLECTION] };
const locked = (value: boolean): FakeReply => ({ signature: 'v', body: [['b', value]] });
const REFUSED: FakeReply = { errorName: 'org.freedesktop.DBus.Error.ServiceUnknown' };

const buses: FakeBus[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const bus of buses.splice(0)) await bus.stop();
});
const kept = (bus: FakeBus): FakeBus => {
  buses.push(bus);
  return bus;
};

const askAt = (bus: FakeBus, limitMs = 300): Promise<LockState> => createLockState({ platform: 'linux', env: bus.env, limitMs })();

describe('the question whether the keychain is locked', () => {
  // First of all: the sockets of another test may still be closing.
  it('keeps a process alive while it is waited for, and not a moment longer', async () => {
    const pipes = (): number => process.getActiveResourcesInfo().filter((what) => what === 'PipeWrap').length;
    let during = 0;
    const silent = kept(
      await startFakeBus((socket) => {
        // This end of it is the test's.
        socket.unref().resume();
        during = pipes();
      }),
    );
    const before = pipes();
    expect(await askAt(silent, 50)).toBe('unknown');
    expect(during).toBe(before + 1);
    await expect.poll(() => silent.connections().open).toBe(0);
    expect(pipes()).toBe(before);

    const answering = kept(await startAnsweringBus({ Hello: WELCOME, ReadAlias: ALIAS, Get: locked(true) }));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    expect(await askAt(answering)).toBe('locked');
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[string, Readonly<Record<string, FakeReply>>, LockState]>([
    ['locked', { Hello: WELCOME, ReadAlias: ALIAS, Get: locked(true) }, 'locked'],
    ['open', { Hello: WELCOME, ReadAlias: ALIAS, Get: locked(false) }, 'open'],
    ['no default collection', { Hello: WELCOME, ReadAlias: { signature: 'o', body: ['/'] }, Get: locked(true) }, 'unknown'],
    ['no service', { Hello: WELCOME, ReadAlias: REFUSED, Get: locked(true) }, 'unknown'],
    ['a collection that went away', { Hello: WELCOME, ReadAlias: ALIAS, Get: REFUSED }, 'unknown'],
    ['a greeting that is refused', { Hello: REFUSED, ReadAlias: ALIAS, Get: locked(true) }, 'unknown'],
    ['an alias that is no path', { Hello: WELCOME, ReadAlias: { signature: 'u', body: [3] }, Get: locked(true) }, 'unknown'],
    ['a property that is no yes or no', { Hello: WELCOME, ReadAlias: ALIAS, Get: { signature: 'v', body: [['s', 'true']] } }, 'unknown'],
    ['a service that does not answer', { Hello: WELCOME, ReadAlias: ALIAS }, 'unknown'],
  ])('%s', async (_what, replies, expected) => {
    const bus = kept(await startAnsweringBus(replies));
    expect(await askAt(bus)).toBe(expected);
    await expect.poll(() => bus.connections()).toEqual({ made: 1, open: 0 });
  });

  it('is asked of the default collection, and starts no service', async () => {
    const bus = kept(await startAnsweringBus({ Hello: WELCOME, ReadAlias: ALIAS, Get: locked(true) }));
    await askAt(bus);
    expect(bus.asked).toEqual(['Hello', 'ReadAlias default !', 'Get org.freedesktop.Secret.Collection Locked !']);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['says nothing', (socket) => void socket.resume()],
    ['hangs up at once', (socket) => void socket.destroy()],
    ['ends politely', (socket) => void socket.resume().end()],
    ['talks nonsense', (socket) => void socket.resume().write('220 mail.example.com ESMTP\r\n')],
    ['lets nobody in', (socket) => void socket.on('data', () => socket.write('REJECTED\r\n'))],
    ['goes mad after the welcome', (socket) => void socket.on('data', () => socket.write(Buffer.concat([Buffer.from('OK 0123\r\n'), Buffer.alloc(64, 0xff)])))],
    ['announces a message without end', (socket) => void socket.on('data', () => socket.write(Buffer.from('OK 0123\r\nl\x02\x01\x01\xff\xff\xff\x07\x01\0\0\0\x10\0\0\0', 'latin1')))],
  ])('is unknown at a bus that %s', async (_what, attend) => {
    const bus = kept(await startFakeBus(attend));
    const began = performance.now();
    expect(await askAt(bus)).toBe('unknown');
    expect(performance.now() - began).toBeLessThan(2_000);
    await expect.poll(() => bus.connections().open).toBe(0);
  });

  it('is unknown where there is no bus, and right once there is one', async () => {
    expect(await createLockState({ platform: 'linux', env: {} })()).toBe('unknown');
    const first = kept(await startAnsweringBus({ Hello: WELCOME, ReadAlias: ALIAS, Get: locked(true) }));
    const ask = createLockState({ platform: 'linux', env: first.env });
    expect(await ask()).toBe('locked');
    await buses.pop()?.stop();
    expect(await ask()).toBe('unknown');
  });

  it.each(['darwin', 'win32'] as const)('is not asked at all on %s', async (platform) => {
    const bus = kept(await startAnsweringBus({ Hello: WELCOME, ReadAlias: ALIAS, Get: locked(true) }));
    expect(await createLockState({ platform, env: bus.env })()).toBe('unknown');
    expect(bus.connections()).toEqual({ made: 0, open: 0 });
  });
});
