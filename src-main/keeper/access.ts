import { causeTraits } from '../core/graph/cause-traits.ts';
import type { GraphFault } from '../core/graph/fault.ts';
import type { CallAuth, Meta, PhoneNumber } from '../core/ports.ts';
import type { AccessCheck } from '../core/state.ts';
import { MANAGEMENT_SCOPE, wabaCandidates } from '../core/token/scopes.ts';
import type { Snapshot } from '../core/token/snapshot.ts';

/** A number found at Meta, with the WhatsApp Business Account (WABA) it belongs to. */
export type FoundNumber = PhoneNumber & { readonly wabaId: string };

/** What came of proving that a token reaches its number. */
export type AccessProof =
  | {
      readonly outcome: 'proved';
      /** Checks that passed; empty where there was no number to check. */
      readonly checks: readonly AccessCheck[];
      /** Checks that were made and did not pass, though the number itself was read. */
      readonly failed: readonly AccessCheck[];
      readonly number: PhoneNumber | null;
      readonly phoneNumberId: string | null;
      readonly wabaId: string | null;
      /** Numbers to choose from where none was given and several were found. */
      readonly offered: readonly FoundNumber[];
      readonly notes: readonly string[];
    }
  /** Meta said definitely that the token does not reach the number. */
  | { readonly outcome: 'lost'; readonly fault: GraphFault; readonly offered: readonly FoundNumber[] }
  /** Meta answered, but neither showed the number nor said that the token may not see it: an account lock, an unknown error. */
  | { readonly outcome: 'refused'; readonly fault: GraphFault }
  /** Meta gave no answer that counts; nothing is known. */
  | { readonly outcome: 'unreachable'; readonly fault: GraphFault };

/** Access checks that a token was put to and did not pass. Without the scope for it, the account is no check at all. */
export function failedChecks(proof: AccessProof, snapshot: Snapshot): readonly AccessCheck[] {
  switch (proof.outcome) {
    case 'proved':
      return lacksManagement(snapshot) ? proof.failed.filter((check) => check !== 'waba') : proof.failed;
    case 'lost':
    case 'refused':
      return ['number'];
    case 'unreachable':
      return [];
  }
}

/** The ids an access proof goes by; both are optional. */
export interface AccessIds {
  readonly phoneNumberId: string | null;
  readonly wabaId: string | null;
}

/**
 * Proves access by reading the number and its WABA, never by scopes: Meta's lists of scopes drift. Without a
 * number every WABA that Meta names is tried; a single number found is taken, several are offered.
 */
export async function proveAccess(meta: Meta, auth: CallAuth, ids: AccessIds, snapshot: Snapshot): Promise<AccessProof> {
  return ids.phoneNumberId === null ? findNumber(meta, auth, ids.wabaId, snapshot) : readKnownNumber(meta, auth, ids.phoneNumberId, ids.wabaId, snapshot);
}

async function readKnownNumber(meta: Meta, auth: CallAuth, phoneNumberId: string, wabaId: string | null, snapshot: Snapshot): Promise<AccessProof> {
  const listing = wabaId !== null && !lacksManagement(snapshot);
  const [read, listed] = await Promise.all([meta.readNumber(phoneNumberId, auth), listing ? meta.listNumbers(wabaId, auth) : null]);
  if (!read.ok) {
    if (!isDefinite(read.fault)) return unclear(read.fault);
    const found = await searchNumbers(meta, auth, candidates(wabaId, snapshot, phoneNumberId));
    return { outcome: 'lost', fault: read.fault, offered: found.numbers };
  }
  const proved = { outcome: 'proved', failed: [], number: read.value, phoneNumberId, wabaId, offered: [] } as const;
  if (wabaId === null) return { ...proved, checks: ['number'], notes: [] };
  if (listed === null) return { ...proved, checks: ['number'], notes: [WABA_SKIPPED] };
  if (!listed.ok) {
    // The number was read, which is the stronger proof; an account that does not answer takes nothing from it.
    if (!isDefinite(listed.fault)) return { ...proved, checks: ['number'], notes: [] };
    return { ...proved, checks: ['number'], failed: ['waba'], notes: ['The token reads the number but not its WhatsApp Business Account.'] };
  }
  if (listed.value.some((number) => number.id === phoneNumberId)) return { ...proved, checks: ['number', 'waba'], notes: [] };
  return { ...proved, checks: ['number'], failed: ['waba'], notes: [`The number is not one of WhatsApp Business Account ${wabaId}.`] };
}

async function findNumber(meta: Meta, auth: CallAuth, wabaId: string | null, snapshot: Snapshot): Promise<AccessProof> {
  const none = { outcome: 'proved', checks: [], failed: [], number: null, phoneNumberId: null, wabaId, offered: [] } as const;
  if (lacksManagement(snapshot)) return { ...none, notes: [WABA_SKIPPED] };
  const tried = candidates(wabaId, snapshot, null);
  const found = await searchNumbers(meta, auth, tried);
  const [only, ...others] = found.numbers;
  if (only === undefined) {
    if (found.unclear !== null) return unclear(found.unclear);
    if (wabaId !== null && found.refused !== null) return { outcome: 'lost', fault: found.refused, offered: [] };
    return { ...none, notes: ['No phone number was found, so it was not checked that the token reaches one.'] };
  }
  // An account that did not answer may hold others: the owner chooses, nothing is bound by a hiccup.
  if (found.unclear !== null && others.length === 0) return { ...none, offered: found.numbers, notes: ['Not every WhatsApp Business Account answered, so the number was not chosen yet.'] };
  if (others.length > 0) return { ...none, offered: found.numbers, notes: ['Several phone numbers were found; choose one.'] };
  return { ...none, checks: ['waba'], number: only, phoneNumberId: only.id, wabaId: only.wabaId, notes: [] };
}

interface Search {
  readonly numbers: readonly FoundNumber[];
  /** Not definite: silence, or a refusal that says nothing about access. */
  readonly unclear: GraphFault | null;
  readonly refused: GraphFault | null;
}

async function searchNumbers(meta: Meta, auth: CallAuth, wabaIds: readonly string[]): Promise<Search> {
  const numbers: FoundNumber[] = [];
  let undecided: GraphFault | null = null;
  let refused: GraphFault | null = null;
  for (const wabaId of wabaIds) {
    // One after the other: these calls count against Meta's hourly limit per account.
    const listed = await meta.listNumbers(wabaId, auth);
    if (listed.ok) numbers.push(...listed.value.map((number) => ({ ...number, wabaId })));
    else if (isDefinite(listed.fault)) refused = listed.fault;
    else undecided = listed.fault;
  }
  return { numbers, unclear: undecided, refused };
}

/** The WABAs worth trying. What was given as the number's id is tried too: pasting the WABA's id there is a common slip. */
function candidates(wabaId: string | null, snapshot: Snapshot, mistakenId: string | null): readonly string[] {
  return [...new Set([wabaId, ...wabaCandidates(snapshot), mistakenId].filter((id) => id !== null))].slice(0, 10);
}

const WABA_SKIPPED = `The check of the WhatsApp Business Account was skipped: the token lacks the permission ${MANAGEMENT_SCOPE}.`;

function lacksManagement(snapshot: Snapshot): boolean {
  return snapshot.scopes.length > 0 && !snapshot.scopes.includes(MANAGEMENT_SCOPE);
}

function unclear(fault: GraphFault): AccessProof {
  return { outcome: causeTraits(fault.cause).silence ? 'unreachable' : 'refused', fault };
}

function isDefinite(fault: GraphFault): boolean {
  return causeTraits(fault.cause).access;
}
