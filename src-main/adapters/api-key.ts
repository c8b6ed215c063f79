import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePrivateFile, ensurePrivateFolder } from './private-folder.ts';
import { StorageFault, storageFault } from './storage-fault.ts';

const KEY_BYTES = 32;
const KEY_SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** The file with the key in a data folder. */
function keyFile(folder: string): string {
  return join(folder, 'api-key');
}

/**
 * The owner's key of the loopback server, with all rights: 256 bits in `api-key` (0600) of the data folder (0700), made once
 * and then kept. Whoever can read the file is the owner; that is how the command line gets in. Rejects with `StorageFault`
 * where it cannot be kept or the file holds something else: a key is never replaced in silence, since somebody may use it.
 */
export async function ensureApiKey(folder: string): Promise<string> {
  const file = keyFile(folder);
  try {
    await ensurePrivateFolder(folder);
    const existing = await readApiKey(folder);
    if (existing !== null) return existing;
    // Written aside and linked: two starts at once agree on one key, and no reader sees half of it.
    const draft = `${file}.tmp-${randomBytes(6).toString('hex')}`;
    try {
      await writeFile(draft, `${randomBytes(KEY_BYTES).toString('base64url')}\n`, { mode: 0o600, flag: 'wx', flush: true });
      await link(draft, file);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    } finally {
      await rm(draft, { force: true });
    }
  } catch (error) {
    throw storageFault(error, file);
  }
  const made = await readApiKey(folder);
  if (made === null) throw new StorageFault('failed', `The key file ${file} vanished while it was made. Start Evertoken again.`);
  return made;
}

/** The key in a data folder, null where there is none yet. A file that others could read is closed to them first. */
export async function readApiKey(folder: string): Promise<string | null> {
  const file = keyFile(folder);
  let text: string;
  try {
    await ensurePrivateFile(file);
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw storageFault(error, file);
  }
  const key = text.trim();
  if (!KEY_SHAPE.test(key)) {
    throw new StorageFault('invalid', `The key file ${file} is damaged. Delete it and restart Evertoken; it makes a new one, which whatever used the old one then needs. The keys that you made for bots stay as they are.`);
  }
  return key;
}
