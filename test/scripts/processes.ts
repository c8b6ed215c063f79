import { readFileSync } from 'node:fs';

/** Whether a process runs. One that has ended and that nobody has buried yet does not, which only Linux tells. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
