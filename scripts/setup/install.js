import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, readStamp } from './digest.js';
import { placeNpxCommand } from './npx-command.js';
import { run } from './run.js';

/**
 * A package as both lock files of npm tell it.
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[] }} LockedPackage
 */

/** @param {string} root */
const stampFile = (root) => join(root, 'node_modules', '.evertoken-installed');

/**
 * What the installed packages depend on: the lock file, the Node major, the platform.
 * @param {string} root
 */
function wanted(root) {
  return [digestOf(root, ['package-lock.json']), process.versions.node.split('.')[0], process.platform, process.arch].join(' ');
}

/**
 * True when node_modules is what package-lock.json asks for, as far as a stamp can tell.
 * @param {string} root
 */
export function isInstalled(root) {
  return readStamp(stampFile(root)) === wanted(root);
}

/**
 * True when `npm ci` would have to be run, which empties node_modules first.
 * @param {string} root
 */
export function needsInstall(root) {
  return !isInstalled(root) && !isInstalledByHand(root);
}

/**
 * Installs the npm packages where that is needed. Hold the lock.
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {Promise<string | null>} null when all is well, else a sentence for a person
 */
export async function installPackages(root, say) {
  if (needsInstall(root)) {
    say('Installing packages (once; about half a minute) …');
    const npm = npmCommand(process.env, process.platform);
    // NODE_ENV=production would leave out what builds the program, hence --include=dev.
    // Without a network npm's own patience would be more than a minute of silence.
    const patience = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000'];
    const args = ['ci', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', ...patience];
    const { code, output } = await run(npm.command, [...npm.args, ...args], { cwd: root, quiet: true });
    if (code !== 0) return explainInstall(output);
  }
  placeNpxCommand(root);
  writeFileSync(stampFile(root), wanted(root));
  return null;
}

/**
 * The npm that runs us, else the one on the path. Windows starts `.cmd` files only through its shell.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {NodeJS.Platform} platform
 * @returns {{ command: string, args: string[] }}
 */
export function npmCommand(env, platform) {
  const script = env['npm_execpath'];
  if (script !== undefined && /npm-cli\.c?js$/.test(script)) return { command: process.execPath, args: [script] };
  return platform === 'win32' ? { command: env['ComSpec'] ?? 'cmd.exe', args: ['/d', '/s', '/c', 'npm'] } : { command: 'npm', args: [] };
}

/**
 * True when somebody ran npm themselves and node_modules already holds what the lock file names.
 * @param {string} root
 */
function isInstalledByHand(root) {
  const lock = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  return lock !== null && present !== null && sameTree(lock, present, process.platform, process.arch);
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | null}
 */
function readPackages(file) {
  try {
    /** @type {unknown} */
    const lock = JSON.parse(readFileSync(file, 'utf8'));
    return isLock(lock) ? lock.packages : null;
  } catch {
    return null;
  }
}

/**
 * npm wrote it: what lies below `packages` is believed, and were it wrong, the packages would be installed anew.
 * @param {unknown} value
 * @returns {value is { packages: Record<string, LockedPackage> }}
 */
function isLock(value) {
  return typeof value === 'object' && value !== null && 'packages' in value && typeof value.packages === 'object' && value.packages !== null;
}

/**
 * Compares what is locked with what npm says it installed. Optional packages of other platforms may be absent;
 * one that is present for another platform means that the folder was copied from there.
 * @param {Record<string, LockedPackage>} lock
 * @param {Record<string, LockedPackage>} present
 * @param {string} platform
 * @param {string} arch
 */
export function sameTree(lock, present, platform, arch) {
  const fits = Object.values(present).every((entry) => (entry.os?.includes(platform) ?? true) && (entry.cpu?.includes(arch) ?? true));
  const known = Object.keys(present).every((path) => path in lock);
  const complete = Object.entries(lock).every(([path, entry]) => {
    const found = present[path];
    if (found === undefined) return path === '' || entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
  return fits && known && complete;
}

/** @type {readonly (readonly [RegExp, string])[]} */
const REASONS = [
  [/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/, 'The npm registry could not be reached. Check the internet connection and run this again.'],
  [/SELF_SIGNED|CERT_|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/, 'The connection to the npm registry is not trusted (a proxy in between?). Tell npm about your certificate, then run this again.'],
  [/ENOSPC/, 'The disk is full. Free some space and run this again.'],
  [/EACCES|EPERM|EROFS/, 'This folder cannot be written. Check who owns it, then run this again.'],
  [/EUSAGE|can only install packages when/, 'package.json and package-lock.json do not agree. Run npm install once.'],
  [/EINTEGRITY/, 'A downloaded package is damaged. Run npm cache verify, then run this again.'],
  [/ENOENT.*npm|spawn npm/, 'npm was not found. It comes with Node.js: https://nodejs.org'],
];

/**
 * Turns npm's output into a sentence that says what to do.
 * @param {string} output
 */
export function explainInstall(output) {
  const reason = REASONS.find(([pattern]) => pattern.test(output));
  const last = output.trim().split('\n').slice(-5).join('\n');
  return `The packages could not be installed. ${reason?.[1] ?? 'This is what npm said:'}\n${last}`;
}
