import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';

/**
 * Opens a connection to the D-Bus session bus, or answers null where no address of one is known here. Errors come by the
 * socket's `error` event. Only Unix sockets are taken: other kinds of address would start a program or leave this
 * computer, and no desktop uses them.
 */
export function connectToSessionBus(env: NodeJS.ProcessEnv): Socket | null {
  const path = socketPath(env);
  return path === null ? null : createConnection({ path });
}

/** The path of the bus's socket; one in Linux's abstract namespace begins with a NUL. */
export function socketPath(env: NodeJS.ProcessEnv): string | null {
  const address = env['DBUS_SESSION_BUS_ADDRESS'] ?? '';
  const runtime = env['XDG_RUNTIME_DIR'] ?? '';
  // Where systemd puts it; libsecret's own D-Bus library looks there as well.
  if (address === '') return runtime === '' ? null : join(runtime, 'bus');
  // Several addresses may stand there, separated by semicolons: the first that can be used is taken.
  return address.split(';').map(pathIn).find((path) => path !== null) ?? null;
}

/** One address has the form `unix:path=/run/user/1000/bus,guid=…`, with `%xx` for unusual bytes (D-Bus specification, Server Addresses). */
function pathIn(address: string): string | null {
  if (!address.startsWith('unix:')) return null;
  const pairs = new Map(address.slice('unix:'.length).split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  const [path, abstract] = [pairs.get('path'), pairs.get('abstract')];
  try {
    if (path !== undefined) return decodeURIComponent(path);
    return abstract === undefined ? null : `\0${decodeURIComponent(abstract)}`;
  } catch {
    return null;
  }
}
