import type { AlertRecord, Told } from './alerts/alert.ts';
import type { GraphFault } from './graph/fault.ts';
import type { PhoneNumber, SecretMarker } from './ports.ts';
import type { RenewalRecord } from './renewal/record.ts';
import type { Snapshot } from './token/snapshot.ts';

/** How a token came to us. */
export type TokenSource = 'connect' | 'import' | 'replacement' | 'renewal';

/**
 * Where a token stands in its life. `staging`: its write to the vault may or may not have returned;
 * `candidate`: read back, not yet proved; `current`: in use; `previous`: kept until it is dead;
 * `discarded`: given up, its secret still to be erased.
 */
export type TokenRole = 'staging' | 'candidate' | 'current' | 'previous' | 'discarded';

/** What is kept about a token besides the token: everything a restart needs to find and judge it. */
export interface TokenRecord {
  /** The marker's id; one vault item per token, so that a switch is one atomic write of the settings. */
  readonly id: string;
  readonly marker: SecretMarker;
  readonly role: TokenRole;
  readonly source: TokenSource;
  /** Last four characters and a short hash: what people and logs see. */
  readonly fingerprint: string;
  /** ms since 1970; life counts from here where Meta gives no `issued_at`. */
  readonly firstSeenAt: number;
  readonly snapshot: Snapshot | null;
  /** App id and secret that came with the token and take the place of the connection's when it is promoted. */
  readonly bringsApp: { readonly appId: string; readonly secret: SecretMarker } | null;
}

/** A way of proving access: reading the number, or finding it in its WhatsApp Business Account (WABA). */
export type AccessCheck = 'number' | 'waba';

/** Whether the token reaches its number, as Meta last said definitely. */
export type Access =
  | { readonly kind: 'unchecked' }
  | { readonly kind: 'proved'; readonly at: number; /** Which checks passed; empty when there was no number to check. */ readonly checks: readonly AccessCheck[]; readonly number: PhoneNumber | null }
  | { readonly kind: 'lost'; readonly at: number; readonly fault: GraphFault };

/** One WhatsApp number (or app) to keep alive. */
export interface Connection {
  readonly id: string;
  readonly label: string;
  readonly environment: string;
  readonly appId: string | null;
  readonly phoneNumberId: string | null;
  readonly wabaId: string | null;
  readonly createdAt: number;
  readonly appSecret: SecretMarker | null;
  /** Meta refused app id and secret: when and how; null while they work. */
  readonly appCredentialsFault: AppCredentialsFault | null;
  readonly tokens: readonly TokenRecord[];
  readonly currentTokenId: string | null;
  readonly access: Access;
  /** Numbers found at Meta while none was chosen. */
  readonly offeredNumbers: readonly (PhoneNumber & { readonly wabaId: string })[];
  readonly lastCheck: CheckRecord | null;
  /** A bot's call that Meta refused, while nothing has settled what that means; null where there is none. */
  readonly refusedCall: RefusedCall | null;
  readonly renewal: RenewalRecord;
  readonly alerts: readonly AlertRecord[];
  readonly told: readonly Told[];
}

/** Meta refused app id and secret; lifted only by a call of the same kind that it accepts. */
export type AppCredentialsFault = GraphFault & { readonly at: number; readonly on: 'debug' | 'exchange' };

/**
 * Meta refused a bot's call with an authentication error. That is no answer about the token: only a check changes how it
 * stands. It is over when a call goes through, when the check finds the token dead or cut off, or with the next token.
 */
export interface RefusedCall {
  /** The token that the call was made with. */
  readonly tokenId: string;
  /** ms since 1970. */
  readonly at: number;
  /** Meta's code: 190, 102 or 0. */
  readonly code: number;
  /** Meta's words, without secrets. */
  readonly message: string;
  /** When Meta, asked after that, called the token valid all the same, ms since 1970; null while it has not answered. */
  readonly validAt: number | null;
}

/** The last look at Meta. */
export interface CheckRecord {
  readonly at: number;
  /** When Meta last said anything definite about the credential; null if never. */
  readonly definiteAt: number | null;
  /** Checks in a row that got no answer that counts: no network, a failing server, a limit. */
  readonly silent: number;
  /** What the last one met that did not go as it should, silent or not. */
  readonly fault: GraphFault | null;
  /** Milliseconds the computer's clock is ahead of Meta's `Date`; null if unknown. */
  readonly clockAheadBy: number | null;
}

/** Everything that is kept in the settings. Holds no secret. */
export interface KeeperState {
  readonly installationId: string;
  readonly connections: readonly Connection[];
  /** Alerts that belong to no connection: settings set aside, memory only … */
  readonly alerts: readonly AlertRecord[];
  readonly told: readonly Told[];
}

/** Durable store of the state; `save` resolves when it would survive a kill. Rejects if it cannot be written. */
export interface StateStore {
  load(): Promise<KeeperState>;
  save(state: KeeperState): Promise<void>;
}
