import { DAY, HOUR } from '../../../src-main/core/time.ts';
import type { Random } from './random.ts';
import type { Shop, TrueToken } from './shop.ts';

/** Every fake token carries this in its middle, so that one search finds any piece of one. */
export const TOKEN_MARK = 'Q7SECRETQ7';
/** The same for app secrets. */
export const APP_SECRET_MARK = 'q7appq7';

export const MESSAGING = 'whatsapp_business_messaging';
const ALL_SCOPES = [MESSAGING, 'whatsapp_business_management', 'business_management'] as const;

/** The sorts of tokens that an owner can make at Meta. */
export type Made = 'system-60' | 'system-never' | 'user-short' | 'user-day' | 'user-long';

/** What an exchange came to, before the network has its say. */
export type Exchanged = { readonly outcome: 'issued'; readonly token: TrueToken } | { readonly outcome: 'refused'; readonly why: 'dead' | 'app' | 'policy' | 'sixty-days-only' };

/** Meta's books: every token there ever was. */
export class MetaTruth {
  readonly #random: Random;
  readonly #tokens = new Map<string, TrueToken>();

  constructor(random: Random) {
    this.#random = random;
  }

  find(text: string): TrueToken | null {
    return this.#tokens.get(text) ?? null;
  }

  of(shop: Shop): readonly TrueToken[] {
    return [...this.#tokens.values()].filter((token) => token.shop === shop);
  }

  /** A token that a person makes by hand. */
  make(shop: Shop, made: Made, now: number): TrueToken {
    const system = made === 'system-60' || made === 'system-never';
    const life = { 'system-60': 60 * DAY, 'system-never': null, 'user-short': this.#random.int(1, 2) * HOUR, 'user-day': 24 * HOUR, 'user-long': 60 * DAY }[made];
    // Expiries of temporary tokens fall on the hour.
    const end = life === null ? null : now + life;
    const expiresAt = end === null ? null : made === 'user-short' ? Math.ceil(end / HOUR) * HOUR : wholeSecond(end);
    return this.#issue({ shop, appId: shop.appId, userId: `${system ? '9' : '5'}${shop.phoneId}`, type: system ? 'SYSTEM_USER' : 'USER', longLived: made !== 'user-short' && made !== 'user-day', issuedAt: wholeSecond(now), expiresAt, dataAccessEnd: system ? null : wholeSecond(now + 90 * DAY), scopes: ALL_SCOPES, reaches: true });
  }

  /** What Meta does when asked to exchange a token; the old one lives on. */
  exchange(old: TrueToken, sixtyDays: boolean, now: number): Exchanged {
    const { shop } = old;
    if (!isAlive(old, now)) return { outcome: 'refused', why: 'dead' };
    if (shop.mischief === 'refused') return { outcome: 'refused', why: 'policy' };
    if (old.type === 'SYSTEM_USER' && shop.sixtyDaysOnly && !sixtyDays) return { outcome: 'refused', why: 'sixty-days-only' };
    const honest = this.#honestEnd(old, sixtyDays, now);
    if (honest === 'same-string' || shop.mischief === 'same-string') return { outcome: 'issued', token: old };
    const fresh = { shop, appId: old.appId, userId: old.userId, type: old.type, longLived: true, issuedAt: wholeSecond(now), expiresAt: honest, dataAccessEnd: old.dataAccessEnd, scopes: old.scopes, reaches: old.reaches };
    return { outcome: 'issued', token: this.#spoiled(fresh, old) };
  }

  /** The expiry an exchange gives by Meta's rules. */
  #honestEnd(old: TrueToken, sixtyDays: boolean, now: number): number | null | 'same-string' {
    const anew = wholeSecond(now + 60 * DAY);
    // Exchanging a token without an end is played at its worst.
    if (old.expiresAt === null) return anew;
    if (old.type === 'SYSTEM_USER') return sixtyDays ? anew : old.expiresAt;
    if (!old.longLived) return anew;
    return { extends: anew, 'same-string': 'same-string' as const, 'same-expiry': old.expiresAt }[old.shop.longLivedExchange];
  }

  #spoiled(fresh: Omit<TrueToken, 'text' | 'death' | 'toldDead' | 'accessLossTold'>, old: TrueToken): TrueToken {
    switch (fresh.shop.mischief) {
      case 'same-expiry':
        return this.#issue({ ...fresh, expiresAt: old.expiresAt });
      case 'earlier':
        return this.#issue({ ...fresh, expiresAt: wholeSecond(fresh.issuedAt + Math.max(HOUR, ((old.expiresAt ?? fresh.issuedAt) - fresh.issuedAt) / 2)) });
      case 'no-messaging':
        return this.#issue({ ...fresh, scopes: old.scopes.filter((scope) => scope !== MESSAGING) });
      case 'fewer-extras':
        return this.#issue({ ...fresh, scopes: old.scopes.filter((scope) => scope !== 'business_management') });
      case 'other-user':
        return this.#issue({ ...fresh, userId: `7${fresh.shop.phoneId}` });
      case 'no-access':
        return this.#issue({ ...fresh, reaches: false });
      case 'dead-on-arrival': {
        const dead = this.#issue(fresh);
        dead.death = 'logged_out';
        return dead;
      }
      case 'same-string':
      case 'refused':
      case null:
        return this.#issue(fresh);
    }
  }

  #issue(token: Omit<TrueToken, 'text' | 'death' | 'toldDead' | 'accessLossTold'>): TrueToken {
    const text = `EAATest${this.#random.text(12)}${TOKEN_MARK}${this.#random.text(60)}${TOKEN_MARK}${this.#random.text(12)}`;
    const issued: TrueToken = { ...token, text, death: null, toldDead: false, accessLossTold: false };
    this.#tokens.set(text, issued);
    return issued;
  }
}

/** Whether Meta accepts a token. */
export function isAlive(token: TrueToken, now: number): boolean {
  return token.death === null && (token.expiresAt === null || now < token.expiresAt);
}

/** Alive, reaching its number, and able to send. */
export function isGood(token: TrueToken, now: number): boolean {
  return isAlive(token, now) && reachesNumber(token) && token.scopes.includes(MESSAGING);
}

/** Whether a token reads its shop's number. */
export function reachesNumber(token: TrueToken): boolean {
  return token.reaches && !token.shop.accessLost;
}

/** A token's end for comparing: never is last. */
export function endOf(token: TrueToken): number {
  return token.expiresAt ?? Number.POSITIVE_INFINITY;
}

/** Whether `candidate` is a proper successor of `current`: no worse in anything, and longer-lived unless `current` is no good. */
export function isBetter(candidate: TrueToken, current: TrueToken, now: number): boolean {
  if (!isGood(candidate, now) || candidate.userId !== current.userId || candidate.appId !== current.appId) return false;
  // An hour more is no gain worth the name.
  return !isAlive(current, now) || endOf(candidate) >= endOf(current) + HOUR;
}

function wholeSecond(at: number): number {
  return Math.floor(at / 1_000) * 1_000;
}
