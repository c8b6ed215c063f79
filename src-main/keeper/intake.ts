import { causeTraits } from '../core/graph/cause-traits.ts';
import type { GraphFault } from '../core/graph/fault.ts';
import { faultText, faultWords } from '../core/graph/fault-words.ts';
import type { AppCredentials } from '../core/ports.ts';
import { cleanPaste } from '../core/token/paste.ts';
import { MESSAGING_SCOPE } from '../core/token/scopes.ts';
import type { Snapshot } from '../core/token/snapshot.ts';
import { type AccessIds, type AccessProof, type FoundNumber, proveAccess } from './access.ts';
import type { Outcome } from '../contract/outcome.ts';
import { inspectToken } from './inspect.ts';
import { signedBy } from './live.ts';
import type { KeeperPorts } from './ports.ts';

/** A pasted token that Meta called valid and that reaches its number. `token` is a secret. */
export interface ProvedToken {
  readonly token: string;
  readonly snapshot: Snapshot;
  readonly access: AccessProof & { readonly outcome: 'proved' };
  /** What was cleaned off or noticed, in words. */
  readonly notes: readonly string[];
  readonly clockAheadBy: number | null;
}

/** What came of examining a pasted token: the token, or a refusal for the owner. Nothing is stored either way. */
export type Intake = { readonly ok: true; readonly proved: ProvedToken } | { readonly ok: false; readonly outcome: Outcome };

/** The app a pasted token is expected to belong to. `app` holds a secret. */
export interface AppClaim {
  readonly appId: string | null;
  readonly app: AppCredentials | null;
  /** The owner gave it together with the token, so that it must fit; else it is what we happen to know. */
  readonly byOwner: boolean;
}

/**
 * Examines a pasted token: cleans it, refuses what is plainly no Meta token without sending it anywhere, asks Meta
 * whose it is, and proves that it reaches the number.
 */
export async function examineToken(ports: KeeperPorts, pasted: string, claim: AppClaim, ids: AccessIds): Promise<Intake> {
  const cleaned = cleanPaste(pasted);
  if (!cleaned.ok) return refuse(cleaned.code, cleaned.message);
  const secrets = claim.app === null ? [cleaned.token] : [cleaned.token, claim.app.appSecret];
  for (const secret of secrets) ports.secretWatch.add(secret);
  const intake = await askMeta(ports, cleaned, claim, ids);
  // What is taken is watched from its staging on; what is refused need not be remembered for ever.
  for (const secret of secrets) ports.secretWatch.remove(secret);
  return intake;
}

async function askMeta(ports: KeeperPorts, cleaned: Extract<ReturnType<typeof cleanPaste>, { ok: true }>, claim: AppClaim, ids: AccessIds): Promise<Intake> {
  const { appId, app } = claim;
  const { token } = cleaned;
  const inspection = await inspectToken(ports.meta, ports.clock, { token, appSecret: app?.appSecret ?? null }, app);
  const { snapshot } = inspection;
  if (snapshot === null) return refuseFault(inspection.fault);
  if (!snapshot.valid) return refuseFault(snapshot.fault);
  // Whose token it is comes before whether the secret fits: the wrong app also makes a good secret look wrong.
  if (appId !== null && snapshot.appId !== null && snapshot.appId !== appId) {
    return refuse('wrong-app', `This token belongs to app ${snapshot.appId}, but the app id given is ${appId}. Give the id and secret of app ${snapshot.appId}, or make a token with app ${appId}. Nothing was changed.`);
  }
  if (inspection.appFault !== null && claim.byOwner) return refuseFault(inspection.appFault);
  if (snapshot.scopes.length > 0 && !snapshot.scopes.includes(MESSAGING_SCOPE)) {
    return refuse('missing-permission', `The token lacks the permission ${MESSAGING_SCOPE}, so it cannot send messages. Make a new token with both WhatsApp permissions ticked. Nothing was changed.`);
  }
  const access = await proveAccess(ports.meta, signedBy(token, inspection.appFault === null ? app : null, snapshot.appId), ids, snapshot);
  if (access.outcome === 'unreachable' || access.outcome === 'refused') return refuseFault(access.fault);
  if (access.outcome === 'lost') return refuseAccess(access.fault, ids, access.offered);
  return { ok: true, proved: { token, snapshot, access, notes: cleaned.notes, clockAheadBy: inspection.clockAheadBy } };
}

/** A refusal that belongs to no connection yet. */
export function refuse(code: string, message: string, details: readonly string[] = []): { readonly ok: false; readonly outcome: Outcome } {
  return { ok: false, outcome: { ok: false, code, message, connection: null, details } };
}

function refuseFault(fault: GraphFault | null): ReturnType<typeof refuse> {
  if (fault === null) return refuse('unknown', 'Meta gave no answer that counts. Try again in a minute. Nothing was changed.');
  return refuse(faultCode(fault), `${faultText(fault.cause, fault)} Nothing was changed.`);
}

/** The outcome code of a fault: `unreachable` for every kind of silence, else its cause. */
export function faultCode({ cause }: GraphFault): string {
  return causeTraits(cause).silence ? 'unreachable' : cause.replaceAll('_', '-');
}

/** Says that a token does not reach a number or account, with the numbers that it does reach. */
export function refuseAccess(fault: GraphFault, ids: AccessIds, offered: readonly FoundNumber[]): ReturnType<typeof refuse> {
  const { what, advice } = faultWords(fault.cause, fault);
  const given = ids.phoneNumberId;
  const mistaken = given !== null && offered.some((number) => number.wabaId === given);
  const first = mistaken ? `${given} is the id of a WhatsApp Business Account, not of a phone number.` : `The token does not reach ${given === null ? `WhatsApp Business Account ${ids.wabaId ?? ''}` : `phone number id ${given}`}. ${what}`;
  const next = offered.length > 0 ? 'Use the id of one of the numbers that the token does reach.' : advice;
  return refuse(faultCode(fault), `${first} ${next} Nothing was changed.`, offered.map(numberWords));
}

/** A number as it is offered for choosing. */
export function numberWords(number: FoundNumber): string {
  const name = number.verifiedName === null ? '' : ` (${number.verifiedName})`;
  return `${number.display ?? 'number without a display name'}${name}: phone-number id ${number.id}, WhatsApp Business Account ${number.wabaId}`;
}
