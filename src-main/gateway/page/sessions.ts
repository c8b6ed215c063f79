import { randomBytes } from 'node:crypto';
import type { Channel } from '../../contract/window-channels.ts';
import type { Clock } from '../../core/ports.ts';
import { HOUR } from '../../core/time.ts';
import { sha256 } from '../key-check.ts';

const KEY_BYTES = 32;
/** How long a session may lie unused, ms of the monotonic clock, which no wrong wall clock moves. */
const IDLE_LIMIT = 12 * HOUR;
/** How long it lasts at most, ms. */
const WHOLE_LIMIT = 24 * HOUR;
/** The one that was unused for longest gives way. */
const MOST_SESSIONS = 16;

/** What stands behind the pages of one session. */
export interface SessionWindow {
  /** Checks a request and does what it asks; `refused` names the field that is wrong, never what it held. */
  answer(channel: Channel, request: unknown): Promise<{ readonly value: unknown } | { readonly refused: string }>;
  /** No page of the session has been open for a minute. */
  left(): void;
  /** The session is over and asks nothing more. */
  ended(): void;
}

/** An owner who came in by a link. */
export interface Session {
  readonly window: SessionWindow;
  /** Whether it still holds. Asking does not keep it alive. */
  isOpen(): boolean;
}

/** Who is let in. */
export interface Sessions {
  /** Begins a session and answers its key: a secret, 256 bits, URL-safe. */
  begin(): string;
  /** The session of a key, which is used by this; null where there is none. */
  find(key: string): Session | null;
}

/** Keeps digests, in memory only, so a restart ends every session. Whoever times a look-up learns about digests: those of guesses cannot be steered. */
export function createSessions(clock: Clock, openWindow: () => SessionWindow): Sessions {
  interface Entry extends Session {
    usedAt: number;
  }
  // The least lately used first.
  const entries = new Map<string, Entry>();

  const end = (digest: string): void => {
    const entry = entries.get(digest);
    entries.delete(digest);
    entry?.window.ended();
  };
  const endStale = (): void => {
    for (const [digest, entry] of entries) if (!entry.isOpen()) end(digest);
  };

  return {
    begin: () => {
      endStale();
      const [longestUnused] = entries.keys();
      if (entries.size >= MOST_SESSIONS && longestUnused !== undefined) end(longestUnused);
      const key = randomBytes(KEY_BYTES).toString('base64url');
      const digest = sha256(key).toString('hex');
      const startedAt = clock.monotonic();
      const entry: Entry = {
        window: openWindow(),
        usedAt: startedAt,
        isOpen: () => entries.get(digest) === entry && clock.monotonic() - entry.usedAt < IDLE_LIMIT && clock.monotonic() - startedAt < WHOLE_LIMIT,
      };
      entries.set(digest, entry);
      return key;
    },
    find: (key) => {
      endStale();
      const digest = sha256(key).toString('hex');
      const entry = entries.get(digest);
      if (entry === undefined) return null;
      entry.usedAt = clock.monotonic();
      entries.delete(digest);
      entries.set(digest, entry);
      return entry;
    },
  };
}
