import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/ports.ts';
import { MINUTE } from '../../core/time.ts';
import { sha256 } from '../key-check.ts';

const SECRET_BYTES = 32;
/** How long a link works, ms. */
const LINK_LIFE = 5 * MINUTE;
/** The oldest give way: whoever asks for that many has lost the ones before. */
const MOST_LINKS = 16;

/** The links by which an owner opens the page, each of them once. */
export interface Links {
  /** A new secret, 256 bits, URL-safe. */
  make(): string;
  /** Whether this is the secret of a link that still works; from then on it does not. */
  take(secret: string): boolean;
}

/** Keeps digests, in memory only. Whoever times a look-up learns about digests: those of guesses cannot be steered. */
export function createLinks(clock: Clock): Links {
  const open = new Map<string, number>();
  return {
    make: () => {
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      open.set(sha256(secret).toString('hex'), clock.monotonic() + LINK_LIFE);
      const [oldest] = open.keys();
      if (open.size > MOST_LINKS && oldest !== undefined) open.delete(oldest);
      return secret;
    },
    take: (secret) => {
      const digest = sha256(secret).toString('hex');
      const until = open.get(digest);
      open.delete(digest);
      return until !== undefined && clock.monotonic() < until;
    },
  };
}
