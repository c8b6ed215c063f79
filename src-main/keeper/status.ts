import type { AlertView, ConnectionView, StatusAnswer } from '../contract/status.ts';
import type { AlertRecord } from '../core/alerts/alert.ts';
import type { Facts } from '../core/health/facts.ts';
import type { VaultKind } from '../core/ports.ts';
import { diagnose } from '../core/health/health.ts';
import { isoTime } from '../core/time.ts';
import { kindOf } from '../core/token/kind.ts';
import { bornAt, lifeLeft } from '../core/token/life.ts';
import { missingScopes } from '../core/token/scopes.ts';
import type { End } from '../core/token/snapshot.ts';
import { trayStateOf } from '../core/tray/tray.ts';
import { alertWords, MEMORY_ONLY_WORDS } from '../core/words/alerts.ts';
import { cureOf } from '../core/words/cure.ts';
import { diagnosisWords } from '../core/words/reasons.ts';
import { nextTry } from './schedule.ts';

/** One connection as window, server and command line see it. No secret comes near it. */
export function connectionView(facts: Facts): ConnectionView {
  const { connection, token } = facts;
  const diagnosis = diagnose(facts);
  const words = diagnosisWords(facts, diagnosis);
  const snapshot = token?.snapshot ?? null;
  const { access } = connection;
  return {
    id: connection.id,
    label: connection.label,
    environment: connection.environment,
    health: diagnosis.health,
    look: trayStateOf({ health: diagnosis.health, reasonCodes: diagnosis.reasons }),
    reasonCodes: diagnosis.reasons,
    reasons: words.reasons,
    advice: words.advice,
    cure: cureOf(diagnosis.reasons),
    kind: token === null ? 'unknown' : kindOf(snapshot, bornAt(token)),
    appId: snapshot?.appId ?? connection.appId,
    phoneNumberId: connection.phoneNumberId,
    wabaId: connection.wabaId,
    number: access.kind === 'proved' ? (access.number?.display ?? null) : null,
    offeredNumbers: connection.offeredNumbers.map(({ id, display, wabaId }) => ({ id, display, wabaId })),
    scopes: snapshot?.scopes ?? [],
    missingScopes: missingScopes(snapshot),
    expiresAt: endTime(snapshot?.expiry),
    dataAccessExpiresAt: endTime(snapshot?.dataAccess),
    dataAccessNeverEnds: snapshot?.dataAccess.kind === 'never',
    issuedAt: token === null ? null : isoTime(bornAt(token)),
    lifeLeft: token === null ? null : lifeLeft(token, facts.now),
    fingerprint: token?.fingerprint ?? null,
    lastCheck: isoTime(connection.lastCheck?.at ?? null),
    lastRenewal: isoTime(connection.renewal.lastSuccessAt),
    nextRenewal: isoTime(nextRenewal(facts)),
    // In today's words: "ends in 13 days" must not stand there for a week.
    alerts: connection.alerts.map((alert) => ({ ...alertView(alert), text: alertWords(facts, alert) })),
  };
}

/** Due things are shown as due now, not in the past. */
function nextRenewal(facts: Facts): number | null {
  const next = nextTry(facts.connection, facts);
  return next === null ? null : Math.max(next, facts.now);
}

function endTime(end: End | undefined): string | null {
  return end?.kind === 'at' ? isoTime(end.at) : null;
}

function alertView(alert: AlertRecord): AlertView {
  return { ...alert, raisedAt: isoTime(alert.raisedAt), toldAt: isoTime(alert.toldAt), acknowledgedAt: isoTime(alert.acknowledgedAt) };
}

/** The vault as it stands in the status. */
export function vaultView(kind: VaultKind, locked: boolean, connections: readonly Facts[]): StatusAnswer['vault'] {
  switch (kind) {
    case 'keychain':
      return { kind, locked, note: locked ? lockedWords(connections) : null };
    case 'memory':
      return { kind, locked: false, note: MEMORY_ONLY_WORDS };
    case 'file':
      return { kind, locked: false, note: null };
  }
}

/** What a locked keychain means here and now. */
function lockedWords(connections: readonly Facts[]): string {
  if (connections.length === 0) return 'The keychain is locked. Unlock it before you connect a number.';
  const unread = connections.some(({ vaultTrouble }) => vaultTrouble?.kind === 'locked');
  if (unread) return 'The keychain is locked, so Evertoken cannot read every token. Unlock it, and Evertoken goes on by itself.';
  return 'The keychain is locked. Evertoken goes on with the tokens it holds in memory; unlock it before the next renewal.';
}

/** The whole status answer; `now` in ms since 1970. */
export function statusAnswer(now: number, all: Iterable<Facts>, appAlerts: readonly AlertRecord[], vault: StatusAnswer['vault']): StatusAnswer {
  return { at: isoTime(now), connections: Array.from(all, connectionView), alerts: appAlerts.map(alertView), vault };
}
