import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';

const PRIVATE_FILE = 0o600;

// The same ending as that of electron-store's own half-made files, so that one sweep finds both.
function temporaryPrefix(file: string): string {
  return `${basename(file)}.tmp-`;
}

/** Clears half-made copies of `file` that a kill left. Call it only while nobody writes the file. */
export async function clearTemporaries(file: string): Promise<void> {
  const folder = dirname(file);
  const prefix = temporaryPrefix(file);
  const left = (await readdir(folder)).filter((name) => name.startsWith(prefix));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

/**
 * Puts `data` in `file` so that after a kill or a power cut it holds either the old or the new content, whole:
 * a new file (0600) in the same folder, every byte written, fsync, rename, fsync of the folder. On an error the
 * old file stays as it was and the error is Node's own.
 */
export async function writeDurably(file: string, data: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(file), `${temporaryPrefix(file)}${randomBytes(6).toString('hex')}`);
  try {
    const handle = await open(temporary, 'wx', PRIVATE_FILE);
    try {
      // writeFile goes on after a short write; a single write() on a nearly full disk may return early without an error.
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
}

/** Makes a rename in `folder` survive a power cut. Windows cannot open a folder and needs no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
