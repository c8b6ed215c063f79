/** ms; npm hands a Ctrl+C on that the terminal has already given to every process, so one comes as two. */
const ECHO = 500;

/**
 * Hands the signals that would end this process on to a child instead. A closed terminal (SIGHUP) becomes SIGTERM: a
 * program in the foreground ends with its terminal, and Electron does that in an orderly way for the latter only. The
 * child does not outlive this process either, should that end for a reason of its own.
 * @param {{ kill(signal: NodeJS.Signals): unknown }} child
 * @returns {{ asked: () => boolean, release: () => void }} whether the child was asked to end; and how to stop handing on
 */
export function handSignalsOn(child) {
  let asked = false;
  let last = -Infinity;
  /** @param {NodeJS.Signals} signal */
  const handOn = (signal) => {
    const now = performance.now();
    if (now - last < ECHO) return;
    last = now;
    asked = true;
    child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  const endToo = () => child.kill('SIGTERM');
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, handOn);
  process.on('exit', endToo);
  return {
    asked: () => asked,
    release: () => {
      for (const signal of signals) process.off(signal, handOn);
      process.off('exit', endToo);
    },
  };
}
