// Runs in a process of its own that a test kills: `node entry.mjs WHAT FOLDER [MS TO WAIT FOR THE LOCK]`.
import { open } from 'node:fs';
import { installCrashRecord } from '../../../src-main/adapters/crash-record.ts';
import { systemClock } from '../../../src-main/adapters/clock.ts';
import { endProcess } from '../../../src-main/adapters/end-process.ts';
import { systemEntropy } from '../../../src-main/adapters/entropy.ts';
import { lockFolder } from '../../../src-main/adapters/folder-lock.ts';
import { openLog } from '../../../src-main/adapters/log.ts';
import { openStateStore } from '../../../src-main/adapters/settings.ts';
import { fullState } from '../full-state.ts';

const [what = '', folder = '', waitMs = '5500'] = process.argv.slice(2);
const clock = systemClock();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const redact = (text: string): string => text.replaceAll(/EAA\w+/g, '[redacted]');

/** Saves for ever; each number is printed once its save has resolved. */
async function saveStorm(): Promise<void> {
  const { store } = await openStateStore({ folder, clock, entropy: systemEntropy() });
  for (let n = 1; ; n += 1) {
    await Promise.all([store.save(fullState(n)), store.save(fullState(n))]);
    say(String(n));
  }
}

async function holdLock(): Promise<void> {
  const lock = await lockFolder(folder, { onLost: () => say('lost'), waitMs: Number(waitMs) });
  say(lock.ok ? 'locked' : lock.message);
  setInterval(() => undefined, 1_000);
}

async function logStorm(): Promise<void> {
  const log = await openLog({ folder, redact, clock });
  for (let n = 1; n <= 20; n += 1) log.write('info', 'storm', { n, token: 'EAATestChild' });
  setTimeout(() => say('written'), 100);
  setInterval(() => undefined, 1_000);
}

function crash(kind: 'throw' | 'reject'): void {
  installCrashRecord({ folder, redact, clock, version: '9.9.9' });
  const error = new Error('it broke with EAATestChild');
  if (kind === 'reject') void Promise.reject(error);
  else
    setImmediate(() => {
      throw error;
    });
  setInterval(() => undefined, 1_000);
}

/** A worker thread that waits for ever, as with an open prompt: the opening of a pipe that nobody writes. */
function endWhileHanging(callHangs: boolean): void {
  open(`${folder}/pipe`, 'r', () => undefined);
  process.on('SIGTERM', () => say('asked to end'));
  setTimeout(() => endProcess(3, callHangs), 100);
}

const jobs: Readonly<Record<string, () => Promise<void> | void>> = {
  'save-storm': saveStorm,
  'hold-lock': holdLock,
  'log-storm': logStorm,
  'end-hanging': () => endWhileHanging(true),
  'end-free': () => endProcess(3, false),
  'crash-throw': () => crash('throw'),
  'crash-reject': () => crash('reject'),
};
await jobs[what]?.();
