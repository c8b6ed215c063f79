import type { MessageBus } from 'dbus-native';
import { SECOND } from '../../core/time.ts';
import { connectToSessionBus } from './session-bus.ts';

/** Whether the keychain is locked, as far as that can be learnt without a prompt. `unknown` says nothing at all. */
export type LockState = 'locked' | 'open' | 'unknown';

/** Where the question is asked. */
export interface LockStateOptions {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** How long an answer is waited for, ms; 2,000 unless told. */
  readonly limitMs?: number;
}

const LIMIT_MS = 2 * SECOND;
const SERVICE = 'org.freedesktop.secrets';
/** Flag of a D-Bus message: the service is not started for this question. */
const NO_AUTO_START = 2;

/**
 * Makes the question whether the default collection of the Secret Service is locked. keytar cannot be asked: each call of
 * its to a locked keyring opens the password prompt, while reading a property opens none (Secret Service API, 7. Locking
 * and Unlocking). Each question has a connection of its own, so a bus that went away and came back needs no care; one
 * takes about 1 ms. The answer never rejects and holds no worker thread of Node's. It keeps the process alive while it is
 * waited for and no longer: otherwise a start, with nothing else to do yet, would end the program here. Elsewhere than on
 * Linux it is always `unknown`, and nothing is loaded.
 */
export function createLockState({ platform, env, limitMs = LIMIT_MS }: LockStateOptions): () => Promise<LockState> {
  if (platform !== 'linux') return () => Promise.resolve('unknown');
  return () => ask(env, limitMs).catch(() => 'unknown' as const);
}

async function ask(env: NodeJS.ProcessEnv, limitMs: number): Promise<LockState> {
  const { createClient } = await import('dbus-native');
  const socket = connectToSessionBus(env);
  if (socket === null) return 'unknown';
  // An ended socket fails every call that waits for an answer, so this is the one limit for all of them.
  const limit = setTimeout(() => socket.destroy(), limitMs);
  try {
    // `direct` leaves the greeting to us: where it is refused, the library would throw where nobody can catch it. Cookies,
    // the other way to authenticate, are for buses over a network and would be read from disk.
    const bus = createClient({ stream: socket, direct: true, authMethods: ['EXTERNAL'], plainValues: true });
    bus.connection.on('error', () => socket.destroy());
    bus.connection.on('handlerError', () => socket.destroy());
    await bus.invokeDbus({ member: 'Hello' });
    return await lockOfDefault(bus);
  } finally {
    clearTimeout(limit);
    socket.destroy();
  }
}

async function lockOfDefault(bus: MessageBus): Promise<LockState> {
  const common = { destination: SERVICE, flags: NO_AUTO_START };
  const path: unknown = await bus.invoke({ ...common, path: '/org/freedesktop/secrets', interface: 'org.freedesktop.Secret.Service', member: 'ReadAlias', signature: 's', body: ['default'] });
  // The service says "/" where nothing is the default collection.
  if (typeof path !== 'string' || path === '/') return 'unknown';
  const locked: unknown = await bus.invoke({ ...common, path, interface: 'org.freedesktop.DBus.Properties', member: 'Get', signature: 'ss', body: ['org.freedesktop.Secret.Collection', 'Locked'] });
  if (typeof locked !== 'boolean') return 'unknown';
  return locked ? 'locked' : 'open';
}
