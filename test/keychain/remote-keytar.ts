import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { RawKeychain } from '../../src-main/adapters/keychain/raw.ts';

const CHILD = fileURLToPath(new URL('keytar-child.js', import.meta.url));

/** A real keytar in a process of its own. */
export interface RemoteKeytar {
  readonly raw: RawKeychain;
  /** Native calls begun so far, as `getPassword account`. */
  readonly calls: readonly string[];
  /** Native calls that have not settled. */
  pending(): number;
  stop(): Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly ok: boolean;
  readonly value?: unknown;
  readonly message?: string;
}

/** Starts the child with the environment of a keyring session; calls reject when it dies. */
export function startRemoteKeytar(env: Readonly<Record<string, string>>): RemoteKeytar {
  const child = spawn(process.execPath, [CHILD], { env: { ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const calls: string[] = [];
  let lastId = 0;

  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as Answer;
    const caller = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.ok) caller?.resolve(answer.value);
    else caller?.reject(new Error(answer.message));
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      for (const caller of waiting.values()) caller.reject(new Error(`the keytar process ended (${signal ?? code})`));
      waiting.clear();
      resolve();
    });
  });
  child.stdin.on('error', () => undefined);

  const ask = (call: keyof RawKeychain, ...args: string[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      calls.push(`${call} ${args[1] ?? ''}`);
      waiting.set(lastId, { resolve, reject });
      child.stdin.write(`${JSON.stringify({ id: lastId, call, args })}\n`);
    });

  return {
    raw: {
      getPassword: async (service, account) => (await ask('getPassword', service, account)) as string | null,
      setPassword: async (service, account, password) => {
        await ask('setPassword', service, account, password);
      },
      deletePassword: async (service, account) => (await ask('deletePassword', service, account)) as boolean,
    },
    calls,
    pending: () => waiting.size,
    stop: async () => {
      child.stdin.end();
      child.kill('SIGKILL');
      await ended;
    },
  };
}
