import type { ReasonCode } from '../health/health.ts';

/** What an owner can do with Evertoken about a reason. The advice says the same in words; each surface has its own button or command for it. */
export type Cure = 'replace-token' | 'give-app' | 'unlock' | 'refresh' | 'check' | 'choose-number';

/** The cure for each reason; null where there is none, or none in Evertoken. */
const CURES: Record<ReasonCode, Cure | null> = {
  healthy: null,
  'never-expires': null,
  'no-token': 'replace-token',
  'not-checked': 'check',
  'keychain-locked': 'unlock',
  'keychain-unavailable': null,
  'secret-lost': 'replace-token',
  'app-secret-lost': 'give-app',
  expired: 'replace-token',
  revoked: 'replace-token',
  'access-lost': 'replace-token',
  'expiry-near': null,
  'expiry-passed-unconfirmed': 'check',
  'data-access-ending': 'replace-token',
  'data-access-ended': 'replace-token',
  // One click may do; a new token, which the advice speaks of as well, is a longer way.
  'renewal-failing': 'refresh',
  'cannot-extend': 'replace-token',
  'no-app-credentials': 'give-app',
  'other-app': 'give-app',
  'app-credentials-refused': 'give-app',
  'expiry-unknown': null,
  unreachable: null,
  'clock-wrong': null,
  'scopes-missing': 'replace-token',
  'number-not-checked': 'choose-number',
  'memory-only': null,
  'fallback-in-use': 'replace-token',
  'check-refused': null,
};

/** The cure for the first reason that has one; null where the owner has nothing to do. */
export function cureOf(reasonCodes: readonly ReasonCode[]): Cure | null {
  return reasonCodes.map((code) => CURES[code]).find((cure) => cure !== null) ?? null;
}
