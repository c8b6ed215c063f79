import type { AlertView, ConnectionView, StatusAnswer } from '../contract/status.ts';
import type { AlertCode } from '../core/alerts/alert.ts';
import type { Health } from '../core/health/health.ts';

/**
 * Whether a connection in this health needs a person. Silence from Meta does not: Evertoken asks again. `unknown`
 * does (a locked keychain, a lost secret), save where the first check has simply not been made yet.
 */
const NEEDS_PERSON: Record<Health, boolean> = {
  healthy: false,
  unreachable: false,
  soon: true,
  urgent: true,
  expired: true,
  revoked: true,
  'access-lost': true,
  unknown: true,
};

/**
 * Whether an alert, while nobody has acknowledged it, needs a person. The others say what Evertoken did or goes on
 * trying by itself.
 */
const ALERT_NEEDS_PERSON: Record<AlertCode, boolean> = {
  expiry: true,
  'data-access': true,
  revoked: true,
  'access-lost': true,
  'app-credentials-refused': true,
  'cannot-extend': true,
  'renewal-failing': true,
  'renewal-worse': false,
  'scopes-lost': false,
  'keychain-locked': true,
  'keychain-unavailable': true,
  'secret-lost': true,
  'app-secret-lost': true,
  // A choice or a lack that the owner knows of; nothing is wrong before the next restart.
  'memory-only': false,
  // A restart would lose the renewed token, and only a person can unlock the keychain.
  'kept-in-memory': true,
  'fallback-in-use': true,
  'settings-broken': false,
  'call-refused': true,
  'delivery-failed': true,
  'changed-by-hand': true,
  'command-failed': true,
  'gateway-trouble': true,
};

/**
 * The exit code of `status`: 0 where nobody has to do anything, else 1. An urgent alert needs a person whatever
 * the health, acknowledged or not: being seen does not mend it. Nothing connected yet is something to do, too.
 */
export function statusExit({ connections, alerts }: StatusAnswer): 0 | 1 {
  const all = [...alerts, ...connections.flatMap((connection) => connection.alerts)];
  const needed = connections.length === 0 || connections.some(needsPerson) || all.some(alertNeedsPerson);
  return needed ? 1 : 0;
}

function alertNeedsPerson({ code, severity, acknowledgedAt }: AlertView): boolean {
  const codes: Readonly<Record<string, boolean>> = ALERT_NEEDS_PERSON;
  return severity === 'urgent' || (acknowledgedAt === null && codes[code] === true);
}

function needsPerson({ health, reasonCodes }: ConnectionView): boolean {
  return NEEDS_PERSON[health] && !(health === 'unknown' && reasonCodes[0] === 'not-checked');
}
