import * as promises from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** The calls of the file system that a delivery makes; a test counts them, or lets one fail. */
export type FileSystem = Pick<typeof promises, 'access' | 'lstat' | 'open' | 'readdir' | 'readlink' | 'realpath' | 'rename' | 'rm' | 'stat'>;

/** What working on files takes. */
export interface FileWork {
  readonly fs: FileSystem;
  readonly platform: NodeJS.Platform;
  /** The user that this runs as, with all groups; null on Windows. User 0 may give files away. */
  readonly user: { readonly uid: number; readonly groups: readonly number[] } | null;
  /** Evertoken's own data folder: nothing in it is ever read or written as a `.env` file. Null where there is none to keep. */
  readonly forbidden: string | null;
  /** Waits so many real ms. */
  readonly wait: (ms: number) => Promise<unknown>;
}

/** The computer's own file system. */
export function systemFileWork(): FileWork {
  return { fs: promises, platform: process.platform, user: currentUser(), forbidden: null, wait: (ms) => pause(ms) };
}

function currentUser(): FileWork['user'] {
  const uid = process.geteuid?.();
  const gid = process.getegid?.();
  return uid === undefined || gid === undefined ? null : { uid, groups: [gid, ...(process.getgroups?.() ?? [])] };
}
