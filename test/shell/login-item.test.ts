import { describe, expect, it } from 'vitest';
import { startCommand } from '../../src-main/shell/login-item.ts';

const USUAL = '/home/owner/.config/evertoken';

describe('what starts Evertoken at login', () => {
  it('is the program, in the tray only', () => {
    expect(startCommand(['/opt/Evertoken/evertoken'], { dataFolder: USUAL, vaultFile: null }, USUAL)).toEqual(['/opt/Evertoken/evertoken', '--hidden']);
  });

  it('takes along what decides which Evertoken it is, and where its secrets are', () => {
    expect(startCommand(['/x/electron', '/home/owner/evertoken'], { dataFolder: '/data/second', vaultFile: { file: '/v/vault.age', passphraseFile: '/v/pass' } }, USUAL)).toEqual([
      '/x/electron',
      '/home/owner/evertoken',
      '--data-dir',
      '/data/second',
      '--vault-file',
      '/v/vault.age',
      '--passphrase-file',
      '/v/pass',
      '--hidden',
    ]);
  });
});
