import type { Reading } from '../env/reading.ts';

/** 0: done, healthy. 1: it did not succeed, or a person is needed. 2: called wrongly, or Evertoken is not running. */
export type ExitCode = 0 | 1 | 2;

/** What a command has to say: as text for a person, and as JSON for `--json`. */
export interface Report {
  readonly exit: ExitCode;
  readonly lines: readonly string[];
  readonly json: unknown;
}

/** Why a command went no further. */
export interface Stop {
  readonly exit: 1 | 2;
  /** Stable, kebab-case. */
  readonly code: string;
  /** A sentence or two: what is, and what to do. */
  readonly message: string;
}

/** A step of a command: its value, or why to stop. */
export type Step<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly stop: Stop };

/** A step that went well. */
export function went<Value>(value: Value): Step<Value> {
  return { ok: true, value };
}

/** A step that ends the command: exit 2, called wrongly or not running. */
export function stopped(code: string, message: string): { readonly ok: false; readonly stop: Stop } {
  return { ok: false, stop: { exit: 2, code, message } };
}

/** A step that ends the command: exit 1, tried and not done. */
export function failed(code: string, message: string): { readonly ok: false; readonly stop: Stop } {
  return { ok: false, stop: { exit: 1, code, message } };
}

/** What was read from a file, as a step; a refused one is a wrong call. */
export function stepOf<Value>(reading: Reading<Value>): Step<Value> {
  return reading.ok ? reading : stopped(reading.code, reading.message);
}
