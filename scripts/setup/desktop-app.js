import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { failureOf } from './desktop-failure.js';
import { listenTo } from './desktop-output.js';
import { handSignalsOn } from './desktop-signals.js';

/** The exit code by which the app says that it will not start, as with wrong options; server mode would not either. */
const REFUSED = 2;

/** ms that an app which is asked to end may take. */
export const GRACE = 3000;

/**
 * How it went: it was up, or refused, or left the work to one that is already running, and ended with a code; or it
 * could not be run, and why, as the end of a sentence: "…, because <this>".
 * @typedef {{ code: number } | { why: string }} Ended
 */

/**
 * Runs the desktop app to its end.
 * @param {string} executable
 * @param {readonly string[]} args
 * @param {object} options
 * @param {number} options.patience ms until it must be up
 * @param {number} [options.grace] ms
 * @param {import('./desktop-output.js').Sink} [options.stdout]
 * @param {import('./desktop-output.js').Sink} [options.stderr]
 * @returns {Promise<Ended>}
 */
export async function runApp(executable, args, { patience, grace = GRACE, stdout = process.stdout, stderr = process.stderr }) {
  const child = spawn(executable, args, {
    // Set in terminals of Electron programs such as Visual Studio Code; it would make ours a plain Node.
    // The other says that what the app has to say is read here, so that it need not put it into a dialog.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: undefined, EVERTOKEN_IN_TERMINAL: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: a Ctrl+C reaches it once, from us, and not from the terminal as well. Electron takes
    // a second one as an order to end at once.
    detached: process.platform !== 'win32',
  });
  const signals = handSignalsOn(child);
  const output = listenTo(child, stdout, stderr);
  const ended = endOf(child);
  try {
    const waiting = new AbortController();
    const first = await Promise.race([output.up, ended, delay(patience, 'hung', { signal: waiting.signal }).catch(() => 'hung')]);
    waiting.abort();
    if (first === 'hung') {
      child.kill('SIGTERM');
      await Promise.race([ended, delay(grace, undefined, { ref: false })]);
      child.kill('SIGKILL');
    }
    if (first === 'up') output.showErrors();
    const end = await ended;
    if ('error' in end) return { why: `it could not be started (${end.error.message})` };
    const failed = first === 'hung' || (first !== 'up' && end.code !== 0 && end.code !== REFUSED);
    if (failed && !signals.asked()) {
      sweep(child.pid);
      return { why: first === 'hung' ? `it was not up after ${Math.round(patience / 1000)} seconds` : failureOf({ ...end, stderr: output.errors() }) };
    }
    output.showErrors();
    return { code: end.code ?? 128 + constants.signals[end.signal ?? 'SIGTERM'] };
  } finally {
    signals.release();
    output.close();
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null } | { error: Error }>}
 */
function endOf(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ error }));
    child.once('exit', (code, signal) => {
      const end = () => resolve({ code, signal });
      // Its last words are still on their way and end with it, unless a helper of it holds the pipe.
      child.once('close', end);
      setTimeout(end, 500).unref();
    });
  });
}

/**
 * Ends what an app that failed has left of its process group, so that nothing of it runs beside server mode.
 * @param {number | undefined} group
 */
function sweep(group) {
  if (group === undefined || process.platform === 'win32') return;
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // Nothing was left, as mostly.
  }
}
