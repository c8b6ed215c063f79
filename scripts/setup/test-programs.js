import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.js';

/**
 * Programs of the system that some tests start.
 * @typedef {object} Need
 * @property {string} tests which tests
 * @property {readonly string[]} packages Debian's packages
 * @property {readonly string[]} commands the programs in them
 * @property {string} elsewhere why they cannot be had on another system
 */

/**
 * A real keychain: the daemon, a bus of its own, and an independent reader.
 * @type {Need}
 */
export const KEYRING = {
  tests: 'keychain tests',
  packages: ['gnome-keyring', 'dbus', 'libsecret-1-0', 'libsecret-tools'],
  commands: ['gnome-keyring-daemon', 'dbus-run-session', 'secret-tool'],
  elsewhere: 'The keychain tests start gnome-keyring, which is for Linux.',
};

/**
 * A real browser for the window, and letters for what it shows.
 * @type {Need}
 */
export const BROWSER = {
  tests: 'window tests',
  packages: ['chromium', 'fonts-dejavu-core', 'fonts-noto-core'],
  commands: ['chromium'],
  elsewhere: "The window tests start Debian's Chromium, which is for Linux.",
};

/**
 * A generator of load, and the proxy that the gateway is measured against. Only for `npm run bench`.
 * @type {Need}
 */
export const LOAD = {
  tests: 'measurements of the gateway',
  packages: ['wrk', 'nginx-light'],
  commands: ['wrk', 'nginx'],
  elsewhere: 'The gateway is measured on Linux only: with wrk, and by what Linux tells about a process.',
};

/**
 * What came of looking after them.
 * @typedef {{ here: true } | { here: false, why: string }} Provided
 */

/**
 * What matters of the machine.
 * @typedef {{ platform: NodeJS.Platform, osRelease: string, superuser: boolean }} Machine
 */

/**
 * Makes sure that what tests start is there: installs the Debian packages as root, elsewhere names what is missing.
 * @param {string} root
 * @param {Need} need
 * @param {(line: string) => void} say
 * @param {Machine} [machine]
 * @returns {Promise<Provided>}
 */
export async function provide(root, { tests, packages, commands, elsewhere }, say, machine = thisMachine()) {
  if (machine.platform !== 'linux') return { here: false, why: elsewhere };
  if (isDebian(machine.osRelease) && machine.superuser) {
    const complaint = await installDebianPackages(root, packages, say);
    if (complaint !== null) return { here: false, why: complaint };
  }
  const missing = missingCommands(commands, process.env['PATH'] ?? '');
  if (missing.length === 0) return { here: true };
  return { here: false, why: `The ${tests} need ${missing.join(', ')} (on Debian or Ubuntu: apt-get install ${packages.join(' ')}).` };
}

/**
 * @param {string} root
 * @param {readonly string[]} packages
 * @param {(line: string) => void} say
 * @returns {Promise<string | null>} null when all are there, else a sentence
 */
async function installDebianPackages(root, packages, say) {
  const { output } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...packages], { cwd: root, quiet: true });
  const missing = notInstalled(output, packages);
  if (missing.length === 0) return null;
  say(`Installing Debian packages: ${missing.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', ['update', '-q'], { cwd: root, quiet: true, env });
  // A stale list often still serves, so a failed update alone does not end it.
  const install = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], { cwd: root, quiet: true, env });
  if (install.code === 0) return null;
  const said = (update.code === 0 ? '' : update.output) + install.output;
  return `apt-get could not install ${missing.join(', ')}. It said:\n${said.trim().split('\n').slice(-8).join('\n')}`;
}

/**
 * Those of the packages that dpkg-query does not call installed.
 * @param {string} output lines of "name status"; complaints in between are passed over
 * @param {readonly string[]} packages
 */
export function notInstalled(output, packages) {
  const installed = new Set(output.split('\n').filter((line) => line.endsWith(' installed')).map((line) => line.split(' ')[0]));
  return packages.filter((name) => !installed.has(name));
}

/**
 * Whether /etc/os-release tells of Debian or one of its children, such as Ubuntu.
 * @param {string} osRelease
 */
export function isDebian(osRelease) {
  return /^(?:ID|ID_LIKE)=.*\b(?:debian|ubuntu)\b/m.test(osRelease);
}

/** @returns {Machine} */
function thisMachine() {
  return { platform: process.platform, osRelease: readOsRelease(), superuser: process.getuid?.() === 0 };
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

/**
 * Those of the commands that are not on the path.
 * @param {readonly string[]} commands
 * @param {string} path as in the environment
 */
export function missingCommands(commands, path) {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  return commands.filter((command) => !folders.some((folder) => isProgram(join(folder, command))));
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
