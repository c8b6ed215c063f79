import type { Page } from 'playwright-core';

/** What a start needs. */
export interface StartOptions {
  readonly mainFile: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** An app that runs, on whichever runtime. */
export interface RunningApp {
  readonly runtime: 'electron' | 'host';
  readonly pid: number;
  /** The exit code, null after a signal. */
  readonly exited: Promise<number | null>;
  stdout(): string;
  stderr(): string;
  /** Calls a function of the recorder. */
  call(method: string, args: readonly unknown[]): Promise<unknown>;
  /** The page of the newest window, as soon as there is one. */
  page(): Promise<Page>;
  /** SIGKILL. */
  kill(): Promise<void>;
}
