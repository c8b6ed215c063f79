import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStamp } from './digest.js';
import { tellingLine } from './desktop-failure.js';

/** ms for the download; what is left of the minute is for the app itself to come up. */
export const FETCH_LIMIT = 40_000;

/** ms; for so long a download that failed is not tried again, so that every start in between is quick. */
const PAUSE = 24 * 60 * 60 * 1000;

// install-electron stands in node_modules/.bin; unlike a start it may take as long as it needs.
const RETRY = 'to try again now, run: npx install-electron';

/**
 * A download that failed: of which version, when (ms since 1970), and why.
 * @typedef {{ version: string, at: number, why: string }} Failure
 */

/**
 * The Electron runtime, fetched if need be, or why there is none.
 * @param {string} root
 * @param {(line: string) => void} say
 * @param {{ env?: Readonly<Record<string, string | undefined>>, limit?: number, now?: number }} [options]
 * @returns {Promise<{ executable: string } | { why: string }>}
 */
export async function obtainRuntime(root, say, { env = process.env, limit = FETCH_LIMIT, now = Date.now() } = {}) {
  const there = executableOf(root, env);
  if (there !== null && existsSync(there)) return { executable: there };
  // A folder that somebody named is theirs: nothing is downloaded into it or instead of it.
  if (env['ELECTRON_OVERRIDE_DIST_PATH']) return { why: `ELECTRON_OVERRIDE_DIST_PATH is set, and there is no ${there}` };

  const stamp = join(root, 'node_modules', '.evertoken-no-runtime');
  const version = versionOf(root);
  const before = parseFailure(readStamp(stamp));
  if (before !== null && before.version === version && before.at <= now && now - before.at < PAUSE) {
    return { why: `its runtime could not be downloaded earlier today (${before.why}; ${RETRY})` };
  }

  say('Fetching the desktop runtime (once; about 100 MB) …');
  const failure = await fetchRuntime(root, limit);
  const fetched = executableOf(root, env);
  if (failure === null && fetched !== null && existsSync(fetched)) {
    rmSync(stamp, { force: true });
    return { executable: fetched };
  }
  const why = failure ?? 'it was not there afterwards';
  writeFileSync(stamp, JSON.stringify({ version, at: now, why }));
  return { why: `its runtime could not be downloaded (${why}; ${RETRY})` };
}

/**
 * The path that the electron package itself would give, without the download that importing it begins.
 * @param {string} root
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string | null} null while nothing was ever downloaded
 */
function executableOf(root, env) {
  const folder = join(root, 'node_modules', 'electron');
  const name = readStamp(join(folder, 'path.txt'));
  const elsewhere = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (elsewhere) return join(elsewhere, name ?? 'electron');
  return name === null ? null : join(folder, 'dist', name);
}

/**
 * @param {string} root
 * @param {number} limit ms
 * @returns {Promise<string | null>} why it failed, in short
 */
function fetchRuntime(root, limit) {
  return new Promise((resolve) => {
    const install = join(root, 'node_modules', 'electron', 'install.js');
    const child = spawn(process.execPath, [install], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], timeout: limit, killSignal: 'SIGKILL' });
    let output = '';
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(null);
      else if (signal === 'SIGKILL') resolve(`it was not there after ${Math.round(limit / 1000)} seconds`);
      else resolve(reasonIn(output) ?? `code ${code ?? signal}`);
    });
  });
}

/**
 * @param {string} output
 * @returns {string | null}
 */
function reasonIn(output) {
  // All that the downloader tells of a network that is not there.
  if (/^TypeError: fetch failed$/m.test(output)) return 'the download server could not be reached';
  return tellingLine(output);
}

/** @param {string} root */
function versionOf(root) {
  /** @type {unknown} */
  const manifest = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}

/**
 * @param {string | null} text
 * @returns {Failure | null}
 */
function parseFailure(text) {
  try {
    /** @type {unknown} */
    const failure = JSON.parse(text ?? 'null');
    return isFailure(failure) ? failure : null;
  } catch {
    return null;
  }
}

/**
 * @param {unknown} value
 * @returns {value is Failure}
 */
function isFailure(value) {
  if (typeof value !== 'object' || value === null || !('version' in value && 'at' in value && 'why' in value)) return false;
  return typeof value.version === 'string' && typeof value.at === 'number' && typeof value.why === 'string';
}
