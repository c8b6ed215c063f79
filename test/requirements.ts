import { BROWSER, KEYRING, missingCommands } from '../scripts/setup/test-programs.js';

/**
 * Whether tests can start a real keychain here: `describe.runIf(keyringHere())`. `npm test` installs what is
 * missing where it can, and says EVERTOKEN_TEST_KEYRING=missing where it could not.
 */
export function keyringHere(): boolean {
  return isHere('EVERTOKEN_TEST_KEYRING', KEYRING.commands);
}

/** Whether tests can start a real browser here; the same with EVERTOKEN_TEST_CHROMIUM. */
export function chromiumHere(): boolean {
  return isHere('EVERTOKEN_TEST_CHROMIUM', BROWSER.commands);
}

function isHere(variable: string, commands: readonly string[]): boolean {
  if (process.env[variable] === 'missing' || process.platform !== 'linux') return false;
  return missingCommands(commands, process.env['PATH'] ?? '').length === 0;
}
