import type { Declared } from '../core/alerts/concerns.ts';
import type { VaultTrouble } from '../core/health/facts.ts';
import type { AppCredentials, CallAuth } from '../core/ports.ts';
import type { Connection, TokenRecord } from '../core/state.ts';
import { bestToken } from '../core/token/life.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { HandedToken } from './api.ts';

/** A connection while the keeper runs: its record, and the secrets that belong to it. */
export interface Live {
  connection: Connection;
  /** Token id → token. Secrets. */
  readonly secrets: Map<string, string>;
  /** Forgotten by the owner: nothing may be written or told for it any more. */
  removed: boolean;
  /** Token id → the app secret that came with that token. Secrets. */
  readonly broughtSecrets: Map<string, string>;
  /** A secret. */
  appSecret: string | null;
  vaultTrouble: VaultTrouble | null;
  /** The vault is open and no longer holds the app secret. */
  appSecretLost: boolean;
  /** When something is due next, ms since 1970; 0 asks for an immediate look. */
  dueAt: number;
  /** The same by the clock that never jumps, so that a wall clock set back does not put a renewal off. */
  dueAtMonotonic: number;
  /** The next check with Meta, ms since 1970. */
  checkAt: number;
  /** A bot's refused call asks for a check; it is made once `looked` allows. */
  checkWanted: boolean;
  /** The last check that was made for a refused call: of which token, and until when (monotonic ms) none is made for another. */
  looked: { readonly tokenId: string; readonly until: number } | null;
  /** A refused call is being looked into. */
  looking: boolean;
  /** What was declared about this connection in this run. */
  declared: Declared;
  /** The token as handed out last, good until `handUntil` (ms since 1970); the promise is made once for all who ask. */
  handed: { readonly token: HandedToken; readonly answer: Promise<HandedToken> } | null;
  handUntil: number;
  /** The answer that all callers wait for who came while a renewal was tried first. */
  handing: Promise<HandedToken | null> | null;
  /** The renewal under way, shared by everyone who asks for one. */
  renewing: Promise<Outcome> | null;
  /** Callers have waited for that renewal for as long as they may: the next get the best token at once. */
  waitedOut: boolean;
  /** Everything that changes this connection waits here for its turn. */
  turn: Promise<unknown>;
}

/** A connection that has just been read from the settings or made. */
export function liveOf(connection: Connection): Live {
  return {
    connection,
    secrets: new Map(),
    removed: false,
    broughtSecrets: new Map(),
    appSecret: null,
    vaultTrouble: null,
    appSecretLost: false,
    dueAt: 0,
    dueAtMonotonic: 0,
    checkAt: 0,
    checkWanted: false,
    looked: null,
    looking: false,
    declared: new Map(),
    handed: null,
    handUntil: 0,
    handing: null,
    renewing: null,
    waitedOut: false,
    turn: Promise.resolve(),
  };
}

/** Runs `work` when all earlier work on this connection is over: one writer at a time. */
export function inTurn<T>(live: Live, work: () => Promise<T>): Promise<T> {
  const result = live.turn.then(work, work);
  live.turn = result.catch(() => undefined);
  return result;
}

/** The token in use with its record, or null where there is none or it cannot be read. `token` is a secret. */
export function tokenInUse(live: Live): { readonly record: TokenRecord; readonly token: string } | null {
  const readable = live.connection.tokens.filter((record) => live.secrets.has(record.id));
  const record = bestToken(readable);
  const token = record === null ? undefined : live.secrets.get(record.id);
  return record === null || token === undefined ? null : { record, token };
}

/** App id and secret where both are known. Holds a secret. */
export function appCredentials(live: Live): AppCredentials | null {
  const { appId } = live.connection;
  return appId !== null && live.appSecret !== null ? { appId, appSecret: live.appSecret } : null;
}

/** How a call with a token is signed: an app secret belongs to one app only, so it proves no other app's token. */
export function signedBy(token: string, app: AppCredentials | null, tokenAppId: string | null): CallAuth {
  return { token, appSecret: app !== null && (tokenAppId === null || tokenAppId === app.appId) ? app.appSecret : null };
}

/** How calls with one of this connection's tokens are signed. */
export function authFor(live: Live, token: string, record: TokenRecord | null): CallAuth {
  return signedBy(token, appCredentials(live), record?.snapshot?.appId ?? null);
}
