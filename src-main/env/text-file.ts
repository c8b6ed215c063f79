import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { read, refused } from './reading.ts';
import type { Reading } from './reading.ts';

/** The largest file (bytes) that is read; a `.env` has a few hundred. */
export const LARGEST_FILE = 1_000_000;

/** Reads a text file that the owner named, each way in which it can be wrong with a sentence of its own. Changes nothing. */
export async function readTextFile(name: string, cwd: string): Promise<Reading<string>> {
  const path = resolve(cwd, name);
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) return refused('file-is-folder', `${name} is a folder. Name the file itself.`);
    if (facts.size > LARGEST_FILE) return tooLarge(name);
    const handle = await open(path, constants.O_RDONLY);
    try {
      return decodeText(await readUpTo(handle, LARGEST_FILE + 1), name);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return refused('file-unreadable', fileWords(name, error instanceof Error && 'code' in error ? String(error.code) : ''));
  }
}

/** Turns bytes into text, or says what they are instead. `name` is how a person calls where they came from. */
export function decodeText(bytes: Buffer, name: string): Reading<string> {
  if (bytes.length > LARGEST_FILE) return tooLarge(name);
  const [first, second] = bytes;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const zeroes = bytes.filter((byte) => byte === 0).length;
  if (marked || (zeroes > 0 && Math.abs(zeroes * 2 - bytes.length) <= bytes.length / 5)) {
    // What ">" in older PowerShell and "Unicode" in Notepad write.
    return refused('file-utf-16', `${name} is saved as UTF-16. Open it in an editor, save it as UTF-8, and try again.`);
  }
  if (zeroes > 0) return refused('file-not-text', `${name} is not a text file.`);
  try {
    return read(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refused('file-not-utf-8', `${name} holds characters that are not UTF-8. Open it in an editor, save it as UTF-8, and try again.`);
  }
}

function tooLarge(name: string): Reading<never> {
  return refused('file-too-large', `${name} is larger than 1 MB. That is not the right file.`);
}

function fileWords(name: string, code: string): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `There is no file ${name}. Check the name.`;
    case 'EACCES':
    case 'EPERM':
      return `${name} may not be read by you. Change its permissions, or name another file.`;
    default:
      return `${name} could not be read${code === '' ? '' : ` (${code})`}.`;
  }
}

/** A loop, since a pipe (`--token-file <(command)`) hands over a piece at a time and has no size. */
async function readUpTo(handle: Awaited<ReturnType<typeof open>>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < limit) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, null);
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(chunks);
}
