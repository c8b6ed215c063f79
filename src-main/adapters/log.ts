import { join } from 'node:path';
import { createStream } from 'rotating-file-stream';
import type { RotatingFileStream } from 'rotating-file-stream';
import type { Clock, Log } from '../core/ports.ts';
import { isoTime, SECOND } from '../core/time.ts';
import { ensurePrivateFile, ensurePrivateFolder } from './private-folder.ts';

const NAME = 'evertoken';
const LONGEST_FACT = 2_000;
const LONGEST_BACKLOG = 1_000_000;
const RETRY_MS = 5 * SECOND;
const RESERVED: ReadonlySet<string> = new Set(['at', 'level', 'event']);

/** How the log is kept. */
export interface LogOptions {
  /** Made 0700 where it is missing. */
  readonly folder: string;
  /** Takes secrets out of text; each fact and each whole line pass through it. */
  readonly redact: (text: string) => string;
  readonly clock: Clock;
  /** Size of one file, bytes; 1,000,000 unless told. */
  readonly maxBytes?: number;
  /** How many files are kept, the present one included; 5 unless told. */
  readonly files?: number;
  /** Is given each line, redacted and without its line end, as well. */
  readonly mirror?: (line: string) => void;
}

/** The log with its end. */
export interface OpenLog extends Log {
  /** Resolves when what was written is on disk, or when the disk would not take it. */
  close(): Promise<void>;
}

/**
 * Opens the log: one JSON object a line in `evertoken.log` (0600), rotated by size into `evertoken.1.log` and so on.
 * Each line goes to the disk as soon as it is written, so a kill loses at most the last moments.
 *
 * A log must not bring down what it describes: a disk that fails costs lines, which are counted and owned up to in a
 * line of their own once the disk is back, and every write after a pause of 5 s tries it again.
 */
export async function openLog(options: LogOptions): Promise<OpenLog> {
  const { folder, clock, maxBytes = 1_000_000, files = 5 } = options;
  let stream: RotatingFileStream | null = null;
  let retryAt = Number.NEGATIVE_INFINITY;
  let lost = 0;
  let closed = false;

  const lineOf = (level: string, event: string, facts: Readonly<Record<string, unknown>>): string =>
    oneLine(options.redact(JSON.stringify({ at: isoTime(clock.now()), level, event: options.redact(event), ...flat(facts, options.redact) })));

  const failed = (): void => {
    stream = null;
    retryAt = clock.monotonic() + RETRY_MS;
  };

  const opened = (): RotatingFileStream => {
    const made = createStream((index) => (typeof index === 'number' && index > 0 ? `${NAME}.${index}.log` : `${NAME}.log`), {
      path: folder,
      size: `${maxBytes}B`,
      rotate: files - 1,
      mode: 0o600,
    });
    made.on('error', () => {
      if (stream === made) failed();
    });
    return made;
  };

  const put = (line: string): void => {
    if (closed || (stream === null && clock.monotonic() < retryAt)) {
      lost += 1;
      return;
    }
    stream ??= opened();
    // A disk that hangs without an error must not fill the memory with lines.
    if (stream.writableLength > LONGEST_BACKLOG) {
      lost += 1;
      return;
    }
    const confession = lost === 0 ? '' : `${lineOf('warn', 'log.lines-lost', { lines: lost })}\n`;
    const owned = lost;
    lost = 0;
    stream.write(`${confession}${line}\n`, (error) => {
      if (error !== null && error !== undefined) lost += owned + 1;
    });
  };

  try {
    await ensurePrivateFolder(folder);
    await ensurePrivateFile(join(folder, `${NAME}.log`));
  } catch {
    // The same disk will be tried again with the first line.
  }

  return {
    write: (level, event, facts = {}) => {
      const line = lineOf(level, event, facts);
      options.mirror?.(line);
      put(line);
    },
    close: () =>
      new Promise<void>((resolve) => {
        closed = true;
        if (stream === null) {
          resolve();
          return;
        }
        stream.once('error', () => resolve());
        stream.end(() => resolve());
      }),
  };
}

// One level only: a nested object in a log line is where a whole answer, token and all, slips in.
function flat(facts: Readonly<Record<string, unknown>>, redact: (text: string) => string): Record<string, string | number | boolean | null> {
  const line: Record<string, string | number | boolean | null> = {};
  for (const [name, value] of Object.entries(facts)) {
    const key = RESERVED.has(name) ? `fact_${name}` : name;
    if (typeof value === 'number' || typeof value === 'boolean' || value === null) line[key] = value;
    // Redacted before it is escaped, too: a value with a quote in it looks different inside JSON.
    else line[key] = redact(typeof value === 'string' ? value : '[not a plain value]').slice(0, LONGEST_FACT);
  }
  return line;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}
