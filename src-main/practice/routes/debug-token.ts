import type { Answer, JsonObject } from '../answers.ts';
import { found, shownCode, shownMessage } from '../answers.ts';
import type { Caller, Denial } from '../caller.ts';
import { deadToken, identify, strangerRow } from '../caller.ts';
import type { PracticeGranularScope, PracticeToken } from '../records.ts';
import { refusal } from '../refusals.ts';
import type { Scene } from '../scene.ts';
import { refusalFacts, refuse } from '../scene.ts';

const seconds = (at: number | null): number => (at === null ? 0 : Math.floor(at / 1_000));

function granular(token: PracticeToken): readonly JsonObject[] {
  const targets = token.shownType === 'SYSTEM_USER' || token.wabas.size === 0 ? null : [...token.wabas];
  const derived = token.scopes.map((scope): PracticeGranularScope => ({ scope, targetIds: scope.startsWith('whatsapp_') ? targets : null }));
  return (token.granularScopes ?? derived).map(({ scope, targetIds }) => (targetIds === null ? { scope } : { scope, target_ids: targetIds }));
}

/** The error inside an answer: here the key is `subcode`, elsewhere `error_subcode`. */
function innerError(scene: Scene, { row, facts }: Denial, input: string): JsonObject {
  const error = refusal(row, refusalFacts(scene, facts));
  const subcode = scene.wording.omitSubcodes === true ? null : error.subcode;
  return {
    error: {
      code: shownCode(error.code, scene.wording),
      message: shownMessage(error, scene.wording, input),
      ...(subcode === null ? {} : { subcode }),
    },
  };
}

function describe(scene: Scene, token: PracticeToken): JsonObject {
  const id = (value: string): string | number => (scene.wording.idsAsNumbers === true ? Number(value) : value);
  const dead = deadToken(scene, token);
  return {
    app_id: id(token.appId),
    ...(token.shownType === null ? {} : { type: token.shownType }),
    application: scene.world.directory.needApp(token.appId).name,
    data_access_expires_at: seconds(token.dataAccessEndsAt),
    ...(dead === null ? {} : innerError(scene, dead, token.value)),
    expires_at: seconds(token.expiresAt),
    is_valid: dead === null,
    ...(token.showsIssuedAt ? { issued_at: seconds(token.issuedAt) } : {}),
    ...(token.profileId === null ? {} : { profile_id: id(token.profileId) }),
    scopes: token.scopes,
    granular_scopes: granular(token),
    user_id: id(token.userId),
  };
}

function stranger(scene: Scene, input: string): JsonObject {
  return { ...innerError(scene, { row: strangerRow(input), facts: {} }, input), is_valid: false, scopes: [] };
}

function inspect(scene: Scene, caller: Caller, input: string): Answer {
  if (caller.kind === 'app' && input === `${caller.app.id}|${caller.app.secret}`) {
    return found({ data: { app_id: caller.app.id, type: 'APP', application: caller.app.name, is_valid: true, scopes: [] } });
  }
  const token = scene.world.tokens.find(input);
  if (token === null) return found({ data: stranger(scene, input) });
  if (token.appId !== caller.app.id && scene.wording.showOtherApp !== true) return refuse(scene, 'other_app');
  return found({ data: describe(scene, token) });
}

/**
 * `GET /debug_token`, by Meta's reference and answers seen in public threads. A dead or garbled `input_token`
 * is HTTP 200 with `is_valid: false`; only a caller who is refused gets an outer error. So a token that asks
 * about itself gets the outer one once it is dead.
 */
export function debugToken(scene: Scene): Answer {
  const caller = identify(scene);
  if ('row' in caller) return refuse(scene, caller.row, caller.facts);
  const input = scene.call.params.get('input_token');
  if (input === undefined || input === '') return refuse(scene, 'missing_parameter', { subject: 'input_token' });
  return inspect(scene, caller, input);
}
