import type { AlertRecord } from './alerts/alert.ts';
import type { GraphFault } from './graph/fault.ts';
import type { Snapshot } from './token/snapshot.ts';

/** The two clocks of a computer. */
export interface Clock {
  /** Wall clock, ms since 1970. It can jump: sleep, time zone tools, a wrong battery. */
  now(): number;
  /** Milliseconds since some start; never jumps and may or may not count sleep. */
  monotonic(): number;
}

/** The app whose token this is; both halves are needed to renew. `secret` is a secret. */
export interface AppCredentials {
  readonly appId: string;
  readonly appSecret: string;
}

/** How one call to Meta is signed: the token, and the app secret for `appsecret_proof` where it is known. */
export interface CallAuth {
  readonly token: string;
  readonly appSecret: string | null;
}

/** A phone number as Meta shows it. */
export interface PhoneNumber {
  readonly id: string;
  readonly display: string | null;
  readonly verifiedName: string | null;
  readonly quality: string | null;
}

/** Meta's answer: a value or a classified fault, never an exception. */
export type MetaAnswer<T> =
  | { readonly ok: true; readonly value: T; /** Meta's `Date` header, ms, null if absent. */ readonly serverTime: number | null }
  | { readonly ok: false; readonly fault: GraphFault; readonly serverTime: number | null };

/** The calls to Meta's Graph API that this product makes. */
export interface Meta {
  /** `GET /debug_token`. The caller is the app where `app` is given, else the token itself. An invalid token is `ok` with `valid: false`. */
  debugToken(token: string, app: AppCredentials | null): Promise<MetaAnswer<Snapshot>>;
  /** `GET /oauth/access_token`; answers the new token. `sixtyDays` only for a token that says `SYSTEM_USER`. */
  exchangeToken(token: string, app: AppCredentials, sixtyDays: boolean): Promise<MetaAnswer<string>>;
  /** `GET /{phone-number-id}`: the proof that the token reaches the number. */
  readNumber(phoneNumberId: string, auth: CallAuth): Promise<MetaAnswer<PhoneNumber>>;
  /** `GET /{waba-id}/phone_numbers`, all pages. */
  listNumbers(wabaId: string, auth: CallAuth): Promise<MetaAnswer<readonly PhoneNumber[]>>;
  /** `GET /app`: which app issued the token. */
  readApp(auth: CallAuth): Promise<MetaAnswer<{ readonly id: string; readonly name: string | null }>>;
}

/** Where a vault keeps things; written into every marker, so that a restart knows where to look. */
export type VaultKind = 'keychain' | 'memory' | 'file';

/**
 * The non-secret trace of a secret, kept in the settings. It is what tells "locked" from "was never there":
 * on Linux a locked keyring answers `null` exactly as an empty one does.
 */
export interface SecretMarker {
  /** Random id that is also stored inside the secret, so that a foreign or stale item is recognised. */
  readonly id: string;
  readonly vault: VaultKind;
  /** `<installation id>/<connection id>/<what>`. */
  readonly account: string;
  /** Last four characters. */
  readonly lastFour: string;
  /** ms since 1970. */
  readonly savedAt: number;
}

/** The five outcomes of looking for a secret. */
export type SecretRead =
  | { readonly outcome: 'present'; readonly secret: string }
  /** The vault is open and never held it (only without a marker, or when the write is known not to have returned). */
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'locked' }
  /** The vault is open, a marker stands, and the secret is gone. */
  | { readonly outcome: 'lost' }
  /** No vault to ask; `reason` is a sentence for a person (it names the package to install, for example). */
  | { readonly outcome: 'unavailable'; readonly reason: string };

/** The outcome of writing a secret. `stored` is a claim: the caller reads back. */
export type SecretWrite =
  | { readonly outcome: 'stored' }
  | { readonly outcome: 'locked' }
  | { readonly outcome: 'unavailable'; readonly reason: string };

/** Keeps secrets. Never throws; calls are answered one at a time. */
export interface Vault {
  readonly kind: VaultKind;
  /**
   * Reads the secret behind a marker. `ownerSaysUnlocked` lets the vault write a probe item to tell `lost`
   * from `locked`; without it an empty answer with a marker standing is `locked` on Linux unless the
   * vault's own sentinel item proves that the keyring is open.
   */
  read(marker: SecretMarker, ownerSaysUnlocked?: boolean): Promise<SecretRead>;
  write(marker: SecretMarker, secret: string): Promise<SecretWrite>;
  /** Removes one secret. True when it is gone for certain; false when that could not be done now. */
  erase(marker: SecretMarker): Promise<boolean>;
}

/** Randomness and digests, which the core may not import. */
export interface Entropy {
  /** A random id of at least 96 bits, URL-safe. */
  id(): string;
  /** Uniform in [0, 1). */
  random(): number;
  /** SHA-256 of UTF-8 text, lower-case hex. */
  sha256(text: string): string;
  /** HMAC-SHA256 of UTF-8 text under a key of UTF-8 text, lower-case hex. */
  hmacSha256(key: string, text: string): string;
}

/** A log line's severity. */
export type LogLevel = 'info' | 'warn' | 'error';

/** Where events are written. The sink redacts; callers pass no secrets all the same. */
export interface Log {
  write(level: LogLevel, event: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
}

/** Shows alerts to the owner. The alert itself is stored before it is shown, so showing may fail. */
export interface Notifier {
  tell(alert: AlertRecord): void;
  /** The cause has ended: take the notification away if it still stands. */
  withdraw(alertId: string): void;
}
