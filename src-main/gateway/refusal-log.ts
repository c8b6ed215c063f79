import type { Clock, Log } from '../core/ports.ts';
import { MINUTE } from '../core/time.ts';
import type { Refusal } from './refusal.ts';

/** Writes refused requests to the log: the reason and the method, never the address, a header or a body. */
export interface RefusalLog {
  readonly refused: (refused: Refusal, method: string | null) => void;
  /** Writes how many went unwritten since the last line of each reason. */
  readonly close: () => void;
}

/**
 * At most one line a minute for each reason, with the number that went unwritten: a bot with a wrong key asks
 * every second, and a log that it fills holds nothing else by the time somebody reads it.
 */
export function createRefusalLog(log: Log, clock: Clock): RefusalLog {
  const written = new Map<string, { at: number; status: number; unwritten: number }>();
  return {
    refused: ({ code, status }, method) => {
      const now = clock.monotonic();
      const last = written.get(code);
      if (last !== undefined && now - last.at < MINUTE) {
        last.unwritten += 1;
        return;
      }
      written.set(code, { at: now, status, unwritten: 0 });
      log.write('warn', 'gateway.refused', { reason: code, status, method, unwritten: last?.unwritten ?? 0 });
    },
    close: () => {
      for (const [reason, { status, unwritten }] of written) if (unwritten > 0) log.write('warn', 'gateway.refused-besides', { reason, status, unwritten });
      written.clear();
    },
  };
}
