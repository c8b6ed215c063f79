import { describe, expect, it } from 'vitest';
import { connectToSessionBus, socketPath } from '../../../src-main/adapters/keychain/session-bus.ts';

describe('the socket of the session bus', () => {
  it.each<[string, NodeJS.ProcessEnv, string | null]>([
    ['a path', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' }, '/run/user/1000/bus'],
    ['more keys beside it', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus,guid=0123456789abcdef' }, '/run/user/1000/bus'],
    ['an abstract name', { DBUS_SESSION_BUS_ADDRESS: 'unix:abstract=/tmp/dbus-xyz,guid=01' }, '\0/tmp/dbus-xyz'],
    ['escaped bytes', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/a%20shop%3d1/bus' }, '/run/a shop=1/bus'],
    ['several addresses, the first of no use', { DBUS_SESSION_BUS_ADDRESS: 'tcp:host=localhost,port=1;unix:path=/run/bus' }, '/run/bus'],
    ['none, and a runtime folder', { XDG_RUNTIME_DIR: '/run/user/1000' }, '/run/user/1000/bus'],
    ['an empty one, and a runtime folder', { DBUS_SESSION_BUS_ADDRESS: '', XDG_RUNTIME_DIR: '/run/user/1000' }, '/run/user/1000/bus'],
    ['an address before the runtime folder', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/a', XDG_RUNTIME_DIR: '/b' }, '/a'],
    ['nothing at all', {}, null],
    ['a program to start', { DBUS_SESSION_BUS_ADDRESS: 'unixexec:path=/bin/true' }, null],
    ['another computer', { DBUS_SESSION_BUS_ADDRESS: 'tcp:host=example.com,port=1' }, null],
    ['a broken escape', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/%zz' }, null],
    ['no path', { DBUS_SESSION_BUS_ADDRESS: 'unix:tmpdir=/tmp' }, null],
  ])('%s', (_what, env, path) => {
    expect(socketPath(env)).toBe(path);
  });

  it('is not opened where there is no address', () => {
    expect(connectToSessionBus({})).toBeNull();
  });
});
