import type { Connection, TokenRecord } from '../state.ts';
import type { RenewalRecord } from './record.ts';
import { DAY, HOUR, MINUTE } from '../time.ts';
import { kindOf } from '../token/kind.ts';
import { bornAt, expiryOf, lifespan } from '../token/life.ts';

/** A token this close to its expiry (ms) is renewed before it is handed out. */
export const HAND_OUT_MARGIN = 30 * MINUTE;

/** Why Evertoken cannot renew a token by itself. */
export type NotRenewable =
  | 'no-token'
  | 'not-checked'
  | 'dead'
  | 'never-expiring'
  | 'expiry-unknown'
  | 'app-token'
  | 'no-app-credentials'
  | 'other-app';

/** Whether, how and from when on a token can be renewed. */
export type RenewalPlan =
  | { readonly can: false; readonly why: NotRenewable }
  | {
      readonly can: true;
      /** Ask for 60 days: only a System User token may, and must. */
      readonly sixtyDays: boolean;
      /** ms since 1970; in the past when it is due. */
      readonly dueAt: number;
    };

/**
 * Plans the renewal of a connection's current token. A token that never expires is never exchanged: Meta might
 * turn it into one of 60 days. `hasAppSecret` says whether the app secret is at hand, `now` (ms since 1970) is the time
 * that counts.
 */
export function planRenewal(connection: Connection, token: TokenRecord | null, hasAppSecret: boolean, now: number): RenewalPlan {
  if (token === null) return { can: false, why: 'no-token' };
  const { snapshot } = token;
  if (snapshot === null) return { can: false, why: 'not-checked' };
  if (!snapshot.valid) return { can: false, why: 'dead' };
  if (snapshot.expiry.kind === 'never') return { can: false, why: 'never-expiring' };
  if (snapshot.expiry.kind === 'unknown') return { can: false, why: 'expiry-unknown' };
  if (snapshot.type === 'APP') return { can: false, why: 'app-token' };
  if (connection.appId === null || !hasAppSecret) return { can: false, why: 'no-app-credentials' };
  if (snapshot.appId !== null && snapshot.appId !== connection.appId) return { can: false, why: 'other-app' };
  // The day of rest after a renewal is the renewed token's; one that stands in for it may have no day left.
  const restsForAnother = token.role === 'previous' && connection.renewal.lastAttempt?.result === 'renewed';
  const dueAt = Math.max(firstDue(token), restsForAnother ? 0 : pausedUntil(connection.renewal, now));
  return { can: true, sixtyDays: snapshot.type === 'SYSTEM_USER', dueAt };
}

/**
 * Until when the last try holds the next one back, ms since 1970; 0 where it does not. A try dated in the future was
 * dated by a clock that was wrong: waiting for that date could outlast the token.
 */
export function pausedUntil({ notBefore, lastAttempt }: RenewalRecord, now: number): number {
  if (notBefore === null || (lastAttempt !== null && lastAttempt.at > now)) return 0;
  // No pause is longer than the daily cap.
  return notBefore > now + DAY ? 0 : notBefore;
}

/**
 * From when on a token is renewed, ms since 1970: a short-lived one at once, another from half of its life on, spread
 * by up to six hours. A token without a known end is never due.
 */
export function firstDue(token: TokenRecord): number {
  const expiry = expiryOf(token);
  if (expiry.kind !== 'at') return Number.POSITIVE_INFINITY;
  const born = bornAt(token);
  if (kindOf(token.snapshot, born) === 'short-lived') return Math.min(born, expiry.at - HAND_OUT_MARGIN);
  const life = lifespan(token) ?? 0;
  const spread = Math.min(life / 200, 6 * HOUR) * spreadOf(token.id);
  return Math.min(born + life / 2 + spread, expiry.at - HAND_OUT_MARGIN);
}

/** A number in [0, 1) that stays the same for one id (FNV-1a), so that a restart plans the same instant. */
export function spreadOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash / 0x1_0000_0000;
}

/** True when a token must be renewed before it may be handed out. */
export function tooCloseToHandOut(token: TokenRecord, now: number): boolean {
  const expiry = expiryOf(token);
  return expiry.kind === 'at' && expiry.at - now <= HAND_OUT_MARGIN;
}
