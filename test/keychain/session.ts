import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { unlockRunningDaemon } from './control-socket.ts';

const run = promisify(execFile);
const READY_MS = 10_000;
const SECRETS = 'org.freedesktop.secrets';
const LOGIN_COLLECTION = '/org/freedesktop/secrets/collection/login';

/** Environment for child processes; holds nothing of the caller's own session. */
export type SessionEnv = Readonly<Record<string, string>>;

/** How to start a keyring. */
export interface KeyringOptions {
  /** The password of the login keyring; a start on new folders makes the keyring with it. `test` unless given. */
  readonly password?: string;
  /** Folder of an earlier session, to start again on the same keyring files. A new temporary one unless given. */
  readonly folder?: string;
  /**
   * `unlocked` (unless told): open with the password. `locked`: as it is on disk; on new folders this is a daemon
   * **without a default collection**. Nobody sees an unlock prompt, so it is dismissed at once.
   */
  readonly state?: 'unlocked' | 'locked';
  /** Seconds for which an unlock prompt stays open before it is dismissed; 0 (at once) unless told. */
  readonly promptSeconds?: number;
}

/** A private D-Bus session with a gnome-keyring of its own. Give `env` to any number of child processes. */
export interface KeyringSession {
  readonly env: SessionEnv;
  /** Pass it to a later `startKeyring` for the same keyring files. */
  readonly folder: string;
  /** Unlocks while processes run; true when the password was right. */
  unlock(password?: string): Promise<boolean>;
  /** Locks while processes run. */
  lock(): Promise<void>;
  /** How many prompts were opened since the start. */
  prompts(): number;
  /** Runs `secret-tool`, the independent reader; `input` goes to its stdin. */
  secretTool(args: readonly string[], input?: string): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;
  /** The password stored for service `Evertoken` and this account, as secret-tool sees it; null where there is none. */
  storedSecret(account: string): Promise<string | null>;
  /** Ends daemon and bus, and removes the folder unless `keepFolder`. */
  stop(options?: { readonly keepFolder?: boolean }): Promise<void>;
}

/** Names of programs that these tests need and this computer lacks; empty where all is well. */
export function missingKeyringTools(): string[] {
  const paths = (process.env['PATH'] ?? '').split(delimiter);
  return ['dbus-daemon', 'gdbus', 'gnome-keyring-daemon', 'secret-tool'].filter((tool) => !paths.some((path) => isExecutable(join(path, tool))));
}

/** Environment of a process with private folders and no session bus at all. */
export function envWithoutBus(folder: string): SessionEnv {
  for (const part of ['home', 'data', 'run']) mkdirSync(join(folder, part), { recursive: true, mode: 0o700 });
  return {
    PATH: process.env['PATH'] ?? '',
    LANG: 'C.UTF-8',
    HOME: join(folder, 'home'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_RUNTIME_DIR: join(folder, 'run'),
  };
}

/** Starts a private bus and keyring. Always `stop()` it. */
export async function startKeyring({ password = 'test', folder = newFolder(), state = 'unlocked', promptSeconds = 0 }: KeyringOptions = {}): Promise<KeyringSession> {
  const base = envWithoutBus(folder);
  const runtime = join(folder, 'run');
  // A socket left by an earlier session on this folder would keep the bus from starting.
  rmSync(join(runtime, 'bus'), { force: true });
  rmSync(join(runtime, 'keyring'), { recursive: true, force: true });
  const prompts = installPrompter(runtime, promptSeconds);
  const address = `unix:path=${join(runtime, 'bus')}`;
  const env = { ...base, DBUS_SESSION_BUS_ADDRESS: address };
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--nopidfile', `--address=${address}`], { env: base, stdio: 'ignore' });
  const started: ChildProcess[] = [bus];
  // A test process that is cut short must not leave a bus and a daemon behind.
  const endAtExit = (): void => started.forEach((child) => child.kill('SIGKILL'));
  process.once('exit', endAtExit);
  const end = async (): Promise<void> => {
    for (const child of started.toReversed()) await endProcess(child);
    process.off('exit', endAtExit);
  };

  try {
    await until('the bus', () => gdbus(env, ['--dest', 'org.freedesktop.DBus', '--object-path', '/', '--method', 'org.freedesktop.DBus.GetId']));
    const mode = state === 'unlocked' ? '--unlock' : '--start';
    const daemon = spawn('gnome-keyring-daemon', ['--foreground', mode, '--components=secrets'], { env, stdio: ['pipe', 'ignore', 'ignore'] });
    started.push(daemon);
    daemon.stdin?.on('error', () => undefined);
    // The newline counts: the daemon takes all of stdin for the password, and without it an empty one is no password.
    daemon.stdin?.end(state === 'unlocked' ? `${password}\n` : '');
    await until('the keyring', async () => {
      const answer = await gdbus(env, ['--dest', 'org.freedesktop.DBus', '--object-path', '/', '--method', 'org.freedesktop.DBus.NameHasOwner', SECRETS]);
      if (!answer.includes('true')) throw new Error('no owner yet');
      return answer;
    });
  } catch (error) {
    await end();
    throw error;
  }

  const secretTool: KeyringSession['secretTool'] = (args, input = '') =>
    new Promise((resolve, reject) => {
      const child = execFile('secret-tool', [...args], { env, timeout: READY_MS }, (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== 'number') reject(new Error('secret-tool could not be run', { cause: error }));
        else resolve({ code: Number(error?.code ?? 0), stdout, stderr });
      });
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(input);
    });

  return {
    env,
    folder,
    unlock: (given = password) => unlockRunningDaemon(runtime, `${given}\n`),
    lock: async () => {
      await gdbus(env, ['--dest', SECRETS, '--object-path', '/org/freedesktop/secrets', '--method', 'org.freedesktop.Secret.Service.Lock', `['${LOGIN_COLLECTION}']`]);
    },
    prompts,
    secretTool,
    storedSecret: async (account) => {
      const { code, stdout } = await secretTool(['lookup', 'service', 'Evertoken', 'account', account]);
      return code === 0 ? stdout : null;
    },
    stop: async ({ keepFolder = false } = {}) => {
      await end();
      if (!keepFolder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A prompter that never shows up: the daemon waits for it, as it waits for an owner who does not answer. It writes a
 * line for each time that it is called; the answer counts them. It must end with an error: the bus takes an exit with 0
 * for a program that went to the background, and waits on.
 */
function installPrompter(runtime: string, seconds: number): () => number {
  const services = join(runtime, 'dbus-1', 'services');
  const called = join(runtime, 'prompter-called');
  rmSync(called, { force: true });
  mkdirSync(services, { recursive: true, mode: 0o700 });
  writeFileSync(join(services, 'org.gnome.keyring.SystemPrompter.service'), `[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=/bin/sh -c "echo called >> ${called}; sleep ${seconds}; exit 1"\n`);
  return () => (existsSync(called) ? readFileSync(called, 'utf8').trim().split('\n').length : 0);
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'evertoken-keyring-'));
}

async function gdbus(env: SessionEnv, args: readonly string[]): Promise<string> {
  const { stdout } = await run('gdbus', ['call', '--session', '--timeout', '5', ...args], { env: { ...env } });
  return stdout;
}

async function until(what: string, attempt: () => Promise<string>): Promise<void> {
  const giveUpAt = performance.now() + READY_MS;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (performance.now() > giveUpAt) throw new Error(`${what} did not start`, { cause: error });
      await wait(30);
    }
  }
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 2_000);
  await ended;
  clearTimeout(killer);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
