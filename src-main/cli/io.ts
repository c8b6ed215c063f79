import type { askHttp } from './http.ts';

/** Everything that the command line has of the world around it, so that tests can give it another. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly cwd: string;
  readonly stdinIsTty: boolean;
  readonly stdoutIsTty: boolean;
  readonly stderrIsTty: boolean;
  out(text: string): void;
  err(text: string): void;
  /** All of standard input, at most `limit` bytes and one more. */
  readStdin(limit: number): Promise<Buffer>;
  /** Asks on the terminal; hidden answers are not echoed. Null where the person gave up (Ctrl-C, Ctrl-D). */
  ask(question: string, hidden: boolean): Promise<string | null>;
  /** Asks a server of this computer. */
  readonly askHttp: typeof askHttp;
}

/** Whether a person sits there to be asked. */
export function canAsk(io: CliIo): boolean {
  return io.stdinIsTty && io.stderrIsTty;
}
