import { DAY } from '../time.ts';
import type { Snapshot } from './snapshot.ts';

/** What sort of token a connection holds. */
export type TokenKind = 'short-lived' | 'long-lived' | 'system-user-60-day' | 'never-expiring' | 'unknown';

/**
 * Below this whole life (ms) a token counts as short-lived. Meta's temporary ones live 1 to 24 hours and its
 * long-lived ones 60 days; nothing is issued in between, so the exact line does not matter.
 */
export const SHORT_LIFE = 3 * DAY;

/**
 * The kind of a token, from what Meta said. `bornAt` (ms since 1970) is when it was issued, or first seen where
 * Meta does not say. A dead token that "never expires" is revoked, so its kind is not known any more.
 */
export function kindOf(snapshot: Snapshot | null, bornAt: number): TokenKind {
  if (snapshot === null) return 'unknown';
  switch (snapshot.expiry.kind) {
    case 'unknown':
      return 'unknown';
    case 'never':
      return snapshot.valid ? 'never-expiring' : 'unknown';
    case 'at':
      if (snapshot.type === 'SYSTEM_USER') return 'system-user-60-day';
      return snapshot.expiry.at - bornAt < SHORT_LIFE ? 'short-lived' : 'long-lived';
  }
}
