import { runApp } from './desktop-app.js';
import { desktopObstacle, thisMachine } from './desktop-obstacle.js';
import { obtainRuntime } from './desktop-runtime.js';

/** ms from the beginning until it is known whether the desktop app runs; what it takes to end one that hangs comes on top. */
export const DECIDED_WITHIN = 55_000;

/**
 * Runs the desktop app to its end. Where it cannot run, that is known within a minute.
 * @param {string} root
 * @param {readonly string[]} args
 * @param {(line: string) => void} say
 * @returns {Promise<import('./desktop-app.js').Ended>}
 */
export async function runDesktop(root, args, say) {
  const began = performance.now();
  const obstacle = desktopObstacle(thisMachine());
  if (obstacle !== null) return { why: obstacle };
  const runtime = await obtainRuntime(root, say);
  if ('why' in runtime) return runtime;
  return runApp(runtime.executable, [root, ...args], { patience: DECIDED_WITHIN - (performance.now() - began) });
}
