import type { DeliverySummary, DeliveryView } from './deliveries.ts';
import type { KeyView } from './keys.ts';
import type { StatusAnswer } from './status.ts';

/** The port of 127.0.0.1 that Evertoken listens on where none was chosen; below 32000, so that no outgoing connection takes it by chance. */
export const DEFAULT_PORT = 28_743;

/** Where the answers to the admin routes can be found; server and command line share these, so that they cannot drift apart. */
export const ADMIN_PATHS = {
  health: '/healthz',
  status: '/admin/token-status',
  refresh: '/admin/refresh-token',
  connections: '/admin/connections',
  acknowledge: '/admin/alerts/acknowledge',
  keys: '/admin/keys',
  deliveries: '/admin/deliveries',
  command: '/admin/deliveries/command',
  deliver: '/admin/deliver',
  /** `{id}/token` follows. */
  token: '/v1/connections',
} as const;

/**
 * What a server signs with its API key (HMAC-SHA256, lower-case hex) when `GET /healthz?nonce=NONCE` asks for a proof that
 * it knows the key. The port is in it, so that a stranger on another port cannot pass the question on.
 */
export function proofText(port: number, nonce: string): string {
  return `evertoken-server-proof:${port}:${nonce}`;
}

/** A connection as it is named to somebody who has to choose one. */
export interface ConnectionName {
  readonly id: string;
  readonly label: string;
}

/** The body of `POST /admin/connections`. Only the token is needed; `token` and `appSecret` are secrets. */
export interface ConnectRequest {
  readonly token: string;
  readonly label?: string | null;
  readonly environment?: string | null;
  readonly appId?: string | null;
  readonly appSecret?: string | null;
  readonly phoneNumberId?: string | null;
  readonly wabaId?: string | null;
  readonly source?: 'connect' | 'import';
}

/** The body of `POST /admin/connections/{id}/replace`. `token` and `app.appSecret` are secrets. */
export interface ReplaceRequest {
  /** Null or absent: the token in use stays, and only `app` is replaced. */
  readonly token?: string | null;
  readonly app?: { readonly appId: string; readonly appSecret: string } | null;
  /** True once the owner has read the differences that an answer with code `confirm` listed. */
  readonly confirmed?: boolean;
}

/** The body of `POST /admin/connections/{id}/number`. */
export interface ChooseNumberRequest {
  readonly phoneNumberId: string;
}

/** The body of `POST /admin/alerts/acknowledge`. In the body, because an alert's id holds slashes. */
export interface AcknowledgeRequest {
  readonly id: string;
}

/** The answer of `GET /admin/token-status` to the owner's key. */
export interface TokenStatusAnswer extends StatusAnswer {
  readonly deliveries: readonly DeliveryView[];
}

/** The same for a consumer's key: its own connections and nothing of the rest; and of alerts about the owner's computer only that they are there. */
export interface ConsumerStatusAnswer extends StatusAnswer {
  readonly deliveries: readonly DeliverySummary[];
}

/** The answer of `GET /admin/keys`. `POST` takes a `CreateKeyRequest` and answers `CreatedKey`; `DELETE /admin/keys/{id}` answers an outcome. */
export interface KeysAnswer {
  readonly keys: readonly KeyView[];
}

/** The answer of `GET /admin/deliveries`. Every other route about deliveries answers an outcome. */
export interface DeliveriesAnswer {
  readonly deliveries: readonly DeliveryView[];
}

/** The answer of `GET /v1/connections/{id}/token`. `access_token` and `appsecret_proof` are secrets. Named as Meta names them, for bots. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly fingerprint: string;
  /** ISO 8601; null for never or unknown. */
  readonly expires_at: string | null;
  /** Null where the app secret is not known. */
  readonly appsecret_proof: string | null;
  /** Why this may not be the token one would wish for; null when all is well. Also in the `Warning` header. */
  readonly warning: string | null;
}

/** Why the server did not do what was asked; every answer that is no 2xx has this shape. */
export interface ErrorAnswer {
  readonly error: {
    /** A sentence for a person. */
    readonly message: string;
    readonly type: 'EvertokenError';
    /** Stable, kebab-case. */
    readonly code: string;
    /** The choices, where the answer asks to name a connection. */
    readonly connections?: readonly ConnectionName[];
  };
}
