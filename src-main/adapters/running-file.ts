import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from './durable-file.ts';

/** What a running Evertoken leaves in its data folder, so that the command line finds its port. Holds no secret. */
export interface RunningRecord {
  readonly port: number;
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
    const value: unknown = JSON.parse(await readFile(runningFile(folder), 'utf8'));
    return isRunningRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** Removes the record, if it is still that of `pid`: a process that stops late must not remove its successor's. */
export async function removeRunningFile(folder: string, pid: number): Promise<void> {
  const record = await readRunningFile(folder);
  if (record?.pid === pid) await rm(runningFile(folder), { force: true });
}

function isRunningRecord(value: unknown): value is RunningRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { port, pid, startedAt } = value as Partial<Record<keyof RunningRecord, unknown>>;
  return [port, pid, startedAt].every((part) => Number.isSafeInteger(part)) && Number(port) > 0 && Number(port) < 65_536;
}
