import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { FileSystem } from './file-work.ts';

const BACKUP = '.bak';

/** Where the file as it was before the last write is kept. */
export function backupOf(path: string): string {
  return `${path}${BACKUP}`;
}

/** A new name for a half-made copy of a file, beside it. It begins like the file, so that whatever keeps `.env*` out of a repository keeps it out too. */
export function temporaryOf(path: string): string {
  return `${path}.evertoken-${randomBytes(6).toString('hex')}`;
}

/** Clears half-made copies of `path` and its backup that a kill left. Nobody may be writing the file. */
export async function clearTemporaries(fs: FileSystem, path: string): Promise<void> {
  const folder = dirname(path);
  const name = basename(path);
  const isOurs = (one: string): boolean => one.startsWith(name) && /^(?:\.bak)?\.evertoken-[0-9a-f]{12}$/.test(one.slice(name.length));
  try {
    const left = (await fs.readdir(folder)).filter(isOurs);
    await Promise.all(left.map((one) => fs.rm(join(folder, one), { force: true })));
  } catch {
    // What cannot be cleared now is cleared another time; the write itself will say what is wrong with the folder.
  }
}
