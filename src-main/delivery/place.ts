import { basename, dirname, join } from 'node:path';
import type { EnvPlace } from '../core/delivery/delivery.ts';
import type { Move } from '../core/delivery/file-words.ts';
import type { FileWork } from './file-work.ts';
import type { FoundFile } from './read-env-file.ts';

const OTHERS_READ = 0o004;
const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;

/** What a file is, as it was found. */
export function placeOf({ user }: FileWork, { path, stats }: FoundFile): EnvPlace {
  return { path, uid: user === null ? null : Number(stats.uid), isPublic: user !== null && (Number(stats.mode) & OTHERS_READ) !== 0 };
}

/** What a file is once it was made or written by us. `was` is null where it was not there. Rejects where its folder is gone. */
export async function placeAfterWriting(work: FileWork, file: string, was: FoundFile | null): Promise<EnvPlace> {
  if (was === null) return placeToBe(work, file);
  const place = placeOf(work, was);
  // Only root can give the new file to the old one's owner.
  return work.user === null || work.user.uid === 0 ? place : { ...place, uid: work.user.uid };
}

/** What a file will be that is not there yet: ours, and private. Rejects where its folder is gone. */
export async function placeToBe({ fs, user }: FileWork, file: string): Promise<EnvPlace> {
  return { path: join(await fs.realpath(dirname(file)), basename(file)), uid: user?.uid ?? null, isPublic: false };
}

/** How a file is no longer what it was when the owner named it; null where it still is. */
export function moveOf(work: FileWork, place: EnvPlace, found: FoundFile): Move | null {
  const now = placeOf(work, found);
  if (now.path !== place.path) return 'path';
  // A file of our own user was made by us: nobody else can give one away. As root, everybody's files could be meant.
  const isOurs = work.user !== null && work.user.uid !== 0 && now.uid === work.user.uid;
  if (now.uid !== place.uid && !isOurs) return 'owner';
  return now.isPublic && !place.isPublic ? 'public' : null;
}

/** Says who besides the owner can put another file in the place of this one; nothing where that is nobody. `path` is the real one. */
export async function placeNotes({ fs, user }: FileWork, path: string): Promise<readonly string[]> {
  if (user === null) return [];
  const folder = dirname(path);
  try {
    const { mode, uid, gid } = await fs.stat(folder);
    // A group that bears the user's own number is the user's alone, as most systems make it.
    const isShared = (mode & OTHERS_WRITE) !== 0 || ((mode & GROUP_WRITES) !== 0 && gid !== uid) || (uid !== 0 && uid !== user.uid);
    return isShared ? [`Other users of this computer may write in ${folder}. Evertoken stops writing if they put another file in the place of this one.`] : [];
  } catch {
    // The delivery itself says what is wrong with the folder.
    return [];
  }
}
