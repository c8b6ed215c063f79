import type { Answer } from '../answers.ts';
import { found } from '../answers.ts';
import { appSecretProof } from '../appsecret-proof.ts';
import { deadToken, identify, strangerRow } from '../caller.ts';
import { planExchange, spoilPlan } from '../exchange.ts';
import type { CandidateChange } from '../faults.ts';
import type { PracticeApp, PracticeToken } from '../records.ts';
import type { Scene } from '../scene.ts';
import { refuse } from '../scene.ts';

/** The app whose id and secret the call names, or the refusal. A wrong secret is code 1 here, which looks transient and is not. */
function appOf(scene: Scene): PracticeApp | Answer {
  const id = scene.call.params.get('client_id');
  if (id === undefined || id === '') return refuse(scene, 'missing_parameter', { subject: 'client_id' });
  const app = scene.world.directory.app(id);
  if (app === null) return refuse(scene, 'unknown_app');
  return scene.call.params.get('client_secret') === app.secret ? app : refuse(scene, 'wrong_client_secret');
}

/** The token named by a parameter, if it is one of this app's, or the refusal. */
function tokenOf(scene: Scene, app: PracticeApp, parameter: string): PracticeToken | Answer {
  const value = scene.call.params.get(parameter);
  if (value === undefined || value === '') return refuse(scene, 'missing_parameter', { subject: parameter });
  const token = scene.world.tokens.find(value);
  if (token === null) return refuse(scene, strangerRow(value));
  return token.appId === app.id ? token : refuse(scene, 'other_app');
}

function change(scene: Scene): CandidateChange {
  const all: CandidateChange = {};
  for (const fault of scene.faults) if (fault.kind === 'candidate') Object.assign(all, fault.change);
  return all;
}

function deriveCandidate(scene: Scene, token: PracticeToken, expiresAt: number | null): PracticeToken {
  const { withoutScopes = [], userId, appId, wabas, ended } = change(scene);
  return scene.world.tokens.derive(token, {
    issuedAt: scene.now,
    // Exchanges answer `issued_at`, even for a temporary token that had none.
    showsIssuedAt: true,
    expiresAt,
    longLived: true,
    scopes: token.scopes.filter((scope) => !withoutScopes.includes(scope)),
    ...(userId === undefined ? {} : { userId }),
    ...(appId === undefined ? {} : { appId }),
    ...(wabas === undefined ? {} : { wabas: new Set(wabas) }),
    ...(ended === undefined ? {} : { ended }),
  });
}

/** `expires_in`: Meta often leaves it out, above all when the same token is exchanged again or nothing was gained. */
function expiresIn(scene: Scene, token: PracticeToken, candidate: PracticeToken): number | null {
  const said = scene.faults.find((fault) => fault.kind === 'expires-in');
  if (said !== undefined) return said.seconds;
  if (candidate.expiresAt === null || candidate.expiresAt === token.expiresAt || token.exchanges > 1) return null;
  return Math.floor((candidate.expiresAt - scene.now) / 1_000);
}

/**
 * `GET /oauth/access_token` with `fb_exchange_token` (Meta's long-lived token guide; with
 * `set_token_expires_in_60_days` its system-user token guide). A dead token is refused: it cannot be exchanged.
 * The old token lives on until its own expiry.
 */
export function exchangeToken(scene: Scene): Answer {
  const { params } = scene.call;
  const app = appOf(scene);
  if ('kind' in app) return app;
  if (params.get('grant_type') !== 'fb_exchange_token') return refuse(scene, 'bad_parameter', { subject: 'grant_type' });
  const token = tokenOf(scene, app, 'fb_exchange_token');
  if ('kind' in token) return token;
  const dead = deadToken(scene, token);
  if (dead !== null) return refuse(scene, dead.row, dead.facts);
  const proof = params.get('appsecret_proof');
  if (proof !== undefined && proof !== appSecretProof(token.value, app.secret)) return refuse(scene, 'proof_wrong');

  const user = scene.world.directory.needUser(token.userId);
  const rules = planExchange(token, user, app, params.get('set_token_expires_in_60_days') === 'true', scene.now);
  const plan = spoilPlan(rules, change(scene), token, scene.now);
  if (plan.kind === 'refuse') return refuse(scene, plan.row);
  token.exchanges += 1;
  const candidate = plan.kind === 'same-string' ? token : deriveCandidate(scene, token, plan.expiresAt);
  if (plan.kind === 'new' && plan.shortensOld) token.expiresAt = scene.now + app.longLifeMs;
  const life = expiresIn(scene, token, candidate);
  return found(
    { access_token: candidate.value, token_type: 'bearer', ...(life === null ? {} : { expires_in: life }) },
    { kind: 'exchanged', token: candidate.label, sameString: candidate === token },
  );
}

/** `GET /oauth/revoke`: ends one token. `success` is a string in Meta's answer. */
export function revokeToken(scene: Scene): Answer {
  const app = appOf(scene);
  if ('kind' in app) return app;
  const caller = identify(scene);
  if ('row' in caller) return refuse(scene, caller.row, caller.facts);
  if (caller.app.id !== app.id) return refuse(scene, 'other_app');
  const token = tokenOf(scene, app, 'revoke_token');
  if ('kind' in token) return token;
  scene.world.revoke(token.value);
  return found({ success: scene.wording.booleanSuccess === true ? true : 'true' }, { kind: 'revoked', token: token.label });
}
