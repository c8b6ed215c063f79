import { readFileSync } from 'node:fs';

/** ms; a stop may take this long to be noticed. */
const LOOK = 500;

/**
 * Asks this process to end (SIGTERM) once the npm that started it is gone. npm starts a script through a shell,
 * and a signal sent to npm ends npm, and mostly that shell, but is not passed on: without this the server would
 * run on, unseen, holding the lock of its data folder.
 * @param {() => string} [parents] who stands above this process
 * @param {() => void} [end]
 * @param {number} [every] ms
 */
export function endWithParents(parents = parentsNow, end = () => process.kill(process.pid, 'SIGTERM'), every = LOOK) {
  const born = parents();
  const timer = setInterval(() => {
    if (parents() === born) return;
    clearInterval(timer);
    end();
  }, every);
  timer.unref();
}

/**
 * The parent; and where that is the shell in between, its parent too, because a killed npm leaves the shell
 * standing. Only Linux tells the second.
 */
function parentsNow() {
  return `${process.ppid} ${parentOfShell(process.ppid)}`;
}

/** @param {number} pid */
function parentOfShell(pid) {
  try {
    const [, name = '', parent = ''] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return /^(?:sh|dash|bash|ash|busybox)$/.test(name) ? parent : '';
  } catch {
    return '';
  }
}
