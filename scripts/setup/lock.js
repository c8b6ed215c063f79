import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** ms between two signs of life of a holder, and how long a silent one on another machine is believed. */
const BEAT = 2_000;
const SILENT = 60_000;
const POLL = 100;

/**
 * Runs `work` while holding a folder as a lock, so that two starts at the same moment do not write into each
 * other's node_modules or dist. A folder, because making one is atomic everywhere and needs no package.
 * @template T
 * @param {string} folder
 * @param {() => void} waiting called once when somebody else holds it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, waiting, work) {
  let said = false;
  while (!take(folder)) {
    if (isStale(folder)) {
      evict(folder);
      continue;
    }
    if (!said) waiting();
    said = true;
    await delay(POLL);
  }
  const beat = setInterval(() => touch(folder), BEAT);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function take(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(folder, 'holder.json'), JSON.stringify({ pid: process.pid, host: hostname() }));
  return true;
}

/** @param {string} folder */
function touch(folder) {
  try {
    const now = new Date();
    utimesSync(folder, now, now);
  } catch {
    // Taken away by hand; the work goes on, and the next start finds nothing in its way.
  }
}

/**
 * A holder that died on this machine, or one that has long shown no sign of life.
 * @param {string} folder
 */
function isStale(folder) {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  if (Date.now() - stat.mtimeMs > SILENT) return true;
  const holder = readHolder(folder);
  return holder !== null && holder.host === hostname() && !isAlive(holder.pid);
}

/**
 * Renamed before it is removed: of two that find it stale only one gets it. Looked at again after that, because
 * the other may have been quicker and this may be its new lock, which then goes back.
 * @param {string} folder
 */
function evict(folder) {
  const aside = `${folder}.stale-${process.pid}`;
  try {
    renameSync(folder, aside);
    if (!isStale(aside)) {
      renameSync(aside, folder);
      return;
    }
  } catch {
    return;
  }
  rmSync(aside, { recursive: true, force: true });
}

/**
 * @param {string} folder
 * @returns {{ pid: number, host: string } | null}
 */
function readHolder(folder) {
  try {
    /** @type {unknown} */
    const holder = JSON.parse(readFileSync(join(folder, 'holder.json'), 'utf8'));
    if (typeof holder !== 'object' || holder === null || !('pid' in holder && 'host' in holder)) return null;
    const { pid, host } = holder;
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host } : null;
  } catch {
    return null;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/**
 * @param {unknown} error
 * @returns {unknown}
 */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
