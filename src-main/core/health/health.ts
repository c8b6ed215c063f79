import { DAY, HOUR } from '../time.ts';
import { expiryOf, lifespan } from '../token/life.ts';
import { missingScopes } from '../token/scopes.ts';
import { FAILING_TOO_LONG } from '../renewal/prospects.ts';
import { type Band, bandOf, lastOfLife, worseBand } from './bands.ts';
import type { Facts } from './facts.ts';

/** How a connection is, in one word. */
export type Health = 'healthy' | 'soon' | 'urgent' | 'expired' | 'revoked' | 'access-lost' | 'unreachable' | 'unknown';

/** Why a connection is as it is; every code has its words in `reasonWords`. */
export type ReasonCode =
  | 'healthy'
  | 'never-expires'
  | 'no-token'
  | 'not-checked'
  | 'keychain-locked'
  | 'keychain-unavailable'
  | 'secret-lost'
  | 'expired'
  | 'revoked'
  | 'access-lost'
  | 'expiry-near'
  | 'expiry-passed-unconfirmed'
  | 'data-access-ending'
  | 'data-access-ended'
  | 'renewal-failing'
  | 'cannot-extend'
  | 'no-app-credentials'
  | 'other-app'
  | 'app-credentials-refused'
  | 'expiry-unknown'
  | 'unreachable'
  | 'clock-wrong'
  | 'scopes-missing'
  | 'number-not-checked'
  | 'memory-only'
  | 'fallback-in-use'
  | 'app-secret-lost'
  | 'check-refused';

/** A health with its reasons, the one that decides first. Never without a reason. */
export interface Diagnosis {
  readonly health: Health;
  readonly reasons: readonly [ReasonCode, ...ReasonCode[]];
}

/** Silence this long (ms), with at least two unanswered checks, is shown as unreachable. */
export const LONG_SILENCE = DAY;

/**
 * Judges a connection. Only a definite answer of Meta about the credential makes it expired, revoked or
 * access-lost; silence, a locked keychain or a jumped clock never do.
 */
export function diagnose(facts: Facts): Diagnosis {
  const asides = asideReasons(facts);
  const verdict = definiteVerdict(facts) ?? datedVerdict(facts);
  const reasons = [...new Set([...verdict.reasons, ...asides])];
  const [first, ...rest] = reasons;
  return { health: verdict.health, reasons: [first ?? 'not-checked', ...rest] };
}

interface Verdict {
  readonly health: Health;
  readonly reasons: readonly ReasonCode[];
}

function definiteVerdict({ token, vaultTrouble, connection }: Facts): Verdict | null {
  const snapshot = token?.snapshot ?? null;
  // The keychain comes after what Meta said: locking it brings no dead token back to life.
  const vault: readonly ReasonCode[] = vaultTrouble === null ? [] : [VAULT_REASON[vaultTrouble.kind]];
  if (snapshot?.valid === false) {
    return snapshot.fault?.cause === 'expired' ? { health: 'expired', reasons: ['expired', ...vault] } : { health: 'revoked', reasons: ['revoked', ...vault] };
  }
  if (snapshot !== null && connection.access.kind === 'lost') return { health: 'access-lost', reasons: ['access-lost', ...vault] };
  if (vaultTrouble !== null) return { health: 'unknown', reasons: vault };
  if (token === null) return { health: 'unknown', reasons: ['no-token'] };
  return snapshot === null ? { health: 'unknown', reasons: ['not-checked'] } : null;
}

/** The reason that each trouble with the vault gives. */
export const VAULT_REASON = { locked: 'keychain-locked', lost: 'secret-lost', unavailable: 'keychain-unavailable' } as const;

function datedVerdict(facts: Facts): Verdict {
  const expiry = expiryBand(facts);
  const access = dataAccessBand(facts);
  if (unconfirmedExpiry(facts)) return { health: 'unreachable', reasons: ['expiry-passed-unconfirmed'] };
  const band = worseBand(expiry.band, access.band);
  const reasons = [...(expiry.band === band ? expiry.reasons : []), ...(access.band === band ? access.reasons : []), ...expiry.reasons, ...access.reasons];
  if (band !== 'far') return { health: band, reasons };
  if (longSilence(facts)) return { health: 'unreachable', reasons: ['unreachable', ...reasons] };
  return { health: 'healthy', reasons: [facts.prospects.who === 'nobody' && facts.plan.can === false && facts.plan.why === 'never-expiring' ? 'never-expires' : 'healthy', ...reasons] };
}

