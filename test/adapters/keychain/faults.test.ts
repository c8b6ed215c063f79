import { describe, expect, it } from 'vitest';
import { classifyKeychainFault } from '../../../src-main/adapters/keychain/faults.ts';
import { loadKeychain } from '../../../src-main/adapters/keychain/keytar-loader.ts';

const words = (message: string): string => {
  const fault = classifyKeychainFault(new Error(message));
  return fault.outcome === 'locked' ? 'locked' : fault.reason;
};

describe('what a rejection of the keychain means', () => {
  it.each([
    'Cannot create an item in a locked collection',
    'The prompt was dismissed',
    'User interaction is not allowed.',
    'The user name or passphrase you entered is not correct.',
    'User canceled the operation.',
  ])('locked: %s', (message) => {
    expect(words(message)).toBe('locked');
  });

  it.each([
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'create a default keyring'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'no running keychain'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'no running keychain'],
    ['Could not connect: No such file or directory', 'no running keychain'],
    ['The connection is closed', 'no running keychain'],
    ['A specified logon session does not exist. It may already have been terminated.', 'Credential Manager'],
    ['Gremlins ate the disk', '"Gremlins ate the disk"'],
  ])('unavailable: %s', (message, expected) => {
    expect(words(message)).toContain(expected);
  });

  it('lets no value through in the words of an unknown error', () => {
    const token = 'EAATest1234567890abcdefghijklmnop';
    const said = words(`could not store ${token} or secret=${'0f'.repeat(16)} at /home/owner/x`);
    expect(said).not.toContain('EAATest');
    expect(said).not.toContain('0f0f');
    expect(said).toContain('could not store … or … at …');
  });

  it('takes anything thrown', () => {
    expect(classifyKeychainFault('odd')).toMatchObject({ outcome: 'unavailable' });
    expect(classifyKeychainFault(undefined)).toMatchObject({ outcome: 'unavailable' });
  });
});

describe('loading keytar', () => {
  const native = { getPassword: async () => 'v', setPassword: async () => undefined, deletePassword: async () => true, findCredentials: async () => [] };

  it.each([
    ['as the default export', { default: native }],
    ['as names', native],
  ])('takes it %s, with three calls and never find*', async (_how, module) => {
    const loaded = await loadKeychain('linux', async () => module);
    if (!loaded.ok) throw new Error(loaded.reason);
    expect(Object.keys(loaded.raw).toSorted()).toEqual(['deletePassword', 'getPassword', 'setPassword']);
    expect(await loaded.raw.getPassword('s', 'a')).toBe('v');
  });

  it('names the package to install on Linux when it cannot be loaded', async () => {
    const loaded = await loadKeychain('linux', () => Promise.reject(new Error('Failed to load keytar native addon, checked ["/home/x"]')));
    expect(loaded).toMatchObject({ ok: false, reason: expect.stringContaining('libsecret-1-0') as string });
    expect(loaded).not.toMatchObject({ reason: expect.stringContaining('/home/x') as string });
  });

  it('asks for a new installation elsewhere, and for a module of another shape', async () => {
    expect(await loadKeychain('win32', () => Promise.reject(new Error('no')))).toMatchObject({ ok: false, reason: expect.stringContaining('install Evertoken again') as string });
    expect(await loadKeychain('linux', async () => ({ default: 1 }))).toMatchObject({ ok: false });
  });

  it('turns a throw of the native module into a rejection', async () => {
    const throwing = {
      ...native,
      getPassword: () => {
        throw new Error('Service is required.');
      },
    };
    const loaded = await loadKeychain('linux', async () => throwing);
    if (!loaded.ok) throw new Error(loaded.reason);
    await expect(loaded.raw.getPassword('', 'a')).rejects.toThrow('Service is required.');
  });
});
