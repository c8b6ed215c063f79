import { fork } from 'node:child_process';
import { join } from 'node:path';

/** A running `loopback-meta`. */
export interface LoopbackMeta {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Sets how far its clock is ahead of the computer's (ms); answers what was called since the last time. */
  readonly set: (aheadMs: number) => Promise<Readonly<Record<string, number>>>;
  /** What was called since the last time, without moving the clock. */
  readonly calls: () => Promise<Readonly<Record<string, number>>>;
  readonly stop: () => Promise<void>;
}

/** Starts it as a process of its own. `delayMs` is how long it takes over each answer. */
export async function startLoopbackMeta(delayMs: number): Promise<LoopbackMeta> {
  const child = fork(join(import.meta.dirname, 'loopback-meta.js'), [String(delayMs)], { execArgv: [] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { readonly port: number }).port));
    child.once('exit', (code) => reject(new Error(`The simulated Meta ended with ${code}.`)));
  });
  const url = `http://127.0.0.1:${port}`;
  const asked = async (query: string): Promise<Readonly<Record<string, number>>> => (await (await fetch(`${url}/bench${query}`)).json()) as Record<string, number>;
  return {
    url,
    set: (aheadMs) => asked(`?ahead=${Math.round(aheadMs)}`),
    calls: () => asked(''),
    stop: async () => {
      child.disconnect();
      await ended;
    },
  };
}
