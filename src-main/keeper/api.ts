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

/** What an owner gives to replace a connection's token. */
export interface ReplaceInput {
  /** Null keeps the token in use and changes only the app id and secret. */
  readonly token: string | null;
  /** New app id and secret, where the new token belongs to another app. */
  readonly app: AppCredentials | null;
  /** The owner has read the stated differences and wants it all the same. */
  readonly confirmed: boolean;
}

/** A token handed to a caller. `token` is a secret. */
export interface HandedToken {
  readonly token: string;
  readonly fingerprint: string;
  /** ms since 1970; null for never or unknown. */
  readonly expiresAt: number | null;
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
