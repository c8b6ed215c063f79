import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What is read of a log's end. */
export interface TailOptions {
  /** Where `openLog` keeps its files. */
  readonly folder: string;
  /** How many lines at most; 1,000 unless told. */
  readonly lines?: number;
  /** How much is read at most, bytes; 1,000,000 unless told. */
  readonly maxBytes?: number;
  /** Lines that it refuses are passed over and do not count. */
  readonly wanted?: (line: string) => boolean;
}

/**
 * The last lines of the log, the oldest first: those of `evertoken.log` and, where they are too few, those of the file that
 * was rotated out before it. A line that is cut, at the end by a kill or at the beginning by `maxBytes`, is left out. Never
 * rejects: where nothing can be read there are no lines.
 */
export async function readLogTail({ folder, lines = 1_000, maxBytes = 1_000_000, wanted = () => true }: TailOptions): Promise<readonly string[]> {
  const present = await endOf(join(folder, 'evertoken.log'), maxBytes);
  const found = present.lines.filter(wanted);
  if (found.length >= lines) return found.slice(-lines);
  const former = await endOf(join(folder, 'evertoken.1.log'), maxBytes - present.bytes);
  // Rotated between the two looks: it is the file that was just read.
  if (former.file === present.file) return found;
  return [...former.lines.filter(wanted), ...found].slice(-lines);
}

interface FileEnd {
  readonly lines: readonly string[];
  readonly bytes: number;
  /** Which file it was, whatever it is called by now; null where there is none. */
  readonly file: string | null;
}

const NOTHING: FileEnd = { lines: [], bytes: 0, file: null };

async function endOf(path: string, maxBytes: number): Promise<FileEnd> {
  try {
    // Asked first, since to open a pipe is to wait for its other end.
    if (!(await stat(path)).isFile()) return NOTHING;
    const handle = await open(path, 'r');
    try {
      const { size, dev, ino } = await handle.stat();
      const from = Math.max(0, size - maxBytes);
      // The byte before shows whether a line begins there.
      const start = Math.max(0, from - 1);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
      return { lines: wholeLines(buffer.toString('utf8', 0, bytesRead), start === 0), bytes: size - from, file: `${dev}/${ino}` };
    } finally {
      await handle.close();
    }
  } catch {
    return NOTHING;
  }
}

function wholeLines(text: string, fromTheBeginning: boolean): readonly string[] {
  const lines = text.split('\n').slice(fromTheBeginning ? 0 : 1, -1);
  return lines.filter((line) => line !== '');
}
