import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, ownMark, type ProcessMark } from './process-mark.ts';

/** How a try to be the only instance ended: the number of the lock that holds, and whether it is ours. */
export interface LockOutcome {
  readonly mine: boolean;
  readonly generation: number;
}

const PREFIX = 'lock.';

/**
 * Takes the lock of a folder, at once and across processes. A lock is a file with a number that is made whole and only if it is not
 * there yet (a hard link), and the newest one counts. A dead holder's lock is never removed, only followed by the next number, so two
 * processes that find it at the same moment cannot both win.
 */
export function takeLock(folder: string): LockOutcome {
  mkdirSync(folder, { recursive: true });
  const whole = join(folder, `made-by-${process.pid}`);
  writeFileSync(whole, JSON.stringify(ownMark()));
  try {
    for (;;) {
      const newest = newestLock(folder);
      if (newest > 0 && isAlive(readMark(folder, newest))) return { mine: false, generation: newest };
      try {
        linkSync(whole, join(folder, `${PREFIX}${newest + 1}`));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
        throw error;
      }
      for (const old of lockNumbers(folder)) if (old <= newest) rmSync(join(folder, `${PREFIX}${old}`), { force: true });
      return { mine: true, generation: newest + 1 };
    }
  } finally {
    rmSync(whole, { force: true });
  }
}

/** Gives the lock back. Its file stays, as nobody's: the next number must not be given twice. */
export function giveLockBack(folder: string, generation: number): void {
  const nobody = join(folder, `nobody-${process.pid}`);
  writeFileSync(nobody, JSON.stringify({ pid: 0, began: null } satisfies ProcessMark));
  renameSync(nobody, join(folder, `${PREFIX}${generation}`));
}

function lockNumbers(folder: string): readonly number[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => Number(name.slice(PREFIX.length)));
}

function newestLock(folder: string): number {
  return Math.max(0, ...lockNumbers(folder));
}

function readMark(folder: string, generation: number): ProcessMark {
  try {
    return JSON.parse(readFileSync(join(folder, `${PREFIX}${generation}`), 'utf8')) as ProcessMark;
  } catch {
    // Removed by a holder with a higher number, which the next look will find.
    return { pid: 0, began: null };
  }
}
