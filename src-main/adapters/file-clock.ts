import { readFileSync } from 'node:fs';
import type { Clock } from '../core/ports.ts';
import { type ClockSetting, type ClockWish, parseClockWish } from './clock-setting.ts';

export type { ClockSetting } from './clock-setting.ts';

const POLL_MS = 100;

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

type Reading = { readonly kind: 'wish'; readonly raw: string; readonly wish: ClockWish } | { readonly kind: 'broken'; readonly raw: string } | { readonly kind: 'missing' };

const PLAIN: ClockSetting = { offsetMs: 0, rate: 1 };

/**
 * A clock whose offset and rate stand in a file; `parseClockWish` says in which forms. Without a file it is the
 * real time; a broken one, or one that has vanished, leaves the last good setting in force, because an editor or a test
 * that writes the file in two steps must not see time fall back between them.
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
  let lastRead: string | null = null;
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

  const settingFor = (wish: ClockWish): ClockSetting => ('offsetMs' in wish ? wish : { offsetMs: wish.instant - Math.round(unshifted()), rate: wish.rate });

  const reread = (): void => {
    const reading = readWish(file);
    // The same text again asks for nothing: an instant in it was meant once, when it was written.
    if (reading.kind === 'missing' || reading.raw === lastRead) return;
    lastRead = reading.raw;
    if (reading.kind === 'broken') options.onBroken?.(`The clock file cannot be understood, so the last good setting stays in force: ${file}`);
    else if (apply(settingFor(reading.wish))) for (const listener of listeners) listener(setting);
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

function readWish(file: string): Reading {
  let raw: string;
  try {
    raw = readFileSync(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? { kind: 'missing' } : { kind: 'broken', raw: String(error) };
  }
  const wish = parseClockWish(raw);
  return wish === null ? { kind: 'broken', raw } : { kind: 'wish', raw, wish };
}
