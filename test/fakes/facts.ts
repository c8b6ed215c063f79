import { factsOf, type Facts, type Holdings } from '../../src-main/core/health/facts.ts';
import type { Cause, GraphFault } from '../../src-main/core/graph/fault.ts';
import { NO_RENEWALS } from '../../src-main/core/renewal/history.ts';
import type { RenewalRecord, RenewalResult } from '../../src-main/core/renewal/record.ts';
import type { Access, CheckRecord, Connection, TokenRecord } from '../../src-main/core/state.ts';
import { DAY } from '../../src-main/core/time.ts';
import { NEVER, type End, type Snapshot } from '../../src-main/core/token/snapshot.ts';

/** The instant that the tests of the core call now: 15 January 2030, noon UTC. */
export const NOW = Date.UTC(2030, 0, 15, 12);

/** An end `ms` after now (before it where negative). */
export function endIn(ms: number): End {
  return { kind: 'at', at: NOW + ms };
}

/** A fault as classified, with the numbers left out: the core branches on the cause alone. */
export function faultOf(cause: Cause, change: Partial<GraphFault> = {}): GraphFault {
  return { cause, code: null, subcode: null, httpStatus: null, message: '', ...change };
}

/** A living user token of 60 days, ten days old, as Meta describes it. */
export function snapshotOf(change: Partial<Snapshot> = {}): Snapshot {
  return {
    saidAt: NOW,
    valid: true,
    appId: '1001',
    userId: '9001',
    type: 'USER',
    expiry: endIn(50 * DAY),
    dataAccess: NEVER,
    issuedAt: NOW - 10 * DAY,
    scopes: ['whatsapp_business_messaging', 'whatsapp_business_management'],
    granularScopes: [],
    fault: null,
    ...change,
  };
}

/** A token that Meta calls dead for this cause. */
export function deadSnapshot(cause: Cause, change: Partial<Snapshot> = {}): Snapshot {
  return snapshotOf({ valid: false, fault: faultOf(cause), ...change });
}

/** A token's record; first seen when Meta issued it, where Meta says when. */
export function tokenOf(snapshot: Snapshot | null = snapshotOf(), change: Partial<TokenRecord> = {}): TokenRecord {
  const id = change.id ?? 't1';
  return {
    id,
    marker: { id, vault: 'keychain', account: `inst/c1/${id}`, lastFour: 'AAAA', savedAt: NOW - 10 * DAY },
    role: 'current',
    source: 'connect',
    fingerprint: '…AAAA 0a1b2c3d',
    firstSeenAt: snapshot?.issuedAt ?? NOW - 10 * DAY,
    snapshot,
    bringsApp: null,
    ...change,
  };
}

/** Access that was proved by reading the number. */
export const PROVED: Access = { kind: 'proved', at: NOW, checks: ['number'], number: { id: '2001', display: '+1 555 0100', verifiedName: 'Test Shop', quality: 'GREEN' } };

/** A check that Meta answered just now. */
export const ANSWERED: CheckRecord = { at: NOW, definiteAt: NOW, silent: 0, fault: null, clockAheadBy: 0 };

/** A check that met silence `silent` times in a row; Meta last spoke `since` ms before now, or never. */
export function silentFor(silent: number, since: number | null): CheckRecord {
  return { at: NOW, definiteAt: since === null ? null : NOW - since, silent, fault: faultOf('network'), clockAheadBy: null };
}

/** A connection that holds these tokens, app id and secret known, access proved, Meta in touch. */
export function connectionOf(tokens: readonly TokenRecord[], change: Partial<Connection> = {}): Connection {
  return {
    id: 'c1',
    label: 'Main shop',
    environment: 'production',
    appId: '1001',
    phoneNumberId: '2001',
    wabaId: '3001',
    createdAt: NOW - 100 * DAY,
    appSecret: { id: 's1', vault: 'keychain', account: 'inst/c1/app-secret', lastFour: 'BBBB', savedAt: NOW - 100 * DAY },
    appCredentialsFault: null,
    tokens,
    currentTokenId: tokens.find((token) => token.role === 'current')?.id ?? null,
    access: PROVED,
    offeredNumbers: [],
    lastCheck: ANSWERED,
    refusedCall: null,
    renewal: NO_RENEWALS,
    alerts: [],
    told: [],
    ...change,
  };
}

/** A renewal history that ended with this result `ago` ms before now. */
export function renewalOf(result: RenewalResult, change: Partial<RenewalRecord> = {}, ago = 0): RenewalRecord {
  return { ...NO_RENEWALS, lastAttempt: { at: NOW - ago, result, fault: null }, ...change };
}

/** What a test of judgement may say about a connection; everything else is in good order. */
export interface Given {
  readonly snapshot?: Partial<Snapshot>;
  readonly token?: Partial<TokenRecord>;
  readonly connection?: Partial<Connection>;
  /** False where the app secret is not at hand. */
  readonly appSecret?: boolean;
  readonly vaultTrouble?: Holdings['vaultTrouble'];
  readonly appSecretLost?: boolean;
  /** Wall clock, ms. */
  readonly now?: number;
}

/** Facts about a connection with one current token, gathered by the product's own `factsOf`. */
export function factsFor(given: Given = {}): Facts {
  const token = tokenOf(snapshotOf(given.snapshot), given.token);
  return factsOf(connectionOf([token], given.connection), holdings(given), given.now ?? NOW);
}

/** Facts about a connection with exactly these tokens. */
export function factsWith(tokens: readonly TokenRecord[], given: Omit<Given, 'snapshot' | 'token'> = {}): Facts {
  return factsOf(connectionOf(tokens, given.connection), holdings(given), given.now ?? NOW);
}

/** Facts about a token whose expiry only a person can move: the app secret was never given. */
export function personMust(expiresIn: number, given: Given = {}): Facts {
  return factsFor({ ...given, appSecret: false, snapshot: { issuedAt: NOW - 30 * DAY, expiry: endIn(expiresIn), ...given.snapshot } });
}

function holdings(given: Given): Holdings {
  return { hasAppSecret: given.appSecret ?? true, vaultTrouble: given.vaultTrouble ?? null, appSecretLost: given.appSecretLost ?? false };
}
