import { DAY, HOUR } from '../core/time.ts';
import type { PracticeGranularScope, PracticeToken, PracticeUser } from './records.ts';
import type { SeededStream } from './seeded.ts';

/** The two permissions a WhatsApp bot needs, as Meta's consent screen grants them. */
export const WHATSAPP_SCOPES: readonly string[] = ['whatsapp_business_management', 'whatsapp_business_messaging'];

/** A token to be made as in Meta's dashboard. */
export interface TokenRequest {
  readonly appId: string;
  readonly userId: string;
  /** Life from now in ms; null for never. */
  readonly expiresInMs: number | null;
  /** Let the expiry fall on the full hour after that, as the API Setup page does. Default false. */
  readonly onTheHour?: boolean;
  /** `type` in `debug_token`: by default `USER` or `SYSTEM_USER` by who it is; null leaves it out. */
  readonly type?: string | null;
  readonly profileId?: string;
  /** Whether `issued_at` is shown. Default true. */
  readonly issuedAt?: boolean;
  /** Default: both WhatsApp permissions. */
  readonly scopes?: readonly string[];
  /** Default: derived from scopes and accounts; without targets for a system user. */
  readonly granularScopes?: readonly PracticeGranularScope[];
  /** Data access from now in ms; null for none. Default 90 days for a person, none for a system user. */
  readonly dataAccessMs?: number | null;
  /** Whether an exchange treats it as long-lived. Default: it lives three days or more. */
  readonly longLived?: boolean;
}

const LONG_FROM = 3 * DAY;
const TOKEN_LENGTH = 180;
/** Beyond this many the oldest expired ones are forgotten: practice mode may renew every few minutes for weeks. */
const TOKENS_KEPT = 5_000;

/** The tokens there are. */
export class TokenBook {
  readonly #stream: SeededStream;
  readonly #byValue = new Map<string, PracticeToken>();
  #issued = 0;

  constructor(stream: SeededStream) {
    this.#stream = stream;
  }

  /** A new token of `user`; `now` in ms since 1970. */
  issue(request: TokenRequest, user: PracticeUser, now: number): PracticeToken {
    const system = user.kind === 'system';
    const { expiresInMs: life, dataAccessMs = system ? null : 90 * DAY } = request;
    const end = life === null ? null : now + life;
    return this.#enter({
      appId: request.appId,
      userId: user.id,
      shownType: request.type === undefined ? (system ? 'SYSTEM_USER' : 'USER') : request.type,
      profileId: request.profileId ?? null,
      issuedAt: now,
      showsIssuedAt: request.issuedAt ?? true,
      expiresAt: end !== null && request.onTheHour === true ? Math.ceil(end / HOUR) * HOUR : end,
      dataAccessEndsAt: dataAccessMs === null ? null : now + dataAccessMs,
      scopes: [...(request.scopes ?? WHATSAPP_SCOPES)],
      granularScopes: request.granularScopes ?? null,
      wabas: new Set(user.wabas),
      longLived: request.longLived ?? (life === null || life >= LONG_FROM),
      ended: null,
      exchanges: 0,
    });
  }

  /** A new string for a token that is otherwise `parent` with some changes: what an exchange makes. */
  derive(parent: PracticeToken, changes: Partial<Omit<PracticeToken, 'label' | 'value'>>): PracticeToken {
    return this.#enter({ ...parent, ended: null, exchanges: 0, ...changes });
  }

  find(value: string): PracticeToken | null {
    return this.#byValue.get(value) ?? null;
  }

  all(): readonly PracticeToken[] {
    return [...this.#byValue.values()];
  }

  #enter(token: Omit<PracticeToken, 'label' | 'value'>): PracticeToken {
    this.#issued += 1;
    const entered = { ...token, label: `t${this.#issued}`, value: `EAAPractice${this.#stream.text(TOKEN_LENGTH)}` };
    this.#byValue.set(entered.value, entered);
    if (this.#byValue.size > TOKENS_KEPT) this.#forgetOldest(token.issuedAt);
    return entered;
  }

  #forgetOldest(now: number): void {
    for (const { value, expiresAt } of this.#byValue.values()) {
      if (expiresAt === null || expiresAt > now) continue;
      this.#byValue.delete(value);
      return;
    }
  }
}
