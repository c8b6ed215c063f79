import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** A main process on the stand-in for Electron, without a window and without anybody's keychain. */
export interface HostedMain {
  readonly pid: number;
  /** Calls a function of the recorder. */
  call(method: string, args?: readonly unknown[]): Promise<unknown>;
  end(): Promise<void>;
}

interface Answer {
  readonly call: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Starts a main file on the stand-in. */
export function startHosted(root: string, main: string, args: readonly string[], env: Readonly<Record<string, string>>): HostedMain {
  const child = spawn(process.execPath, ['--import', join(root, 'dist-host', 'register.js'), main, ...args], { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const waiting = new Map<number, (answer: Answer) => void>();
  child.on('message', (message) => {
    const answer = message as Answer;
    waiting.get(answer.call)?.(answer);
    waiting.delete(answer.call);
  });
  child.once('exit', () => waiting.forEach((settle, call) => settle({ call, error: 'the process ended' })));
  let last = 0;
  return {
    pid: child.pid ?? -1,
    call: (method, args = []) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, ({ value, error }) => (error === undefined ? resolve(value) : reject(new Error(error))));
        child.send({ call: last, method, args });
      }),
    end: () => ended(child),
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exit;
}
