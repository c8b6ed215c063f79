import { chmod, copyFile } from 'node:fs/promises';
import { constants } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const PRIVATE_FILE = 0o600;

/**
 * Copies a broken `NAME.json` to `NAME.corrupt-TIME.json` (0600) beside it, never over an earlier one; answers the copy's path.
 * `now` in ms since 1970. Rejects with Node's own error.
 */
export async function copyAside(file: string, now: number): Promise<string> {
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/g, '-');
  for (let attempt = 0; ; attempt += 1) {
    const aside = join(dirname(file), `${basename(file, '.json')}.corrupt-${stamp}${attempt === 0 ? '' : `-${attempt}`}.json`);
    try {
      await copyFile(file, aside, constants.COPYFILE_EXCL);
      await chmod(aside, PRIVATE_FILE);
      return aside;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
