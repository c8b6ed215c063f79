import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../core/ports.ts';
import { isoTime } from '../core/time.ts';

const KEPT = 5;
const EXIT_SOFTWARE = 70;
const LONGEST = 20_000;
const NAME = /^crash-.*\.json$/;

/** What a crash record needs. */
export interface CrashRecordOptions {
  /** Made 0700 where it is missing. */
  readonly folder: string;
  readonly redact: (text: string) => string;
  readonly clock: Clock;
  /** The app's version, written into the record. */
  readonly version: string;
  /** How the process ends; `process.exit` unless given. */
  readonly exit?: (code: number) => void;
}

/**
 * On an error that nobody caught, writes `crash-<time>.json` (0600; message and stack redacted), keeps the newest
 * five, and exits 70 (EX_SOFTWARE of sysexits). Going on in an unknown state could promote the wrong token; a restart is
 * safe, because every step of a renewal can be taken up again. Synchronous: nothing else may run before the exit.
 * Returns a function that takes the listeners away.
 */
export function installCrashRecord(options: CrashRecordOptions): () => void {
  const exit = options.exit ?? ((code: number) => process.exit(code));
  const crash = (kind: string) => (error: unknown): void => {
    try {
      writeCrashRecord(options, kind, error);
    } catch {
      // A full disk must not keep a broken process alive.
    }
    exit(EXIT_SOFTWARE);
  };
  const onException = crash('uncaught exception');
  const onRejection = crash('unhandled rejection');
  process.on('uncaughtException', onException);
  process.on('unhandledRejection', onRejection);
  return () => {
    process.off('uncaughtException', onException);
    process.off('unhandledRejection', onRejection);
  };
}

function writeCrashRecord({ folder, redact, clock, version }: CrashRecordOptions, kind: string, error: unknown): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const at = isoTime(clock.now());
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const record = { at, version, kind, message: redact(message).slice(0, LONGEST), stack: redact(stack).slice(0, LONGEST) };
  const file = join(folder, `crash-${at.replaceAll(/[:.]/g, '-')}.json`);
  writeFileSync(file, `${redact(JSON.stringify(record, null, 2))}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  // The time is in the name, so the order of names is the order of time.
  const records = readdirSync(folder).filter((name) => NAME.test(name)).toSorted();
  for (const name of records.slice(0, -KEPT)) rmSync(join(folder, name), { force: true });
}
