import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR } from '../core/time.ts';

/**
 * After an error that nobody caught, when its record is written: starts Evertoken anew, in the tray only, and ends this process
 * at once. A bot must not go silent because of a slip of ours; but what crashes twice within an hour would do so for ever. By a
 * kill, since Electron's own exit first lets go on what was queued, and that may be what must not happen.
 */
export function restartAfterCrash(crashFolder: string): void {
  if (crashesWithin(crashFolder, HOUR) <= 1) {
    const args = [...process.execArgv, ...process.argv.slice(1).filter((word) => word !== '--hidden'), '--hidden'];
    spawn(process.execPath, args, { detached: true, stdio: 'ignore' }).unref();
  }
  process.kill(process.pid, 'SIGKILL');
}

/** By the clock of the disk, as both are written and read here. A folder that cannot be read counts as many. */
function crashesWithin(folder: string, ms: number): number {
  try {
    return readdirSync(folder).filter((name) => name.startsWith('crash-') && Date.now() - statSync(join(folder, name)).mtimeMs < ms).length;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
