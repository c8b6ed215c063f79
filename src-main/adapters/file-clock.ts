import { readFileSync } from 'node:fs';
import type { Clock } from '../core/ports.ts';

const POLL_MS = 100;

/** How the trial clock differs from the computer's. */
export interface ClockSetting {
  /** Added to the wall clock, ms. */
  readonly offsetMs: number;
  /** How many ms of this clock pass in one real ms; greater than 0. */
  readonly rate: number;
}

/** A clock that a file steers; for trials and tests only. */
export interface FileClock extends Clock {
  /** The rate in force: ms of this clock for each real ms. */
  rate(): number;
  /** Calls `listener` after a re-read that changed offset or rate. Returns a function that ends this. */
  onJump(listener: (setting: ClockSetting) => void): () => void;
  /** Reads the file now instead of at the next poll. */
  reread(): void;
  /** Ends the polling; the clock itself goes on. */
  stop(): void;
}

/** What the file clock can be given besides its file. */
export interface FileClockOptions {
  /** Told in one sentence when the file cannot be understood; once for each broken content. */
  readonly onBroken?: (sentence: string) => void;
  /** Real ms between two looks at the file; 100 unless told. */
  readonly pollMs?: number;
}

type Reading = { readonly kind: 'setting'; readonly setting: ClockSetting } | { readonly kind: 'broken'; readonly raw: string };

const PLAIN: ClockSetting = { offsetMs: 0, rate: 1 };

/**
 * A clock whose offset and rate stand in a JSON file (`{"offsetMs": 0, "rate": 1}`; `offset` is read as
 * `offsetMs`). A missing file means the real time; a broken one leaves the last good setting in force, because
 * a test that writes the file in two steps must not see time fall back between them.
 *
 * The file is polled with an unref'd timer: `fs.watch` misses a replaced file on some systems. `now()` and
 * `monotonic()` touch no file.
 *
 * wall = anchor + (real − real at the anchor) × rate + offset. At a change of rate the anchor moves to the
 * present, so the wall clock is continuous there and only an offset can make it jump; `monotonic()` knows
 * the rate and never the offset.
 */
export function createFileClock(file: string, options: FileClockOptions = {}): FileClock {
  const listeners = new Set<(setting: ClockSetting) => void>();
  let setting = PLAIN;
  let lastBroken: string | null = null;
  let realAnchor = Date.now();
  let wallAnchor = realAnchor;
  let steadyAnchor = performance.now();
  let monotonicAnchor = steadyAnchor;

  const unshifted = (): number => wallAnchor + (Date.now() - realAnchor) * setting.rate;
  const monotonic = (): number => monotonicAnchor + (performance.now() - steadyAnchor) * setting.rate;

  const apply = (next: ClockSetting): boolean => {
    if (next.offsetMs === setting.offsetMs && next.rate === setting.rate) return false;
    if (next.rate !== setting.rate) {
      wallAnchor = unshifted();
      realAnchor = Date.now();
      monotonicAnchor = monotonic();
      steadyAnchor = performance.now();
    }
    setting = next;
    return true;
  };

  const reread = (): void => {
    const reading = readSetting(file);
    if (reading.kind === 'broken') {
      if (reading.raw !== lastBroken) options.onBroken?.(`The clock file cannot be understood, so the last good setting stays in force: ${file}`);
      lastBroken = reading.raw;
      return;
    }
    lastBroken = null;
    if (apply(reading.setting)) for (const listener of listeners) listener(setting);
  };

  reread();
  const timer = setInterval(reread, options.pollMs ?? POLL_MS);
  timer.unref();

  return {
    now: () => Math.round(unshifted() + setting.offsetMs),
    monotonic,
    rate: () => setting.rate,
    onJump: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reread,
    stop: () => clearInterval(timer),
  };
}

function readSetting(file: string): Reading {
  let raw: string;
  try {
    raw = readFileSync(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? { kind: 'setting', setting: PLAIN } : { kind: 'broken', raw: String(error) };
  }
  const setting = parseSetting(raw);
  return setting === null ? { kind: 'broken', raw } : { kind: 'setting', setting };
}

function parseSetting(raw: string): ClockSetting | null {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields = new Map<string, unknown>(Object.entries(value));
  const offsetMs = fields.get('offsetMs') ?? fields.get('offset') ?? 0;
  const rate = fields.get('rate') ?? 1;
  if (typeof offsetMs !== 'number' || !Number.isFinite(offsetMs)) return null;
  if (typeof rate !== 'number' || !Number.isFinite(rate) || rate <= 0) return null;
  return { offsetMs, rate };
}
