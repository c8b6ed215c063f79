import type { TokenRecord } from '../state.ts';
import { type End, type Snapshot, UNKNOWN_END } from './snapshot.ts';

/** When a token's life began, ms since 1970: as Meta says, else when we first saw it. */
export function bornAt(token: TokenRecord): number {
  // A token cannot be younger than our first sight of it; a clock that was wrong then must not shorten its life.
  return Math.min(token.snapshot?.issuedAt ?? token.firstSeenAt, token.firstSeenAt);
}

/** A token's whole life in ms, or null where it has no known end or, by a clock that was wrong at first sight, no known beginning. */
export function lifespan(token: TokenRecord): number | null {
  const expiry = expiryOf(token);
  const born = bornAt(token);
  return expiry.kind === 'at' && expiry.at > born ? expiry.at - born : null;
}

/**
 * Share of a token's life left until its deadline, 0 to 1: the earlier of its expiry and the end of data access. Null
 * where it has no deadline, or no known beginning before it. `now` is in ms since 1970.
 */
export function lifeLeft(token: TokenRecord, now: number): number | null {
  const deadline = earlier(expiryOf(token), token.snapshot?.dataAccess ?? UNKNOWN_END);
  const born = bornAt(token);
  return deadline.kind === 'at' && deadline.at > born ? Math.min(1, Math.max(0, (deadline.at - now) / (deadline.at - born))) : null;
}

/** When Meta stops accepting the token. */
export function expiryOf(token: TokenRecord): End {
  return token.snapshot?.expiry ?? UNKNOWN_END;
}

/** The earlier of two ends; an unknown one tells nothing and gives way to a known instant. */
export function earlier(a: End, b: End): End {
  if (a.kind === 'at' && b.kind === 'at') return a.at <= b.at ? a : b;
  if (a.kind === 'at') return a;
  if (b.kind === 'at') return b;
  return a.kind === 'unknown' || b.kind === 'unknown' ? UNKNOWN_END : a;
}

/** Compares two ends: negative when `a` comes first. Never is last; an unknown end sorts before every known one. */
export function compareEnds(a: End, b: End): number {
  return rank(a) - rank(b);
}

function rank(end: End): number {
  switch (end.kind) {
    case 'unknown':
      return 0;
    case 'at':
      return end.at;
    case 'never':
      return Number.MAX_SAFE_INTEGER;
  }
}

/**
 * What is known of a token after Meta spoke again. Meta leaves fields out when a token is dead (a garbled or
 * revoked one has neither app nor expiry): what it said while the token lived still names it for the owner.
 */
export function mergeSnapshot(known: Snapshot | null, said: Snapshot): Snapshot {
  if (known === null) return said;
  // An answer that cannot tell the end (see `inspectToken`) must not make the ladder forget it.
  if (said.valid) return said.expiry.kind === 'unknown' && known.valid ? { ...known, saidAt: said.saidAt, appId: said.appId ?? known.appId } : said;
  return {
    ...said,
    appId: said.appId ?? known.appId,
    userId: said.userId ?? known.userId,
    type: said.type ?? known.type,
    issuedAt: said.issuedAt ?? known.issuedAt,
    expiry: said.expiry.kind === 'at' ? said.expiry : known.expiry,
    dataAccess: said.dataAccess.kind === 'at' ? said.dataAccess : known.dataAccess,
    scopes: said.scopes.length > 0 ? said.scopes : known.scopes,
    granularScopes: said.granularScopes.length > 0 ? said.granularScopes : known.granularScopes,
  };
}

/**
 * The token to use: alive before unknown before dead, then the current one, then the one that lives longer.
 * Null for no tokens at all. Staged tokens and candidates, which are not proved yet, are not offered.
 */
export function bestToken(tokens: readonly TokenRecord[]): TokenRecord | null {
  // The usual case, and the one that a status of a thousand connections consists of.
  if (tokens.length === 1) return tokens[0]?.role === 'current' || tokens[0]?.role === 'previous' ? tokens[0] : null;
  const usable = tokens.filter((token) => token.role === 'current' || token.role === 'previous');
  return usable.toSorted(byWorth)[0] ?? null;
}

function byWorth(a: TokenRecord, b: TokenRecord): number {
  const alive = standing(b) - standing(a);
  if (alive !== 0) return alive;
  // The current token was chosen, by proof or by the owner: another one must not win by its dates alone.
  if (a.role !== b.role) return a.role === 'current' ? -1 : 1;
  return compareEnds(expiryOf(b), expiryOf(a));
}

function standing(token: TokenRecord): number {
  if (token.snapshot === null) return 1;
  return token.snapshot.valid ? 2 : 0;
}
