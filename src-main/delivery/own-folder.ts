import { dirname } from 'node:path';
import type { FileWork } from './file-work.ts';
import { systemCode } from './system-fault.ts';

/**
 * Whether a folder is Evertoken's own data folder or lies in it. Told by what the folders are, not by what they are called: letter case,
 * links and mounts give one folder several names. `folder` is a real path. Rejects where the file system does.
 */
export async function isInOwnFolder({ fs, forbidden }: FileWork, folder: string): Promise<boolean> {
  if (forbidden === null) return false;
  const own = await identityOf(fs, forbidden);
  if (own === null) return false;
  for (let at = folder; ; at = dirname(at)) {
    const one = await identityOf(fs, at);
    if (one !== null && one.dev === own.dev && one.ino === own.ino) return true;
    if (dirname(at) === at) return false;
  }
}

/** Null where there is no such folder. */
async function identityOf(fs: FileWork['fs'], folder: string): Promise<{ readonly dev: bigint; readonly ino: bigint } | null> {
  try {
    return await fs.stat(folder, { bigint: true });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}
