import { readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { ensurePrivateFolder } from './private-folder.ts';
import { storageFault } from './storage-fault.ts';

const LOCK = 'evertoken.lock';
const STALE_MS = 4_000;
const UPDATE_MS = 1_000;
const RETRY_MS = 250;
const WAIT_MS = 5_500;

/** The lock of a data folder, or why it could not be had. */
export type FolderLock =
  | { readonly ok: true; /** Gives the lock back; never rejects. */ release(): Promise<void> }
  | { readonly ok: false; readonly code: 'held' | 'failed'; /** A sentence for the owner. */ readonly message: string };

/** How to take the lock. */
export interface FolderLockOptions {
  /**
   * Called once if the lock is lost while held: its folder was deleted, or the computer stood still for so long that
   * another Evertoken took over. Stop writing and exit; whatever it throws is swallowed, since it runs in a timer.
   */
  readonly onLost: () => void;
  /** How long to wait for another Evertoken to go away, ms; 5,500 unless told. */
  readonly waitMs?: number;
}

/**
 * One Evertoken per data folder, be it desktop, server or command line: two keepers would renew one token twice.
 * The lock is a folder `evertoken.lock` whose time is renewed every second; after a kill it counts as left behind
 * when it is 4 s old, so a restart waits a few seconds and gets in, and a second start while the first lives is told
 * so after 5.5 s. `evertoken.pid` beside it serves the sentence, and the one case that time cannot settle: a wall clock
 * that was set back leaves a dead holder's lock in the future.
 */
export async function lockFolder(folder: string, { onLost, waitMs = WAIT_MS }: FolderLockOptions): Promise<FolderLock> {
  const pidFile = pidFileOf(folder);
  try {
    await ensurePrivateFolder(folder);
  } catch (error) {
    return { ok: false, code: 'failed', message: storageFault(error, folder).message };
  }

  const giveUpAt = performance.now() + waitMs;
  for (;;) {
    const attempt = await tryLock(folder, onLost);
    if (attempt.kind === 'failed') return { ok: false, code: 'failed', message: storageFault(attempt.error, folder).message };
    if (attempt.kind === 'locked') {
      // Only for the words of a second start; a lock without it is a lock all the same.
      await writeFile(pidFile, `${process.pid}\n`, { mode: 0o600 }).catch(() => undefined);
      return { ok: true, release: () => releaseAll(attempt.release, pidFile) };
    }
    await dropLockFromTheFuture(folder, pidFile);
    if (performance.now() >= giveUpAt) return { ok: false, code: 'held', message: await heldBy(folder, pidFile) };
    await wait(RETRY_MS);
  }
}

type Attempt = { readonly kind: 'locked'; readonly release: () => Promise<void> } | { readonly kind: 'held' } | { readonly kind: 'failed'; readonly error: unknown };

async function tryLock(folder: string, onLost: () => void): Promise<Attempt> {
  try {
    const release = await lock(folder, {
      lockfilePath: join(folder, LOCK),
      stale: STALE_MS,
      update: UPDATE_MS,
      onCompromised: () => {
        try {
          onLost();
        } catch {
          // Thrown from a timer it would end the process with a lock error instead of what onLost meant to say.
        }
      },
    });
    return { kind: 'locked', release };
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ELOCKED' ? { kind: 'held' } : { kind: 'failed', error };
  }
}

// A live holder renews the time each second, so a lock from the future with a dead process behind it is nobody's.
async function dropLockFromTheFuture(folder: string, pidFile: string): Promise<void> {
  const path = join(folder, LOCK);
  const ageMs = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (ageMs > -STALE_MS) return;
  const pid = await holder(pidFile);
  if (pid !== null && !isAlive(pid)) await rmdir(path).catch(() => undefined);
}

/** The process that holds a data folder now, or null where nobody living does. For words only: it may end at any moment. */
export async function livingHolder(folder: string): Promise<number | null> {
  const pid = await holder(pidFileOf(folder));
  return pid !== null && isAlive(pid) ? pid : null;
}

function pidFileOf(folder: string): string {
  return join(folder, 'evertoken.pid');
}

async function holder(pidFile: string): Promise<number | null> {
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

async function releaseAll(release: () => Promise<void>, pidFile: string): Promise<void> {
  await rm(pidFile, { force: true }).catch(() => undefined);
  // Already lost or released: there is nothing left to give back.
  await release().catch(() => undefined);
}

async function heldBy(folder: string, pidFile: string): Promise<string> {
  const pid = await holder(pidFile);
  const who = pid === null ? '' : ` (process ${pid})`;
  return `Another Evertoken${who} is already running with the data folder ${folder}. Use that one, stop it first, or choose another data folder.`;
}
