import type { Right } from '../core/consumers/consumer.ts';
import type { Outcome } from './outcome.ts';

/** A key of the gateway as window and command line show it: whose it is, what it opens, and what came through it. Times are ISO 8601. */
export interface KeyView {
  readonly id: string;
  readonly name: string;
  readonly rights: readonly Right[];
  /** Ids; null for all connections, also later ones. */
  readonly connections: readonly string[] | null;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly calls: number;
  readonly renewals: number;
  readonly errors: number;
}

/** What an owner says of a new key. */
export interface CreateKeyRequest {
  readonly name: string;
  readonly rights: readonly Right[];
  readonly connections: readonly string[] | null;
}

/** The outcome of making a key. */
export interface CreatedKey extends Outcome {
  /** The key itself: a secret that is shown this once and kept nowhere. Null where none was made. */
  readonly key: string | null;
  /** Its public id; null where none was made. */
  readonly id: string | null;
}

/** Makes, lists and revokes keys, for whoever owns this Evertoken. */
export interface KeyDesk {
  list(): readonly KeyView[];
  create(request: CreateKeyRequest): Promise<CreatedKey>;
  /** From this moment on the key opens nothing. */
  revoke(id: string): Promise<Outcome>;
}

/** The gateway as the owner sees it. */
export interface GatewayView {
  /** Whether the owner wants it; in server mode always. */
  readonly enabled: boolean;
  /** Whether the owner may turn it on and off here. */
  readonly canChange: boolean;
  readonly port: number;
  /** Where bots reach it, such as `http://127.0.0.1:28743`; null while it does not listen. */
  readonly address: string | null;
  /** Why it does not listen although it should, in a sentence; null otherwise. */
  readonly trouble: string | null;
  readonly keys: readonly KeyView[];
}

/** The gateway's switch, and its keys. */
export interface GatewayDesk {
  readonly keys: KeyDesk;
  view(): GatewayView;
  /** Turns it on or off, or moves it to another port; what the owner wants is kept, also where the port cannot be had. */
  set(wish: { readonly enabled: boolean; readonly port: number }): Promise<Outcome>;
}
