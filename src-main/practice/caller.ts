import { appSecretProof } from './appsecret-proof.ts';
import type { PracticeApp, PracticeToken } from './records.ts';
import type { RefusalFacts, RefusalRow } from './refusals.ts';
import type { Scene } from './scene.ts';

/** Who signs a call: an app with its `APP_ID|APP_SECRET`, or a token. */
export type Caller =
  | { readonly kind: 'app'; readonly app: PracticeApp }
  | { readonly kind: 'token'; readonly app: PracticeApp; readonly token: PracticeToken };

/** A refusal that the caller still has to put into words. */
export interface Denial {
  readonly row: RefusalRow;
  readonly facts: Partial<RefusalFacts>;
}

/** Why an unknown string is no token, in Meta's two ways of saying it: cut off, or nothing of the kind. */
export function strangerRow(value: string): RefusalRow {
  return value.startsWith('EAA') ? 'not_decryptable' : 'cannot_parse';
}

/** Why a token is refused now; null while it works. */
export function deadToken(scene: Scene, token: PracticeToken): Denial | null {
  const row = scene.world.whyDead(token);
  return row === null ? null : { row, facts: { expiresAt: token.expiresAt, appId: token.appId } };
}

function appCaller(scene: Scene, value: string, bar: number): Caller | Denial {
  const app = scene.world.directory.app(value.slice(0, bar));
  if (app === null) return { row: 'unknown_app', facts: {} };
  return app.secret === value.slice(bar + 1) ? { kind: 'app', app } : { row: 'wrong_app_secret', facts: {} };
}

/**
 * Meta's checks of the caller, in its order: is there a token, is it one, does it live, is the proof right.
 * An app token names its secret anyhow, so no proof is demanded of it; a proof that is given must be right.
 */
export function identify(scene: Scene): Caller | Denial {
  const value = scene.call.accessToken;
  if (value === null) return { row: 'no_token_sent', facts: {} };
  const bar = value.indexOf('|');
  const caller = bar > 0 ? appCaller(scene, value, bar) : tokenCaller(scene, value);
  if ('row' in caller) return caller;
  const proof = scene.call.params.get('appsecret_proof');
  if (proof !== undefined) return proof === appSecretProof(value, caller.app.secret) ? caller : { row: 'proof_wrong', facts: {} };
  return caller.kind === 'token' && caller.app.requireProof ? { row: 'proof_missing', facts: {} } : caller;
}

function tokenCaller(scene: Scene, value: string): Caller | Denial {
  const token = scene.world.tokens.find(value);
  if (token === null) return { row: strangerRow(value), facts: {} };
  return deadToken(scene, token) ?? { kind: 'token', token, app: scene.world.directory.needApp(token.appId) };
}
