import { join } from 'node:path';
import { installPackages, isInstalled } from './install.js';
import { withLock } from './lock.js';

/**
 * Installs the npm packages where they are missing, one process at a time. Answers what to tell the owner where that
 * could not be done, else null.
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {Promise<string | null>}
 */
export async function preparePackages(root, say) {
  if (isInstalled(root)) return null;
  const waiting = () => say('Another start is preparing this folder; waiting for it …');
  return withLock(join(root, '.setup-lock'), waiting, () => installPackages(root, say));
}
