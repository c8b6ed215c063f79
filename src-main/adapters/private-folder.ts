import { chmod, mkdir, stat } from 'node:fs/promises';
import { StorageFault } from './storage-fault.ts';

const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;
const OTHERS = 0o077;

/**
 * Makes the folder where it is missing and closes it to other users (0700) where it is laxer. Rejects with a `StorageFault` where it belongs
 * to another user, else with Node's own error.
 */
export async function ensurePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
  await closeToOthers(folder, PRIVATE_FOLDER);
}

/** Closes an existing file to other users (0600) where it is laxer. A missing file is left missing. Rejects as `ensurePrivateFolder` does. */
export async function ensurePrivateFile(file: string): Promise<void> {
  try {
    await closeToOthers(file, PRIVATE_FILE);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

async function closeToOthers(path: string, mode: number): Promise<void> {
  // Windows has no such modes: a folder below the user's profile is private by its access list.
  if (process.platform === 'win32') return;
  const { mode: current, uid } = await stat(path);
  // Root may use what another user laid ready, and could be given a key that is known to them.
  if (uid !== process.geteuid?.()) {
    throw new StorageFault('denied', `${path} belongs to another user, who could have put in it whatever they like, so Evertoken does not use it. Run Evertoken as the user whose it is, or choose another data folder.`);
  }
  if ((current & OTHERS) !== 0) await chmod(path, mode);
}
