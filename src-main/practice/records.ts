/**
 * What an exchange of an already long-lived user token brings. Public threads report all of these from the
 * real Meta: the same string, another string with the same expiry, and (rarely) a later expiry.
 */
export type LongLivedExchange = 'same-string' | 'same-expiry' | 'extend';

/** A Meta app. */
export interface PracticeApp {
  readonly id: string;
  readonly name: string;
  /** The app secret. A made-up one: practice apps are not real. */
  secret: string;
  /** "Require App Secret" in the app's settings: every call must carry an `appsecret_proof`. */
  requireProof: boolean;
  longLivedExchange: LongLivedExchange;
  /** The business may only have System User tokens of 60 days; asking for a permanent one is an error. */
  sixtyDaysOnly: boolean;
  /** Life of what an exchange brings, ms. Meta's is about 60 days; practice mode makes it minutes. */
  longLifeMs: number;
}

/** A person or a system user. A person can be held at a checkpoint or be unconfirmed; that ends when Meta is satisfied. */
export interface PracticeUser {
  readonly id: string;
  readonly name: string;
  readonly kind: 'person' | 'system';
  standing: 'good' | 'checkpoint' | 'unconfirmed';
  /** WhatsApp Business Accounts that the user may manage. */
  readonly wabas: Set<string>;
}

/** A phone number of a WhatsApp Business Account. */
export interface PracticeNumber {
  readonly id: string;
  /** As Meta shows it, for example `+1 555-010-0001`. */
  readonly display: string;
  readonly verifiedName: string;
  quality: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  status: string;
  /** One of Meta's public test numbers: the only ones that may send `hello_world`. */
  readonly isTest: boolean;
  registered: boolean;
}

/** A message template. */
export interface PracticeTemplate {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly status: string;
  readonly category: string;
}

/** A WhatsApp Business Account. */
export interface PracticeWaba {
  readonly id: string;
  readonly name: string;
  readonly numbers: PracticeNumber[];
  readonly templates: PracticeTemplate[];
}

/** Why a token stopped working before its time. */
export type Ending = 'password_changed' | 'app_removed' | 'logged_out' | 'lost_role' | 'inactive_90_days';

/** One entry of `granular_scopes`; `targetIds` null leaves `target_ids` out, as for system users. */
export interface PracticeGranularScope {
  readonly scope: string;
  readonly targetIds: readonly string[] | null;
}

/** A token and all that Meta knows about it. Times in ms since 1970. */
export interface PracticeToken {
  /** `t1`, `t2` … in order of issue: how the journal names a token without showing it. */
  readonly label: string;
  readonly value: string;
  readonly appId: string;
  readonly userId: string;
  /** `type` in `debug_token`; null leaves it out. */
  readonly shownType: string | null;
  readonly profileId: string | null;
  readonly issuedAt: number;
  readonly showsIssuedAt: boolean;
  /** null: never. */
  expiresAt: number | null;
  /** null: none. */
  dataAccessEndsAt: number | null;
  scopes: readonly string[];
  /** null: derived from the scopes and the accounts. */
  granularScopes: readonly PracticeGranularScope[] | null;
  /** Accounts that the user had when the token was made: a token does not pick up what is assigned later. */
  readonly wabas: ReadonlySet<string>;
  readonly longLived: boolean;
  ended: Ending | null;
  /** How often it was exchanged. */
  exchanges: number;
}

/** A send that the simulated Meta accepted. There is no idempotency: each accepted call is one message. */
export interface SentMessage {
  readonly id: string;
  readonly at: number;
  readonly phoneNumberId: string;
  readonly to: string;
  readonly type: string;
  /** Label of the token that sent it. */
  readonly token: string;
  /** The body as received. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** An uploaded file. */
export interface PracticeMedia {
  readonly id: string;
  readonly wabaId: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}
