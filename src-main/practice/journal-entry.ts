import type { Effect } from './answers.ts';
import { appSecretProof } from './appsecret-proof.ts';
import type { GraphCall } from './call.ts';
import type { CallResult, JournalEntry } from './journal.ts';
import type { PracticeToken } from './records.ts';
import type { Scene } from './scene.ts';
import { lookAt } from './subjects.ts';
import type { Rendered } from './wire.ts';
import type { PracticeWorld } from './world.ts';

function signedBy(call: GraphCall, token: PracticeToken | null): JournalEntry['signedBy'] {
  if (call.accessToken === null) return 'nobody';
  if (token !== null) return 'token';
  return call.accessToken.includes('|') ? 'app' : 'stranger';
}

/** Whether the `appsecret_proof` fits the signing token, or on an exchange, which no token signs, the exchanged one. */
function proofOf(call: GraphCall, world: PracticeWorld, token: PracticeToken | null, subject: PracticeToken | null): JournalEntry['proof'] {
  const proof = call.params.get('appsecret_proof');
  if (proof === undefined) return 'none';
  const value = call.accessToken ?? subject?.value ?? '';
  const appId = token?.appId ?? subject?.appId ?? value.split('|')[0] ?? '';
  const secret = world.directory.app(appId)?.secret;
  return secret !== undefined && proof === appSecretProof(value, secret) ? 'right' : 'wrong';
}

/** Writes one call down, without any secret of it. */
export function entryOf(
  { call, world, now, faults }: Scene,
  effect: Effect | null,
  silent: { readonly kind: 'drop' | 'hang'; readonly afterEffect?: boolean } | null,
  rendered: Rendered | null,
): JournalEntry {
  const { token, subject } = lookAt(call, world);
  const result: CallResult =
    silent === null && rendered !== null
      ? { kind: 'answered', status: rendered.status, code: rendered.code, subcode: rendered.subcode }
      : { kind: silent?.kind === 'hang' ? 'hung' : 'dropped', afterEffect: silent?.afterEffect ?? false };
  return {
    at: now,
    endpoint: call.endpoint,
    method: call.method,
    path: call.path,
    version: call.version,
    signedBy: signedBy(call, token),
    token: token?.label ?? null,
    tokenLastFour: token?.value.slice(-4) ?? null,
    proof: proofOf(call, world, token, subject),
    subject: subject?.label ?? null,
    sixtyDays: call.params.get('set_token_expires_in_60_days') === 'true',
    faults: faults.map(({ kind }) => kind),
    effect,
    result,
  };
}
