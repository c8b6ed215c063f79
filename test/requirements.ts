import { KEYRING_COMMANDS, missingCommands } from '../scripts/setup/keyring.js';

/**
 * Whether tests can start a real keychain here: `describe.runIf(keyringHere())`. `npm test` installs what is
 * missing where it can, and says EVERTOKEN_TEST_KEYRING=missing where it could not.
 */
export function keyringHere(): boolean {
  if (process.env['EVERTOKEN_TEST_KEYRING'] === 'missing' || process.platform !== 'linux') return false;
  return missingCommands(KEYRING_COMMANDS, process.env['PATH'] ?? '').length === 0;
}
