import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/ports.ts';

const TICKET_BYTES = 32;

/** Leave to fetch one file, for whoever holds it. */
export interface Ticket {
  /** Where Meta keeps the file. */
  readonly url: string;
  /** Id of the connection whose token opens it. */
  readonly connection: string;
  /** SHA-256 of the key that asked for it, in hex; null for the owner's own. A revoked key's tickets open nothing. */
  readonly consumerDigest: string | null;
}

/** Tickets for media, in memory only. Each opens its one file, as often as is asked, until its time is over. */
export interface MediaTickets {
  /** A new ticket: 256 random bits, so that guessing one is no way in. */
  issue(ticket: Ticket): string;
  /** Null for one that is over, or that never was. */
  find(id: string): Ticket | null;
}

/** Keeps at most `capacity` tickets, and `each` for one key, the oldest going first, each for `lifeMs`. */
export function createMediaTickets(clock: Clock, lifeMs: number, capacity: number, each: number): MediaTickets {
  const tickets = new Map<string, { readonly ticket: Ticket; readonly until: number }>();
  const ofOne = new Map<string | null, Set<string>>();
  const remove = (id: string, { consumerDigest }: Ticket): void => {
    tickets.delete(id);
    const ids = ofOne.get(consumerDigest);
    ids?.delete(id);
    if (ids?.size === 0) ofOne.delete(consumerDigest);
  };
  // In order of issue, so the ones that are over stand in front.
  const sweep = (now: number): void => {
    for (const [id, { ticket, until }] of tickets) {
      if (until > now && tickets.size < capacity) return;
      remove(id, ticket);
    }
  };
  return {
    issue(ticket) {
      const now = clock.monotonic();
      sweep(now);
      const { consumerDigest } = ticket;
      const [oldest] = ofOne.get(consumerDigest) ?? [];
      if (oldest !== undefined && (ofOne.get(consumerDigest)?.size ?? 0) >= each) remove(oldest, ticket);
      const id = randomBytes(TICKET_BYTES).toString('base64url');
      tickets.set(id, { ticket, until: now + lifeMs });
      const ids = ofOne.get(consumerDigest);
      if (ids === undefined) ofOne.set(consumerDigest, new Set([id]));
      else ids.add(id);
      return id;
    },
    find(id) {
      const entry = tickets.get(id);
      return entry !== undefined && entry.until > clock.monotonic() ? entry.ticket : null;
    },
  };
}
