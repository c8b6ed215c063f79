import type { Snapshot } from './snapshot.ts';

/** Without this permission a token cannot send a message. */
export const MESSAGING_SCOPE = 'whatsapp_business_messaging';
/** Lets Evertoken read the WhatsApp Business Account (WABA) and list its numbers; wanted, not needed. */
export const MANAGEMENT_SCOPE = 'whatsapp_business_management';

/** The wanted permissions that Meta does not list for this token. An empty list from Meta tells nothing. */
export function missingScopes(snapshot: Snapshot | null): readonly string[] {
  if (snapshot === null || snapshot.scopes.length === 0) return [];
  return [MESSAGING_SCOPE, MANAGEMENT_SCOPE].filter((scope) => !snapshot.scopes.includes(scope));
}

/** Permissions that `before` has and `after` lacks. */
export function lostScopes(before: Snapshot, after: Snapshot): readonly string[] {
  return before.scopes.filter((scope) => !after.scopes.includes(scope));
}

/** WABA ids that Meta names for this token. They are candidates to be tried, never proof: the list drifts. */
export function wabaCandidates(snapshot: Snapshot): readonly string[] {
  const named = snapshot.granularScopes
    .filter((granular) => granular.scope === MESSAGING_SCOPE || granular.scope === MANAGEMENT_SCOPE)
    .flatMap((granular) => granular.targetIds);
  return [...new Set(named)];
}
