import type { Concern, ConcernCode } from '../core/alerts/alert.ts';
import type { AppCredentials } from '../core/ports.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { StatusAnswer } from '../contract/status.ts';

/** What an owner gives to make a connection. Only the token is needed. */
export interface ConnectInput {
  readonly label: string | null;
  readonly environment: string | null;
  /** As pasted; it is cleaned here. */
  readonly token: string;
  readonly appId: string | null;
  readonly appSecret: string | null;
  readonly phoneNumberId: string | null;
  readonly wabaId: string | null;
  readonly source: 'connect' | 'import';
}

/** What stands for the owner's yes where nobody is there to be asked: to any token that works, once Meta has called the one in use dead. */
export const OVER_A_DEAD_TOKEN = 'over-a-dead-token';

/** What an owner gives to replace a connection's token. */
export interface ReplaceInput {
  /** Null keeps the token in use and changes only the app id and secret. */
  readonly token: string | null;
  /** New app id and secret, where the new token belongs to another app. */
  readonly app: AppCredentials | null;
  /** The owner has read the stated differences and wants it all the same. */
  readonly confirmed: boolean | typeof OVER_A_DEAD_TOKEN;
}

/** A token handed to a caller. `token` is a secret. */
export interface HandedToken {
  readonly token: string;
  readonly fingerprint: string;
  /** ms since 1970; null for never or unknown. */
  readonly expiresAt: number | null;
  /** `appsecret_proof` for this token; null where the app secret is not known. */
  readonly proof: string | null;
  /** Why this may not be the token one would wish for; null when all is well. */
  readonly warning: string | null;
}

/** The token manager: what the tray app, the server, the gateway and the command line stand on. */
export interface Keeper {
  /** Reads state and secrets. The first `tick` settles what a crash left open and checks everything with Meta. */
  start(): Promise<void>;
  /** Does whatever is due by the wall clock; call it once a minute. Calls that overlap share one run. */
  tick(): Promise<void>;
  /** When `tick` next has something to do, ms since 1970; in the past when it is due now, null where nothing will ever be. */
  nextDueAt(): number | null;
  /** Resume, unlock, network back: checks at once what matters. */
  wake(): Promise<void>;
  /** The token to use now, renewed first within 30 minutes of its expiry. Null where there is no such connection or no token at all. */
  accessToken(connectionId: string): Promise<HandedToken | null>;
  /** The token to use now as it stands, without waiting for anything or renewing it. Null likewise. */
  currentToken(connectionId: string): HandedToken | null;
  /** Whether a text is a token that this connection has or had before: the one in use, or an older one that is kept beside it until it is dead. */
  knowsToken(connectionId: string, token: string): boolean;
  /**
   * A call of a bot was refused by Meta with an authentication error, with the token of this fingerprint. For the token in use it
   * starts a check and raises an alert at once, which stands until the check or a later call says otherwise; for any other it does nothing.
   */
  tokenRefused(connectionId: string, fingerprint: string, fault: { readonly code: number; readonly message: string }): void;
  /** A call of a bot with the token of this fingerprint went through: an alert about a refused one ends. Costs next to nothing. */
  tokenAccepted(connectionId: string, fingerprint: string): void;
  /**
   * Says which concerns of one kind stand now, for a connection or with null for the app as a whole; they are told, kept and withdrawn
   * like every other alert. Until a kind is declared for the first time in a run, what was kept about it from the last one stands.
   */
  declare(connectionId: string | null, code: ConcernCode, concerns: readonly Concern[]): Promise<void>;
  status(): StatusAnswer;
  connect(input: ConnectInput): Promise<Outcome>;
  replace(connectionId: string, input: ReplaceInput): Promise<Outcome>;
  /** Renew now: skips backoff and the daily cap. Safe to call twice. */
  refresh(connectionId: string): Promise<Outcome>;
  /** Ties a connection to one of its app's phone numbers, once it is proved that the token reaches it. */
  chooseNumber(connectionId: string, phoneNumberId: string): Promise<Outcome>;
  /** Ask Meta now, renew nothing. */
  check(connectionId: string): Promise<Outcome>;
  /** Forgets a connection and erases its secrets. */
  remove(connectionId: string): Promise<Outcome>;
  acknowledge(alertId: string): Promise<Outcome>;
  /** Calls `listener` whenever something that the status tells may have changed; answers how to stop that. It must not throw. */
  onChange(listener: () => void): () => void;
  /** Finishes or safely leaves what is under way. */
  stop(): Promise<void>;
}
