import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type FileFault, fileFault } from '../core/delivery/file-words.ts';
import { SECOND } from '../core/time.ts';
import type { FileWork } from './file-work.ts';
import { isInOwnFolder } from './own-folder.ts';
import { type EnvFile, findEnvFile, isSameFile, readEnvFile } from './read-env-file.ts';
import { systemCode, systemFault } from './system-fault.ts';
import { backupOf, clearTemporaries, temporaryOf } from './temporary-files.ts';

/** What came of replacing a file: done, to be begun again since it changed meanwhile, or a fault. */
export type Replaced = { readonly outcome: 'written' } | { readonly outcome: 'changed' } | { readonly outcome: 'fault'; readonly fault: FileFault };

/** A file to be replaced as it was read, or a new one by the path that the owner gave. */
export type Replaceable = { readonly kind: 'existing'; readonly was: EnvFile } | { readonly kind: 'new' };

/** Who may read a file that is made anew: the owner alone, since it holds a token. */
const PRIVATE = 0o600;
const PERMISSIONS = 0o7777;
/** Windows refuses to replace a file that a virus scanner or an editor has open, mostly for less than a second. */
const WINDOWS_PAUSES: readonly number[] = [20, 50, 100, 200, 400, 800, SECOND, SECOND, SECOND];

/**
 * Puts `text` (one character for each byte) in the place of a file so that after a kill or a power cut it holds either the old or the
 * new content, whole: a temporary file in the same folder, every byte written, fsync, rename, fsync of the folder. Mode and, for root,
 * owner stay. A file with several hard links is parted from its other names, as by every editor that saves safely.
 */
export async function replaceEnvFile(work: FileWork, file: string, subject: Replaceable, text: string, keepBackup: boolean): Promise<Replaced> {
  try {
    const path = subject.kind === 'existing' ? subject.was.path : join(await work.fs.realpath(dirname(file)), basename(file));
    // Asked once more: the folder may have become a link since the file was looked for.
    if (await isInOwnFolder(work, dirname(path))) return { outcome: 'fault', fault: fileFault('own-folder', file) };
    if (subject.kind === 'existing') {
      const fault = await mayNotReplace(work, file, subject.was);
      if (fault !== null) return { outcome: 'fault', fault };
    }
    await clearTemporaries(work.fs, path);
    if (subject.kind === 'existing' && keepBackup) {
      const fault = await keep(work, file, subject.was);
      if (fault !== null) return { outcome: 'fault', fault };
    }
    const unchanged = (): Promise<boolean> => isUnchanged(work, file, subject);
    return { outcome: (await putInPlace(work, path, text, subject.kind === 'existing' ? subject.was : null, unchanged)) ? 'written' : 'changed' };
  } catch (error) {
    if (systemCode(error) === 'EBUSY' && work.platform !== 'win32') return { outcome: 'fault', fault: fileFault('mounted', file) };
    return { outcome: 'fault', fault: systemFault(error, file) };
  }
}

/** Keeps the file as it is beside itself, no more readable than it is. */
async function keep(work: FileWork, file: string, was: EnvFile): Promise<FileFault | null> {
  try {
    await putInPlace(work, backupOf(was.path), was.text, was, () => Promise.resolve(true));
    return null;
  } catch (error) {
    return systemFault(error, backupOf(file));
  }
}

/** A rename asks only whether the folder may be written; what the owner said about the file itself counts as well. */
async function mayNotReplace({ fs, user }: FileWork, file: string, { path, stats }: EnvFile): Promise<FileFault | null> {
  const mode = Number(stats.mode);
  if ((mode & 0o222) === 0) return fileFault('read-only', file);
  try {
    await fs.access(path, constants.W_OK);
  } catch (error) {
    if (systemCode(error) === 'EACCES' || systemCode(error) === 'EPERM') return fileFault('read-only', file);
    // Where it went meanwhile, the look right before the rename says so.
    if (systemCode(error) !== 'ENOENT') return systemFault(error, file);
  }
  // The new file would be ours, and with this mode its owner, the bot perhaps, could not read it any more.
  const isForeign = user !== null && user.uid !== 0 && stats.uid !== BigInt(user.uid);
  const staysReadable = (mode & 0o004) !== 0 || ((mode & 0o040) !== 0 && user?.groups.includes(Number(stats.gid)) === true);
  return isForeign && !staysReadable ? fileFault('other-owner', file) : null;
}

/** Writes a temporary file and renames it, if `mayReplace` still says so right before. False where it does not. */
async function putInPlace(work: FileWork, path: string, text: string, like: EnvFile | null, mayReplace: () => Promise<boolean>): Promise<boolean> {
  const temporary = temporaryOf(path);
  let isPlaced = false;
  try {
    const handle = await work.fs.open(temporary, 'wx', PRIVATE);
    try {
      // writeFile goes on after a short write; a single write() on a nearly full disk may return early without an error.
      await handle.writeFile(text, 'latin1');
      if (like !== null) await takeAfter(work, handle, like);
      await handle.sync();
    } finally {
      await handle.close();
    }
    isPlaced = await renameWhenLet(work, temporary, path, mayReplace);
  } finally {
    if (!isPlaced) await work.fs.rm(temporary, { force: true });
  }
  if (isPlaced) await syncFolder(work, dirname(path));
  return isPlaced;
}

/** Gives the new file the old one's group, owner and mode, the mode last: a change of owner takes bits of it away. */
async function takeAfter({ user }: FileWork, handle: FileHandle, { stats }: EnvFile): Promise<void> {
  const made = await handle.stat({ bigint: true });
  let mode = Number(stats.mode) & PERMISSIONS;
  if (user !== null && (made.uid !== stats.uid || made.gid !== stats.gid)) {
    try {
      await handle.chown(user.uid === 0 ? Number(stats.uid) : -1, Number(stats.gid));
    } catch (error) {
      if (systemCode(error) !== 'EPERM') throw error;
      // Not one of our groups: the group that the file has now was never let in.
      mode &= ~0o070;
    }
  }
  await handle.chmod(mode);
}

async function renameWhenLet(work: FileWork, from: string, to: string, mayReplace: () => Promise<boolean>): Promise<boolean> {
  for (const pause of work.platform === 'win32' ? [...WINDOWS_PAUSES, null] : [null]) {
    if (!(await mayReplace())) return false;
    try {
      await work.fs.rename(from, to);
      return true;
    } catch (error) {
      if (pause === null || !['EPERM', 'EACCES', 'EBUSY'].includes(systemCode(error))) throw error;
      await work.wait(pause);
    }
  }
  return false;
}

/** Whether the file is still what was read, to the byte; a new one must still not be there. */
async function isUnchanged(work: FileWork, file: string, subject: Replaceable): Promise<boolean> {
  if (subject.kind === 'new') {
    const found = await findEnvFile(work, file);
    return !found.ok && found.fault.code === 'vanished';
  }
  const now = await readEnvFile(work, file);
  return now.ok && isSameFile(now.file, subject.was) && now.file.text === subject.was.text;
}

/** Makes a rename survive a power cut. Windows cannot open a folder and needs no such thing. */
async function syncFolder(work: FileWork, folder: string): Promise<void> {
  if (work.platform === 'win32') return;
  const handle = await work.fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
