import type { ReasonCode } from '../core/health/health.ts';

const REPLACE = 'npx evertoken replace';
const REPLACE_APP = 'npx evertoken replace --app-id ID --app-secret-file FILE';
const REFRESH = 'npx evertoken refresh';

/** The command that does what the advice says, for each reason; null where none does. The advice itself names no surface. */
const COMMANDS: Record<ReasonCode, string | null> = {
  healthy: null,
  'never-expires': null,
  'no-token': REPLACE,
  'not-checked': 'npx evertoken check',
  'keychain-locked': REFRESH,
  'keychain-unavailable': null,
  'secret-lost': REPLACE,
  'app-secret-lost': REPLACE_APP,
  expired: REPLACE,
  revoked: REPLACE,
  'access-lost': REPLACE,
  'expiry-near': null,
  'expiry-passed-unconfirmed': 'npx evertoken check',
  'data-access-ending': REPLACE,
  'data-access-ended': REPLACE,
  'renewal-failing': REPLACE,
  'cannot-extend': REPLACE,
  'no-app-credentials': REPLACE_APP,
  'other-app': REPLACE_APP,
  'app-credentials-refused': REPLACE_APP,
  'expiry-unknown': null,
  unreachable: null,
  'clock-wrong': null,
  'scopes-missing': REPLACE,
  'number-not-checked': 'npx evertoken choose-number ID',
  'memory-only': null,
  'fallback-in-use': REPLACE,
  'check-refused': null,
};

/** The command for the first reason that has one; null where the owner has nothing to type. */
export function nextCommand(reasonCodes: readonly string[]): string | null {
  const commands: Readonly<Record<string, string | null>> = COMMANDS;
  return reasonCodes.map((code) => commands[code] ?? null).find((command) => command !== null) ?? null;
}
