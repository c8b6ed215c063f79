import type { Facts } from '../health/facts.ts';
import { lastOfLife } from '../health/bands.ts';
import { diagnose } from '../health/health.ts';
import { FAILING_TOO_LONG, HICCUPS, metaTalks } from '../renewal/prospects.ts';
import type { Connection } from '../state.ts';
import { expiryOf, lifespan } from '../token/life.ts';
import { lostScopes } from '../token/scopes.ts';
import type { Snapshot } from '../token/snapshot.ts';
import type { AlertCode, Rung } from './alert.ts';
import { nextLead, rungAt } from './ladder.ts';

/** A fact that wants the owner's attention now. The ledger decides whether it is told again. */
export interface StandingAlert {
  readonly code: AlertCode;
  /** What it is about: a token, a deadline. A new subject is a new alert. */
  readonly subject: string;
  readonly severity: 'warning' | 'urgent';
  readonly rung: Rung | null;
  /** A concern's own words; every other alert has its words in `alertWords`. */
  readonly text?: string;
}

/** Every alert that the facts about a connection call for, in no particular order. */
export function standingAlerts(facts: Facts): readonly StandingAlert[] {
  return [...vaultAlerts(facts), ...credentialAlerts(facts), ...renewalAlerts(facts), ...expiryLadder(facts), ...dataAccessLadder(facts)];
}

/** When the next rung of a ladder is reached by the clock that rungs go by, ms since 1970, or null. */
export function nextRungAt(facts: Facts): number | null {
  const ends: number[] = [];
  const { token, ladderNow: now } = facts;
  if (token === null) return null;
  const expiry = expiryOf(token);
  if (expiry.kind === 'at' && facts.prospects.who === 'person') pushNext(ends, expiry.at, now, lifespan(token));
  const access = token.snapshot?.dataAccess;
  if (access?.kind === 'at') pushNext(ends, access.at, now, null);
  return ends.length === 0 ? null : Math.min(...ends);
}

function pushNext(ends: number[], deadline: number, now: number, life: number | null): void {
  const lead = nextLead(deadline - now, life);
  if (lead !== null) ends.push(deadline - lead);
  else if (deadline > now) ends.push(deadline);
}

function vaultAlerts({ connection, vaultTrouble, token, appSecretLost }: Facts): StandingAlert[] {
  const about = (code: AlertCode, severity: 'warning' | 'urgent'): StandingAlert => ({ code, subject: connection.currentTokenId ?? 'none', severity, rung: null });
  if (vaultTrouble?.kind === 'locked') return [about('keychain-locked', 'warning')];
  if (vaultTrouble?.kind === 'unavailable') return [about('keychain-unavailable', 'warning')];
  if (vaultTrouble?.kind === 'lost') return [about('secret-lost', 'urgent')];
  // A token renewed in the last day while the keychain was locked lives in memory until the keychain opens.
  const heldElsewhere = connection.tokens.some((other) => other.marker.vault !== 'memory') || (connection.appSecret !== null && connection.appSecret.vault !== 'memory');
  const found = token?.marker.vault === 'memory' && heldElsewhere ? [about('kept-in-memory', 'urgent')] : [];
  // Without it a token that ends cannot be renewed; one that never ends needs none.
  return appSecretLost && token?.snapshot?.expiry.kind === 'at' ? [...found, about('app-secret-lost', 'urgent')] : found;
}

function credentialAlerts(facts: Facts): StandingAlert[] {
  const { connection, token } = facts;
  const found: StandingAlert[] = [];
  const { health } = diagnose(facts);
  const subject = token?.id ?? 'none';
  if (health === 'revoked') found.push({ code: 'revoked', subject, severity: 'urgent', rung: null });
  if (health === 'access-lost') found.push({ code: 'access-lost', subject, severity: 'urgent', rung: null });
  const isSettled = health === 'expired' || health === 'revoked' || health === 'access-lost';
  if (connection.refusedCall?.tokenId === token?.id && connection.refusedCall !== null && !isSettled) found.push({ code: 'call-refused', subject, severity: 'urgent', rung: null });
  if (connection.appCredentialsFault !== null) found.push({ code: 'app-credentials-refused', subject: connection.appSecret?.id ?? 'none', severity: 'urgent', rung: null });
  return found;
}

