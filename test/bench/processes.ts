import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Much longer than any start, ms. */
const PATIENCE = 60_000;

/** A program that runs beside the benchmark. */
export interface Beside {
  readonly pid: number;
  /** Ends it with SIGTERM and waits until it is gone. */
  stop(): Promise<void>;
}

/** What else there is to say of a program. */
export interface BesideOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The processors it may run on, as taskset takes them; null for all. */
  readonly cpus?: string | null;
}

const running = new Set<ChildProcess>();
// Whatever ends the benchmark, nothing that it started stays behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a program and waits until `url` is answered with a 2xx. What it complains of goes to standard error. */
export async function startBeside(command: string, args: readonly string[], url: string, { env = {}, cpus = null }: BesideOptions = {}): Promise<Beside> {
  const [first, ...rest] = onProcessors(cpus, [command, ...args]);
  const child = spawn(first ?? command, rest, { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
  running.add(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.once('close', () => running.delete(child));
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  await Promise.race([answering(url, child), failed]);
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A command line that runs only on these processors: taskset steps aside and leaves the process id to the program. */
export function onProcessors(cpus: string | null, commandLine: readonly string[]): readonly string[] {
  return cpus === null ? commandLine : ['taskset', '-c', cpus, ...commandLine];
}

/** Waits until `url` is answered with a 2xx. Rejects when the process ends before. */
export async function answering(url: string, child: Pick<ChildProcess, 'exitCode'>): Promise<void> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    const answered = await fetch(url).then(
      async (response) => {
        await response.arrayBuffer();
        return response.ok;
      },
      () => false,
    );
    if (answered) return;
    if (child.exitCode !== null || performance.now() > until) throw new Error(`No answer from ${url}; the process ended with ${child.exitCode}.`);
    await wait(2);
  }
}

/** A port of 127.0.0.1 that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
