import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEBIAN_PACKAGES, isDebian, missingCommands, notInstalled } from '../../scripts/setup/keyring.js';
import { keyringHere } from '../requirements.ts';
import { scratch } from './scratch.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('notInstalled', () => {
  it('believes only what dpkg calls installed', () => {
    const output = 'gnome-keyring installed\ndbus config-files\ndpkg-query: no packages found matching libsecret-tools\nlibsecret-1-0 installed\n';
    expect(notInstalled(output, DEBIAN_PACKAGES)).toEqual(['dbus', 'libsecret-tools']);
    expect(notInstalled('', DEBIAN_PACKAGES)).toEqual(DEBIAN_PACKAGES);
    expect(notInstalled('dbus not-installed\n', ['dbus'])).toEqual(['dbus']);
  });
});

describe('isDebian', () => {
  it.each([
    ['NAME="Debian GNU/Linux"\nID=debian\n', true],
    ['ID=ubuntu\nID_LIKE=debian\n', true],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
    ['ID=fedora\n', false],
    ['HOME_URL="https://www.debian.org/"\nID=arch\n', false],
    ['', false],
  ])('%j: %s', (text, debian) => {
    expect(isDebian(text)).toBe(debian);
  });
});

describe('missingCommands', () => {
  it('looks for programs, not for files', () => {
    const folder = scratch({ here: '', plain: '' });
    chmodSync(join(folder, 'here'), 0o755);
    chmodSync(join(folder, 'plain'), 0o644);
    expect(missingCommands(['here', 'plain', 'absent'], ['', '/nowhere', folder].join(delimiter))).toEqual(['plain', 'absent']);
    expect(missingCommands(['here'], '')).toEqual(['here']);
  });
});

describe('keyringHere', () => {
  it('is false when npm test could not provide it, and where its programs are not on the path', () => {
    vi.stubEnv('EVERTOKEN_TEST_KEYRING', 'missing');
    expect(keyringHere()).toBe(false);
    vi.stubEnv('EVERTOKEN_TEST_KEYRING', undefined);
    vi.stubEnv('PATH', '/nowhere');
    expect(keyringHere()).toBe(false);
  });
});