function renewalAlerts({ connection, token, prospects }: Facts): StandingAlert[] {
  if (token === null || token.snapshot?.valid !== true) return [];
  const told = (code: AlertCode): StandingAlert => ({ code, subject: token.id, severity: 'warning', rung: null });
  const found: StandingAlert[] = [];
  if (prospects.who === 'person' && prospects.why === 'cannot-extend') found.push(told('cannot-extend'));
  const failing = prospects.who === 'person' && prospects.why === 'renewal-failing';
  if (failing || connection.renewal.failingFor >= FAILING_TOO_LONG) found.push(told('renewal-failing'));
  if (connection.renewal.worse.length > 0) found.push(told('renewal-worse'));
  if (token.role !== 'current') found.push({ ...told('fallback-in-use'), severity: 'urgent' });
  if (token.source === 'renewal' && losesScopes(connection.tokens.findLast((other) => other.role === 'previous')?.snapshot ?? null, token.snapshot)) found.push(told('scopes-lost'));
  return found;
}

function losesScopes(before: Snapshot | null, after: Snapshot | null): boolean {
  return before !== null && after !== null && lostScopes(before, after).length > 0;
}

function expiryLadder(facts: Facts): StandingAlert[] {
  const { token, ladderNow, prospects, connection, vaultTrouble } = facts;
  if (token === null) return [];
  const expiry = expiryOf(token);
  const subject = `${token.id}@${expiry.kind === 'at' ? expiry.at : expiry.kind}`;
  if (diagnose(facts).health === 'expired') return [{ code: 'expiry', subject, severity: 'urgent', rung: 'ended' }];
  if (expiry.kind !== 'at' || token.snapshot?.valid !== true || vaultTrouble?.kind === 'lost') return [];
  const remaining = expiry.at - ladderNow;
  const lastDay = lastOfLife(remaining, lifespan(token));
  // Without the keychain nothing is renewed and little is known for sure, but a day before the end it must be opened.
  if (vaultTrouble === null ? prospects.who !== 'person' && !(lastDay && failingNow(connection)) : !lastDay) return [];
  const rung = rungAt(remaining, lifespan(token));
  return rung === null ? [] : [{ code: 'expiry', subject, severity: severityOf(rung), rung }];
}

/**
 * In the last day of life failed tries count, whoever is to blame. While Meta is silent it takes several: right after a
 * sleep the network is often not back yet, and that alone is no alarm.
 */
function failingNow(connection: Connection): boolean {
  const { renewal } = connection;
  return renewal.failures >= (renewal.lastAttempt?.result === 'unreachable' && !metaTalks(connection) ? HICCUPS : 1);
}

function dataAccessLadder({ token, connection, ladderNow: now }: Facts): StandingAlert[] {
  const snapshot = token?.snapshot;
  if (snapshot?.valid !== true || snapshot.dataAccess.kind !== 'at') return [];
  const end = snapshot.dataAccess.at;
  // The end itself is told only after Meta spoke again: a jumped clock proves nothing.
  const rung: Rung | null = now >= end && snapshot.saidAt - Math.max(0, connection.lastCheck?.clockAheadBy ?? 0) >= end ? 'ended' : rungAt(end - now, null);
  return rung === null ? [] : [{ code: 'data-access', subject: String(end), severity: severityOf(rung), rung }];
}

function severityOf(rung: Rung): 'warning' | 'urgent' {
  return rung === '14d' || rung === '7d' ? 'warning' : 'urgent';
}
