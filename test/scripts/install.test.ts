import { describe, expect, it } from 'vitest';
import { explainInstall, npmCommand, sameTree } from '../../scripts/setup/install.js';

const LOCK = {
  '': {},
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/a-linux': { version: '1.0.0', integrity: 'sha512-l', optional: true, os: ['linux'], cpu: ['x64'] },
  'node_modules/a-darwin': { version: '1.0.0', integrity: 'sha512-d', optional: true, os: ['darwin'], cpu: ['arm64'] },
};
const PRESENT = { 'node_modules/a': LOCK['node_modules/a'], 'node_modules/a-linux': LOCK['node_modules/a-linux'] };

describe('sameTree', () => {
  const same = (present: Parameters<typeof sameTree>[1], platform = 'linux', arch = 'x64'): boolean => sameTree(LOCK, present, platform, arch);

  it('takes what npm put there for this platform', () => {
    expect(same(PRESENT)).toBe(true);
  });

  it.each([
    ['a package is missing', { 'node_modules/a-linux': PRESENT['node_modules/a-linux'] }],
    ['one has another version', { ...PRESENT, 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } }],
    ['one has another content', { ...PRESENT, 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } }],
    ['one is not in the lock file', { ...PRESENT, 'node_modules/b': { version: '1.0.0' } }],
  ])('refuses when %s', (_what, present) => {
    expect(same(present)).toBe(false);
  });

  it('refuses a folder that was copied from another platform', () => {
    expect(same(PRESENT, 'darwin', 'arm64')).toBe(false);
    expect(same(PRESENT, 'linux', 'arm64')).toBe(false);
  });
});

describe('explainInstall', () => {
  it.each([
    ['npm error code EAI_AGAIN', 'The npm registry could not be reached. Check the internet connection and run this again.'],
    ['npm error code ENOSPC', 'The disk is full. Free some space and run this again.'],
    ['npm error code EACCES', 'This folder cannot be written. Check who owns it, then run this again.'],
    ['npm error code EUSAGE', 'package.json and package-lock.json do not agree. Run npm install once.'],
    ['npm error code SELF_SIGNED_CERT_IN_CHAIN', 'The connection to the npm registry is not trusted (a proxy in between?). Tell npm about your certificate, then run this again.'],
    ['spawn npm ENOENT', 'npm was not found. It comes with Node.js: https://nodejs.org'],
    ['something new', 'This is what npm said:'],
  ])('%s', (output, sentence) => {
    expect(explainInstall(output)).toBe(`The packages could not be installed. ${sentence}\n${output}`);
  });
});

describe('npmCommand', () => {
  it('is the npm that runs us, else the one on the path', () => {
    expect(npmCommand({ npm_execpath: '/usr/lib/npm/bin/npm-cli.js' }, 'linux')).toEqual({ command: process.execPath, args: ['/usr/lib/npm/bin/npm-cli.js'] });
    expect(npmCommand({ npm_execpath: '/usr/lib/yarn.js' }, 'linux')).toEqual({ command: 'npm', args: [] });
    expect(npmCommand({}, 'linux')).toEqual({ command: 'npm', args: [] });
    expect(npmCommand({ ComSpec: 'C:\\cmd.exe' }, 'win32')).toEqual({ command: 'C:\\cmd.exe', args: ['/d', '/s', '/c', 'npm'] });
  });
});
