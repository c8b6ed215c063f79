import { type BigIntStats, constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type FileFault, fileFault } from '../core/delivery/file-words.ts';
import type { FileWork } from './file-work.ts';
import { isInOwnFolder } from './own-folder.ts';
import { systemCode, systemFault } from './system-fault.ts';

/** The largest file (bytes) that is read and written; a `.env` has a few hundred. */
export const LARGEST_ENV_FILE = 1_000_000;

/** A file as it was found: what it really is called, and what would differ if it were another one or another content. */
export interface FoundFile {
  /** Absolute, with every link followed. */
  readonly path: string;
  readonly stats: BigIntStats;
}

/** A file with its content, one character for each byte. */
export interface EnvFile extends FoundFile {
  readonly text: string;
}

/** Finding or reading went well, or why not. */
export type Found<T> = { readonly ok: true; readonly file: T } | { readonly ok: false; readonly fault: FileFault };

/** Follows links to the real file and looks at it without opening it. What is no file, too large, or Evertoken's own is a fault. */
export async function findEnvFile(work: FileWork, file: string): Promise<Found<FoundFile>> {
  const { fs } = work;
  try {
    const path = await fs.realpath(file);
    // Whoever may write in a bot's folder could else have a token written into our keys and settings.
    if (await isInOwnFolder(work, dirname(path))) return { ok: false, fault: fileFault('own-folder', file) };
    const stats = await fs.stat(path, { bigint: true });
    const fault = stats.isDirectory() ? 'is-folder' : !stats.isFile() ? 'not-a-file' : stats.size > LARGEST_ENV_FILE ? 'too-large' : null;
    return fault === null ? { ok: true, file: { path, stats } } : { ok: false, fault: fileFault(fault, file) };
  } catch (error) {
    const code = systemCode(error);
    return { ok: false, fault: code === 'ENOENT' || code === 'ENOTDIR' ? await missing(work, file) : systemFault(error, file) };
  }
}

/** Finds and reads a file. Bytes that are no text at all, or UTF-16, are a fault. */
export async function readEnvFile(work: FileWork, file: string): Promise<Found<EnvFile>> {
  const found = await findEnvFile(work, file);
  if (!found.ok) return found;
  const { path } = found.file;
  try {
    // A pipe put in its place meanwhile must not hang us.
    const handle = await work.fs.open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat({ bigint: true });
      if (!stats.isFile()) return { ok: false, fault: fileFault('not-a-file', file) };
      if (stats.size > LARGEST_ENV_FILE) return { ok: false, fault: fileFault('too-large', file) };
      // One byte more than it should have: a file that grows under our eyes is another one, and is read again before it is written.
      const bytes = await readUpTo(handle, Number(stats.size) + 1);
      const fault = strangeBytes(bytes);
      return fault === null ? { ok: true, file: { path, stats, text: bytes.toString('latin1') } } : { ok: false, fault: fileFault(fault, file) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { ok: false, fault: systemCode(error) === 'ENOENT' ? fileFault('vanished', file) : systemFault(error, file) };
  }
}

/** Whether two looks saw the same content of the same file, as far as that shows without reading it. */
export function isSameFile(one: FoundFile, other: FoundFile): boolean {
  const a = one.stats;
  const b = other.stats;
  return one.path === other.path && a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs;
}

/** Which of the ways to be missing it is: a link to nothing, a file gone from its folder, or the folder as well. */
async function missing(work: FileWork, file: string): Promise<FileFault> {
  try {
    await work.fs.readlink(file);
    return fileFault('dangling-link', file);
  } catch {
    // No link, or nothing there at all.
  }
  try {
    const folder = await work.fs.realpath(dirname(file));
    if (await isInOwnFolder(work, folder)) return fileFault('own-folder', file);
    return fileFault((await work.fs.stat(folder)).isDirectory() ? 'vanished' : 'folder-gone', file);
  } catch {
    return fileFault('folder-gone', file);
  }
}

async function readUpTo(handle: FileHandle, limit: number): Promise<Buffer> {
  const buffer = Buffer.alloc(limit);
  let length = 0;
  while (length < limit) {
    const { bytesRead } = await handle.read(buffer, length, limit - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

function strangeBytes(bytes: Buffer): 'utf-16' | 'not-text' | null {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'utf-16';
  return bytes.includes(0) ? 'not-text' : null;
}