interface Banded {
  readonly band: Band;
  readonly reasons: readonly ReasonCode[];
}

const PROSPECT_REASON = {
  'no-app-credentials': 'no-app-credentials',
  'other-app': 'other-app',
  'app-credentials-refused': 'app-credentials-refused',
  'cannot-extend': 'cannot-extend',
  'renewal-failing': 'renewal-failing',
  'not-renewable': 'expiry-near',
} as const satisfies Record<string, ReasonCode>;

function expiryBand({ token, now, prospects, connection }: Facts): Banded {
  if (token === null) return { band: 'far', reasons: [] };
  const expiry = expiryOf(token);
  if (expiry.kind === 'unknown') return { band: 'far', reasons: ['expiry-unknown'] };
  if (expiry.kind === 'never') return { band: 'far', reasons: [] };
  const remaining = expiry.at - now;
  const life = lifespan(token);
  const why: ReasonCode[] = prospects.who === 'person' ? [PROSPECT_REASON[prospects.why]] : [];
  const forPerson = prospects.who === 'person' ? bandOf(remaining, life) : 'far';
  const failing: Band = connection.renewal.failingFor >= FAILING_TOO_LONG ? 'soon' : 'far';
  const last: Band = lastOfLife(remaining, life) ? 'urgent' : 'far';
  const band = worseBand(worseBand(forPerson, failing), last);
  if (band === 'far') return { band, reasons: why };
  return { band, reasons: forPerson === 'far' && last === 'far' ? ['renewal-failing', ...why] : ['expiry-near', ...why] };
}

function dataAccessBand({ token, now }: Facts): Banded {
  const end = token?.snapshot?.dataAccess;
  if (end?.kind !== 'at') return { band: 'far', reasons: [] };
  const remaining = end.at - now;
  const band = bandOf(remaining, null);
  if (band === 'far') return { band, reasons: [] };
  return { band, reasons: [remaining <= 0 ? 'data-access-ended' : 'data-access-ending'] };
}

/** Past its end by the clock that counts, and Meta has not spoken since: that is a question, not an answer. */
function unconfirmedExpiry({ token, now }: Facts): boolean {
  const snapshot = token?.snapshot;
  return snapshot?.expiry.kind === 'at' && now >= snapshot.expiry.at && snapshot.saidAt < snapshot.expiry.at;
}

function longSilence({ connection, now }: Facts): boolean {
  const check = connection.lastCheck;
  if (check === null || check.silent < 2) return false;
  return now - (check.definiteAt ?? connection.createdAt) > LONG_SILENCE;
}

function asideReasons({ connection, token, appSecretLost }: Facts): readonly ReasonCode[] {
  const asides: ReasonCode[] = [];
  if (token !== null && token.role !== 'current') asides.push('fallback-in-use');
  if (connection.appCredentialsFault !== null) asides.push('app-credentials-refused');
  if (missingScopes(token?.snapshot ?? null).length > 0) asides.push('scopes-missing');
  if (connection.access.kind === 'unchecked' || (connection.access.kind === 'proved' && connection.access.checks.length === 0)) asides.push('number-not-checked');
  if (appSecretLost) asides.push('app-secret-lost');
  if ((connection.lastCheck?.silent ?? 0) > 0) asides.push('unreachable');
  else if ((connection.lastCheck?.fault ?? null) !== null) asides.push('check-refused');
  if (token?.marker.vault === 'memory') asides.push('memory-only');
  const ahead = connection.lastCheck?.clockAheadBy ?? 0; // unknown counts as right
  if (token?.snapshot?.valid === true && Math.abs(ahead) > HOUR) asides.push('clock-wrong');
  return asides;
}
