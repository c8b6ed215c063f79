import type { Answer } from '../answers.ts';
import { identify } from '../caller.ts';
import type { PracticeNumber, PracticeToken, PracticeWaba } from '../records.ts';
import type { Scene } from '../scene.ts';
import { refuse } from '../scene.ts';

/** A token that reaches an account. */
export interface Access {
  readonly token: PracticeToken;
  readonly waba: PracticeWaba;
}

/** Whether what a gate gave is the refusal. */
export function isAnswer(value: object): value is Answer {
  return 'kind' in value;
}

/** An id that is none, or that the token does not reach, gets the same answer: Meta does not tell which. */
export function wrongId(scene: Scene): Answer {
  const subject = scene.call.nodeId ?? '0';
  return refuse(scene, /^\d+$/.test(subject) ? 'wrong_id' : 'unknown_alias', { subject });
}

function reach(scene: Scene, find: () => PracticeWaba | null, scopes: readonly string[]): Access | Answer {
  const caller = identify(scene);
  if ('row' in caller) return refuse(scene, caller.row, caller.facts);
  const waba = find();
  if (waba === null || caller.kind === 'app' || !scene.world.reaches(caller.token, waba.id)) return wrongId(scene);
  const { token } = caller;
  if (scopes.some((scope) => token.scopes.includes(scope))) return { token, waba };
  return scopes.includes('whatsapp_business_management') ? refuse(scene, 'missing_scope') : refuse(scene, 'missing_permission');
}

/** Lets a call through to the account in its path, if its token has one of the scopes there. */
export function reachWaba(scene: Scene, scopes: readonly string[]): Access | Answer {
  return reach(scene, () => scene.world.directory.waba(scene.call.nodeId ?? ''), scopes);
}

/** The same for the phone number in the path. */
export function reachNumber(scene: Scene, scopes: readonly string[]): (Access & { readonly number: PracticeNumber }) | Answer {
  const hit = scene.world.directory.number(scene.call.nodeId ?? '');
  const access = reach(scene, () => hit?.waba ?? null, scopes);
  return isAnswer(access) || hit === null ? (isAnswer(access) ? access : wrongId(scene)) : { ...access, number: hit.number };
}
