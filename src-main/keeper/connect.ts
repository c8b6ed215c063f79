import { NO_RENEWALS } from '../core/renewal/history.ts';
import type { AppCredentials, VaultKind } from '../core/ports.ts';
import type { Connection } from '../core/state.ts';
import { fingerprintOf } from '../core/token/fingerprint.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { ConnectInput } from './api.ts';
import { accessAfter } from './check.ts';
import { type Custody, eraseSecret, markersOf } from './custody.ts';
import { examineToken, numberWords, type ProvedToken, refuse } from './intake.ts';
import { inTurn, type Live, liveOf } from './live.ts';
import { storageOutcome } from './outcomes.ts';
import type { KeeperPorts } from './ports.ts';
import type { Roster } from './roster.ts';
import { promoteToken, stageToken } from './stage.ts';

/** A connection that was just made, or why it was not. */
export type Connected = { readonly ok: true; readonly live: Live; readonly notes: readonly string[] } | { readonly ok: false; readonly outcome: Outcome };

/** Makes a connection: the token is proved first and stored after, so bad input changes nothing. */
export async function makeConnection(ports: KeeperPorts, roster: Roster, input: ConnectInput): Promise<Connected> {
  const credentials = credentialsOf(input);
  if (!credentials.ok) return credentials;
  const examined = await examineToken(ports, input.token, { appId: input.appId, app: credentials.app, byOwner: true }, input);
  if (!examined.ok) return examined;
  const { proved } = examined;
  const known = findByToken(ports, roster, proved.token);
  if (known !== null) return refuse('already-connected', `This token is already in use by “${known.connection.label}”. Nothing was changed.`);
  const twin = findByNumber(roster, proved.access.phoneNumberId);
  if (twin !== null) return refuse('number-already-connected', `This number is already connected as “${twin.connection.label}”. To give it a new token, replace the token there. Nothing was changed.`);
  const live = liveOf(newConnection(ports, roster, input, proved));
  const kept = await inTurn(live, () => keepOrUndo(ports, roster, live, credentials.app, input, proved));
  if (!kept.ok) return kept;
  return { ok: true, live, notes: [...proved.notes, ...proved.access.notes, ...proved.access.offered.map(numberWords)] };
}

/** App id and secret belong together; one of them alone is told, since it would silently not renew. */
function credentialsOf(input: Pick<ConnectInput, 'appId' | 'appSecret'>): { readonly ok: true; readonly app: AppCredentials | null } | ReturnType<typeof refuse> {
  const { appId, appSecret } = input;
  if (appId !== null && !/^\d{5,20}$/.test(appId)) return refuse('bad-app-id', 'The app id is a number of 15 or 16 digits, shown at the top of your app at Meta. Nothing was changed.');
  if (appSecret === null) return { ok: true, app: null };
  if (appId === null) return refuse('app-id-missing', 'An app secret was given without its app id. Give both. Nothing was changed.');
  if (/[^\x21-\x7e]/.test(appSecret) || appSecret.length < 8 || appSecret.length > 256) return refuse('bad-app-secret', 'The app secret is usually 32 letters and digits, without spaces. Copy it again from App settings, Basic. Nothing was changed.');
  return { ok: true, app: { appId, appSecret } };
}

function newConnection(ports: KeeperPorts, roster: Roster, input: ConnectInput, { snapshot, access, clockAheadBy }: ProvedToken): Connection {
  const now = ports.clock.now();
  return {
    id: shortId(ports, roster),
    label: input.label ?? access.number?.verifiedName ?? access.number?.display ?? `App ${snapshot.appId ?? input.appId ?? 'unknown'}`,
    environment: input.environment ?? 'production',
    appId: input.appId ?? snapshot.appId,
    phoneNumberId: access.phoneNumberId,
    wabaId: access.wabaId,
    createdAt: now,
    appSecret: null,
    appCredentialsFault: null,
    tokens: [],
    currentTokenId: null,
    access: accessAfter(access, now),
    offeredNumbers: access.offered,
    lastCheck: { at: now, definiteAt: now, silent: 0, fault: null, clockAheadBy },
    refusedCall: null,
    renewal: NO_RENEWALS,
    alerts: [],
    told: [],
  };
}

/** Ids are typed by owners, so they are short; they are not secrets. */
function shortId(ports: KeeperPorts, roster: Roster): string {
  for (;;) {
    const id = `c-${ports.entropy.id().toLowerCase().replaceAll(/[^a-z0-9]/g, '').slice(0, 8)}`;
    if (id.length === 10 && roster.get(id) === null) return id;
  }
}

/** Keeps token and app secret, or leaves nothing behind: a disk that refuses must not leave half a connection. */
async function keepOrUndo(ports: KeeperPorts, roster: Roster, live: Live, app: AppCredentials | null, input: ConnectInput, proved: ProvedToken): Promise<{ readonly ok: true } | ReturnType<typeof refuse>> {
  try {
    await roster.add(live);
    const { tokenId, custody } = await stageToken(ports, roster, live, { token: proved.token, source: input.source, snapshot: proved.snapshot, app });
    if (!('outcome' in custody)) {
      // What could not be erased is still recorded until the connection is forgotten.
      const left = live.connection.tokens.length > 0;
      await roster.remove(live);
      return left ? refuse('copy-left-behind', `The ${VAULT_NAMES[ports.vaults.active.kind]} did not keep the token reliably, so no connection was made. A copy may be left in it (service “Evertoken”); delete it there.`) : custodyRefusal(custody, ports.vaults.active.kind);
    }
    await promoteToken(ports, roster, live, tokenId);
    return { ok: true };
  } catch (error) {
    for (const marker of markersOf(live.connection)) await eraseSecret(ports, marker);
    // If the disk still refuses, the next start finds a connection without a token and forgets it.
    await roster.remove(live).catch(() => undefined);
    return { ok: false, outcome: storageOutcome(null, error) };
  }
}

/** Why a secret could not be kept, for the owner. */
export function custodyRefusal(trouble: Exclude<Custody, { outcome: 'kept' }>, vault: VaultKind): ReturnType<typeof refuse> {
  switch (trouble.kind) {
    case 'locked':
      return refuse('keychain-locked', 'The keychain is locked, so the token cannot be kept safely. Unlock it (log in to your desktop) and try again. Nothing was changed.');
    case 'lost':
      return refuse('vault-lost-it', `The ${VAULT_NAMES[vault]} took the token but did not give it back, so it cannot be trusted with it. Try again${vault === 'keychain' ? ', or start Evertoken with an encrypted vault file' : ''}. Nothing was changed.`);
    case 'unavailable':
      return refuse('vault-unavailable', `The token could not be kept in the ${VAULT_NAMES[vault]}: ${trouble.reason} Nothing was changed.`);
  }
}

const VAULT_NAMES: Record<VaultKind, string> = { keychain: 'keychain', file: 'encrypted vault file', memory: 'memory of Evertoken' };

function findByToken(ports: KeeperPorts, roster: Roster, token: string): Live | null {
  const fingerprint = fingerprintOf(token, (text) => ports.entropy.sha256(text));
  for (const live of roster.all()) if (live.connection.tokens.some((record) => record.role !== 'discarded' && record.fingerprint === fingerprint)) return live;
  return null;
}

/** The connection that stands for a phone number already, or null. */
export function findByNumber(roster: Roster, phoneNumberId: string | null): Live | null {
  if (phoneNumberId === null) return null;
  for (const live of roster.all()) if (live.connection.phoneNumberId === phoneNumberId) return live;
  return null;
}
