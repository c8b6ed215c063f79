import { HOUR } from '../time.ts';
import type { Access, AccessCheck } from '../state.ts';
import type { ProofFailure } from './record.ts';
import { compareEnds } from '../token/life.ts';
import { lostScopes, MESSAGING_SCOPE } from '../token/scopes.ts';
import type { End, Snapshot } from '../token/snapshot.ts';

/** The verdict on a candidate that Meta gave us in a renewal. */
export type RenewalVerdict =
  | { readonly verdict: 'better'; /** Permissions it lost that are not needed to send: a warning. */ readonly lostScopes: readonly string[] }
  /** The same life again: neither success nor error. */
  | { readonly verdict: 'no-progress' }
  | { readonly verdict: 'worse'; readonly why: readonly ProofFailure[] };

/**
 * The renewal proof: the candidate is valid, of the same app and user, keeps the messaging permission, fails no access
 * check that the current token passes, and expires no earlier. Any live token beats a dead one's dates.
 */
export function proveRenewal(
  current: { readonly snapshot: Snapshot; readonly passes: readonly AccessCheck[] },
  candidate: { readonly snapshot: Snapshot; /** Checks that were made and did not pass; a check skipped for want of a scope is none. */ readonly fails: readonly AccessCheck[] },
  now: number,
): RenewalVerdict {
  const before = current.snapshot;
  const after = candidate.snapshot;
  if (!after.valid) return { verdict: 'worse', why: ['invalid'] };
  const why: ProofFailure[] = [];
  if (differs(before.appId, after.appId)) why.push('other-app');
  if (differs(before.userId, after.userId)) why.push('other-user');
  if (before.scopes.includes(MESSAGING_SCOPE) && !after.scopes.includes(MESSAGING_SCOPE)) why.push('messaging-scope-missing');
  if (current.passes.some((check) => candidate.fails.includes(check))) why.push('access-lost');
  const order = compareEnds(after.expiry, before.expiry);
  if (order < 0 && before.valid) why.push('expires-earlier');
  if (why.length > 0) return { verdict: 'worse', why };
  if (before.valid && !gains(before.expiry, after.expiry, now)) return { verdict: 'no-progress' };
  return { verdict: 'better', lostScopes: lostScopes(before, after) };
}

/** A difference that the owner should read before one token replaces another. */
export type ReplacementDifference =
  | { readonly kind: 'other-user'; readonly before: string; readonly after: string }
  | { readonly kind: 'other-app'; readonly before: string; readonly after: string }
  | { readonly kind: 'shorter-life' }
  | { readonly kind: 'fewer-scopes'; readonly scopes: readonly string[] };

/**
 * Whether Meta has said definitely that a token is of no use: expired, revoked, or cut off from its number. Silence says nothing.
 * Any live token that reaches the number beats such a one, whatever else differs.
 */
export function isDefinitelyDead(snapshot: Snapshot | null, access: Access): boolean {
  return snapshot !== null && (!snapshot.valid || access.kind === 'lost');
}

/**
 * What changes when the owner replaces the current token by a proved one. Whose token it is always matters;
 * life and permissions are compared with a living token only, since any live token beats a dead one.
 */
export function replacementDifferences(before: Snapshot | null, after: Snapshot): readonly ReplacementDifference[] {
  if (before === null) return [];
  const differences: ReplacementDifference[] = [];
  if (before.userId !== null && after.userId !== null && before.userId !== after.userId) {
    differences.push({ kind: 'other-user', before: before.userId, after: after.userId });
  }
  if (before.appId !== null && after.appId !== null && before.appId !== after.appId) {
    differences.push({ kind: 'other-app', before: before.appId, after: after.appId });
  }
  if (!before.valid) return differences;
  if (compareEnds(after.expiry, before.expiry) < 0) differences.push({ kind: 'shorter-life' });
  const scopes = lostScopes(before, after);
  if (scopes.length > 0) differences.push({ kind: 'fewer-scopes', scopes });
  return differences;
}

/** Less than an hour and less than a hundredth of what is left is no progress: it would look like success until the end. */
function gains(before: End, after: End, now: number): boolean {
  if (before.kind !== 'at' || after.kind !== 'at') return compareEnds(after, before) > 0;
  return after.at - before.at >= Math.min(HOUR, Math.max(1, (before.at - now) / 100));
}

/** What Meta leaves out is unknown, not different. */
function differs(before: string | null, after: string | null): boolean {
  return before !== null && after !== null && before !== after;
}
