import { readFileSync } from 'node:fs';

/** A process as another one can recognize it: a number alone is given away again after its end. */
export interface ProcessMark {
  readonly pid: number;
  /** When it began, in the kernel's ticks; null where the system does not tell. */
  readonly began: string | null;
}

/** The mark of this process. */
export function ownMark(): ProcessMark {
  return { pid: process.pid, began: statOf(process.pid)?.began ?? null };
}

/** Whether the very process that left this mark still runs. */
export function isAlive(mark: ProcessMark): boolean {
  if (mark.pid <= 0) return false;
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    // EPERM: it runs, and belongs to someone else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const stat = statOf(mark.pid);
  if (stat === null) return true;
  return stat.state !== 'Z' && stat.state !== 'X' && (mark.began === null || mark.began === stat.began);
}

function statOf(pid: number): { readonly state: string; readonly began: string } | null {
  try {
    // The name before the last bracket may hold anything; then come state and, as the 20th, the time of the start.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return { state: fields[0] ?? '', began: fields[19] ?? '' };
  } catch {
    return null;
  }
}
