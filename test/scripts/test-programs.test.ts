import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BROWSER, isDebian, KEYRING, missingCommands, notInstalled, provide } from '../../scripts/setup/test-programs.js';
import { chromiumHere, keyringHere } from '../requirements.ts';
import { scratch } from './scratch.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('notInstalled', () => {
  it('believes only what dpkg calls installed', () => {
    const output = 'gnome-keyring installed\ndbus config-files\ndpkg-query: no packages found matching libsecret-tools\nlibsecret-1-0 installed\n';
    expect(notInstalled(output, KEYRING.packages)).toEqual(['dbus', 'libsecret-tools']);
    expect(notInstalled('', KEYRING.packages)).toEqual(KEYRING.packages);
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

describe.runIf(process.platform === 'linux')('provide', () => {
  const debian = { platform: 'linux', osRelease: 'ID=debian\n', superuser: true } as const;

  /** A path with a dpkg-query that knows two of the packages, an apt-get that writes down its arguments, and more. */
  function machineWith(aptExit: number, ...programs: readonly string[]): { readonly folder: string; readonly said: string[]; readonly say: (line: string) => void } {
    const folder = scratch({
      'dpkg-query': '#!/bin/sh\necho "dbus installed"; echo "libsecret-1-0 installed"; echo "no package gnome-keyring" >&2; exit 1\n',
      'apt-get': `#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> "$0.log"\necho "E: no luck"; [ "$1" = update ] || exit ${aptExit}\n`,
      ...Object.fromEntries(programs.map((name) => [name, ''])),
    });
    for (const name of ['dpkg-query', 'apt-get', ...programs]) chmodSync(join(folder, name), 0o755);
    vi.stubEnv('PATH', folder);
    const said: string[] = [];
    return { folder, said, say: (line) => said.push(line) };
  }

  it('installs what dpkg does not have, without asking', async () => {
    const { folder, said, say } = machineWith(0, ...KEYRING.commands);
    expect(await provide(folder, KEYRING, say, debian)).toEqual({ here: true });
    expect(said).toEqual(['Installing Debian packages: gnome-keyring, libsecret-tools …']);
    expect(readFileSync(join(folder, 'apt-get.log'), 'utf8')).toBe(
      'noninteractive update -q\nnoninteractive install -y -q --no-install-recommends gnome-keyring libsecret-tools\n',
    );
  });

  it('says what apt-get said when it fails', async () => {
    const { folder, say } = machineWith(100);
    expect(await provide(folder, KEYRING, say, debian)).toEqual({ here: false, why: 'apt-get could not install gnome-keyring, libsecret-tools. It said:\nE: no luck' });
  });

  it('installs nothing elsewhere, and names what is missing', async () => {
    for (const machine of [{ ...debian, superuser: false }, { ...debian, osRelease: 'ID=fedora\n' }]) {
      const { folder, said, say } = machineWith(0, 'dbus-run-session');
      expect(await provide(folder, KEYRING, say, machine)).toEqual({
        here: false,
        why: 'The keychain tests need gnome-keyring-daemon, secret-tool (on Debian or Ubuntu: apt-get install gnome-keyring dbus libsecret-1-0 libsecret-tools).',
      });
      expect([said, existsSync(join(folder, 'apt-get.log'))]).toEqual([[], false]);
    }
    expect(await provide('.', KEYRING, () => undefined, { ...debian, platform: 'darwin' })).toEqual({ here: false, why: 'The keychain tests start gnome-keyring, which is for Linux.' });
  });

  it('installs the browser the same way', async () => {
    const { folder, said, say } = machineWith(0, 'chromium');
    expect(await provide(folder, BROWSER, say, debian)).toEqual({ here: true });
    expect(said).toEqual(['Installing Debian packages: chromium, fonts-dejavu-core, fonts-noto-core …']);
  });
});

describe('chromiumHere', () => {
  it('is false when npm test could not provide it, and where it is not on the path', () => {
    vi.stubEnv('EVERTOKEN_TEST_CHROMIUM', 'missing');
    expect(chromiumHere()).toBe(false);
    vi.stubEnv('EVERTOKEN_TEST_CHROMIUM', undefined);
    vi.stubEnv('PATH', '/nowhere');
    expect(chromiumHere()).toBe(false);
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
