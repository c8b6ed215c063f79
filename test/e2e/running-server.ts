import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ConnectionView, StatusAnswer } from '../../src-main/contract/status.ts';
import type { Outcome } from '../../src-main/contract/outcome.ts';
import type { PracticeMeta } from '../../src-main/practice/meta.ts';

const dist = (name: string): string => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));

/** How a command of `evertoken` ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A data folder with the built program, against a simulated Meta whose clock moves together with the program's. */
export interface TrialHouse {
  readonly dataFolder: string;
  /** What a process of this house is started with. */
  readonly env: Readonly<Record<string, string>>;
  /** Everything any process of this house has printed so far. */
  printed(): string;
  /** The argument lists of every process of this house, as the system shows them to others. */
  argumentLists(): readonly string[];
  /** Starts the built server and waits until it answers. `env` is added to that of the house. */
  start(extra?: readonly string[], env?: Readonly<Record<string, string>>): Promise<RunningServer>;
  /** Runs the built command line; `input` goes to its standard input. */
  cli(args: readonly string[], input?: string): Promise<Ran>;
  /** Moves Meta's clock and the program's on by `ms`. */
  advance(ms: number): void;
  /** How many ms of the program's clock pass in one real ms; Meta's clock goes on as before. */
  setRate(rate: number): void;
  /** ms since 1970 by the trial's clock. */
  now(): number;
  /** Puts any text into the program's clock file. */
  writeClock(text: string): void;
  file(name: string, text: string): string;
  cleanUp(): void;
}

/** A server process. */
export interface RunningServer {
  readonly pid: number;
  readonly exited: Promise<number | null>;
  status(): Promise<StatusAnswer>;
  /** The only connection. */
  only(): Promise<ConnectionView>;
  refresh(connection?: string): Promise<Outcome>;
  /** Waits until the only connection is as described; fails with what it was last. */
  until(what: string, holds: (view: ConnectionView) => boolean): Promise<ConnectionView>;
  /** Whether the process is gone. */
  ended(): boolean;
  /** Sends a signal and does not wait. */
  signal(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** Makes a house. `env` is that of a keyring session, or of none. */
export async function buildHouse(meta: PracticeMeta, env: Readonly<Record<string, string>>): Promise<TrialHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'evertoken-e2e-'));
  const dataFolder = join(folder, 'data');
  const clockFile = join(folder, 'clock.json');
  const port = await freePort();
  const servers = new Set<ChildProcess>();
  let output = '';
  let offsetMs = 0;
  let rate = 1;
  const writeClock = (text: string): void => {
    writeFileSync(`${clockFile}.new`, text);
    renameSync(`${clockFile}.new`, clockFile);
  };
  const setClock = (): void => writeClock(JSON.stringify({ offsetMs, rate }));
  setClock();
  const childEnv = { ...env, EVERTOKEN_DATA_DIR: dataFolder, EVERTOKEN_GRAPH_URL: meta.url, EVERTOKEN_PORT: String(port), EVERTOKEN_CLOCK_FILE: clockFile };

  const argumentLists: string[] = [];
  // Linux alone shows them as a file.
  const noteArguments = (pid: number | undefined): void => {
    const file = `/proc/${pid ?? 0}/cmdline`;
    if (existsSync(file)) argumentLists.push(readFileSync(file, 'latin1'));
  };

  const start = async (extra: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Promise<RunningServer> => {
    const child = spawn(process.execPath, [dist('server.js'), ...extra], { env: { ...childEnv, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
    servers.add(child);
    child.once('exit', () => servers.delete(child));
    noteArguments(child.pid);
    const collect = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const address = `http://127.0.0.1:${port}`;
    const authorized = async (path: string, init: RequestInit = {}): Promise<unknown> => {
      const key = readFileSync(join(dataFolder, 'api-key'), 'utf8').trim();
      const response = await fetch(`${address}${path}`, { ...init, headers: { authorization: `Bearer ${key}` } });
      return response.json();
    };
    const end = async (signal: NodeJS.Signals): Promise<void> => {
      child.kill(signal);
      await exited;
    };
    const server: RunningServer = {
      pid: child.pid ?? -1,
      exited,
      status: async () => (await authorized('/admin/token-status')) as StatusAnswer,
      only: async () => {
        const { connections } = await server.status();
        const [view] = connections;
        if (view === undefined || connections.length !== 1) throw new Error(`Expected one connection, found ${connections.length}.`);
        return view;
      },
      refresh: async (connection) => (await authorized(`/admin/refresh-token${connection === undefined ? '' : `?connection=${connection}`}`, { method: 'POST' })) as Outcome,
      until: async (what, holds) => {
        let last: ConnectionView | null = null;
        for (let turn = 0; turn < 200; turn += 1) {
          last = await server.only();
          if (holds(last)) return last;
          await wait(50);
        }
        throw new Error(`Not within 10 s: ${what}. It is ${JSON.stringify(last, null, 1)}`);
      },
      ended: () => child.exitCode !== null || child.signalCode !== null,
      signal: (signal) => void child.kill(signal),
      stop: () => end('SIGTERM'),
      kill: () => end('SIGKILL'),
    };
    const ended = exited.then((code) => {
      throw new Error(`The server ended with ${code}: ${output}`);
    });
    // It answers a moment before it has written down where it is.
    await Promise.race([answering(address).then(() => writtenDown(join(dataFolder, 'running.json'), child.pid ?? -1)), ended]);
    // The race is decided; a later exit is for the test to look at.
    ended.catch(() => undefined);
    return server;
  };

  const cli = (args: readonly string[], input = ''): Promise<Ran> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [dist('cli.js'), ...args], { env: childEnv, stdio: ['pipe', 'pipe', 'pipe'] });
      noteArguments(child.pid);
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
      child.once('error', reject);
      child.once('exit', (code) => {
        output += stdout + stderr;
        resolve({ code: code ?? -1, stdout, stderr });
      });
    });

  return {
    dataFolder,
    env: childEnv,
    printed: () => output,
    argumentLists: () => argumentLists,
    writeClock,
    start,
    cli,
    advance: (ms) => {
      offsetMs += ms;
      meta.clock.advance(ms);
      setClock();
    },
    setRate: (wanted) => {
      rate = wanted;
      setClock();
    },
    now: () => meta.clock.now(),
    file: (name, text) => {
      const path = join(folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    },
    cleanUp: () => {
      // A test that failed half-way leaves its server behind.
      for (const server of servers) server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answering(address: string): Promise<void> {
  for (;;) {
    const healthy = await fetch(`${address}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return;
    await wait(50);
  }
}

async function writtenDown(file: string, pid: number): Promise<void> {
  while (!existsSync(file) || !readFileSync(file, 'utf8').includes(`"pid":${pid}`)) await wait(20);
}

/** A port that nobody listens on. */
// Below the range from which systems give out ports: one of those, freed again, may be taken by any connection before
// our server starts. Each worker has a stretch of its own.
let nextPort = 20_000 + (Number(process.env['VITEST_POOL_ID'] ?? 0) % 10) * 1_000 + (process.pid % 800);

export async function freePort(): Promise<number> {
  for (;;) {
    nextPort += 1;
    if (await canListen(nextPort)) return nextPort;
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
