import type { Cause } from '../../../src-main/core/graph/fault.ts';

/** How Meta answers when somebody exchanges a long-lived user token of this shop. */
export type LongLivedExchange = 'extends' | 'same-string' | 'same-expiry';

/** What is wrong with the tokens that an exchange gives, for a while. */
export type Mischief =
  | 'same-string'
  | 'same-expiry'
  | 'earlier'
  | 'no-messaging'
  | 'fewer-extras'
  | 'other-user'
  | 'no-access'
  | 'dead-on-arrival'
  | 'refused';

/** A token as Meta knows it. */
export interface TrueToken {
  readonly text: string;
  readonly shop: Shop;
  readonly appId: string;
  readonly userId: string;
  readonly type: 'USER' | 'SYSTEM_USER';
  readonly longLived: boolean;
  /** ms since 1970. */
  readonly issuedAt: number;
  /** ms since 1970; null for never. */
  readonly expiresAt: number | null;
  readonly dataAccessEnd: number | null;
  readonly scopes: readonly string[];
  /** Reaches the number as long as the shop's user does. */
  readonly reaches: boolean;
  /** Why it died before its time; null while it did not. */
  death: Cause | null;
  /** Meta told the keeper definitely that it is dead. */
  toldDead: boolean;
  /** Meta told the keeper that it does not reach its number. */
  accessLossTold: boolean;
}

/** One business at Meta: an app, its users, a number, and how Meta treats it now. */
export interface Shop {
  readonly name: string;
  readonly phoneId: string;
  readonly wabaId: string;
  readonly appId: string;
  readonly hidesType: boolean;
  readonly hidesIssuedAt: boolean;
  readonly longLivedExchange: LongLivedExchange;
  readonly sixtyDaysOnly: boolean;
  appSecret: string;
  mischief: Mischief | null;
  /** Meta refuses app id and secret whatever they are. */
  appRefused: boolean;
  accessLost: boolean;
  /** App secrets that Meta refused at some time when the keeper came with them. */
  readonly refusedSecrets: Set<string>;
}
