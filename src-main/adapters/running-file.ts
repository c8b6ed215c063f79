import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from './durable-file.ts';

/** What a running Evertoken leaves in its data folder, so that the command line finds it. Holds no secret. */
export interface RunningRecord {
  /** Port of 127.0.0.1; null where it listens on none. */
  readonly port: number | null;
  /** Path of its control socket; null where it has none. */
  readonly socket: string | null;
  readonly pid: number;
  /** ms since 1970. */
  readonly startedAt: number;
}

function runningFile(folder: string): string {
  return join(folder, 'running.json');
}

/** Writes `running.json` (0600) into the data folder, which must exist. Rejects with Node's own error. */
export async function writeRunningFile(folder: string, record: RunningRecord): Promise<void> {
  await writeDurably(runningFile(folder), `${JSON.stringify(record)}\n`);
}

/** The record of the last start; null where there is none or it cannot be read. It may be stale: a killed process leaves it behind. */
export async function readRunningFile(folder: string): Promise<RunningRecord | null> {
  try {
    return recordIn(JSON.parse(await readFile(runningFile(folder), 'utf8')));
  } catch {
    return null;
  }
}

/** Removes the record, if it is still that of `pid`: a process that stops late must not remove its successor's. */
export async function removeRunningFile(folder: string, pid: number): Promise<void> {
  const record = await readRunningFile(folder);
  if (record?.pid === pid) await rm(runningFile(folder), { force: true });
}

/** What was written before there were sockets has none. */
function recordIn(value: unknown): RunningRecord | null {
  if (typeof value !== 'object' || value === null) return null;
  const { port: listensOn, socket = null, pid, startedAt } = value as Partial<Record<keyof RunningRecord, unknown>>;
  if (!isWhole(pid) || !isWhole(startedAt)) return null;
  // 0 is what a server on a socket calls its port.
  const port = listensOn === 0 || listensOn === undefined ? null : listensOn;
  if (port !== null && !(isWhole(port) && port > 0 && port < 65_536)) return null;
  if (socket !== null && !(typeof socket === 'string' && socket !== '')) return null;
  return port === null && socket === null ? null : { port, socket, pid, startedAt };
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
