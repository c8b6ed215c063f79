import { nextPhase } from '../core/renewal/machine.ts';
import type { Connection, TokenRecord, TokenSource } from '../core/state.ts';
import { fingerprintOf } from '../core/token/fingerprint.ts';
import { expiryOf } from '../core/token/life.ts';
import type { Snapshot } from '../core/token/snapshot.ts';
import { endFact } from '../core/words/log-facts.ts';
import type { AppCredentials, SecretMarker, Vault } from '../core/ports.ts';
import { type Custody, eraseSecret, holdAppSecret, keepSecret, newMarker } from './custody.ts';
import type { Live } from './live.ts';
import type { KeeperPorts } from './ports.ts';
import type { Roster } from './roster.ts';

/** A token on its way in. `token` is a secret. */
export interface Incoming {
  readonly token: string;
  readonly source: TokenSource;
  readonly snapshot: Snapshot | null;
  /** App id and secret that came with it, to take the place of the connection's. Holds a secret. */
  readonly app: AppCredentials | null;
}

/**
 * Stages a token: notes its marker in the settings, writes it to the vault, reads it back. Only then is it a
 * candidate. The note comes first, so that a crash right after the write leaves a trace that leads to the secret.
 * `inMemory` is the last resort of a locked keychain in a token's last day.
 */
export async function stageToken(ports: KeeperPorts, roster: Roster, live: Live, incoming: Incoming, inMemory = false): Promise<{ readonly tokenId: string; readonly custody: Custody }> {
  const vault = inMemory ? ports.vaults.memory : ports.vaults.active;
  const marker = newMarker(ports, roster.installationId, live.connection.id, 'token', incoming.token, vault);
  const record: TokenRecord = {
    id: marker.id,
    marker,
    role: 'staging',
    source: incoming.source,
    fingerprint: fingerprintOf(incoming.token, (text) => ports.entropy.sha256(text)),
    firstSeenAt: roster.facts(live).now,
    snapshot: incoming.snapshot,
    bringsApp: incoming.app === null ? null : { appId: incoming.app.appId, secret: newMarker(ports, roster.installationId, live.connection.id, 'app-secret', incoming.app.appSecret, vault) },
  };
  ports.secretWatch.add(incoming.token);
  if (incoming.app !== null) ports.secretWatch.add(incoming.app.appSecret);
  await roster.update(live, (before) => ({
    ...before,
    tokens: [...before.tokens, record],
    // A pause that an earlier try left must not hold up a renewed token's proof after a crash.
    renewal: { ...before.renewal, notBefore: incoming.source === 'renewal' ? null : before.renewal.notBefore, phase: nextPhase(before.renewal.phase, { event: 'candidate-fetched', tokenId: marker.id }) },
  }));
  const custody = await keepBoth(vault, record, incoming);
  if ('outcome' in custody) {
    live.secrets.set(marker.id, incoming.token);
    if (incoming.app !== null) live.broughtSecrets.set(marker.id, incoming.app.appSecret);
    await roster.update(live, (before) => readBackNoted(before, marker.id));
  } else {
    await discardToken(ports, roster, live, marker.id);
  }
  return { tokenId: marker.id, custody };
}

async function keepBoth(vault: Vault, { marker, bringsApp }: TokenRecord, { token, app }: Incoming): Promise<Custody> {
  if (app !== null && bringsApp !== null) {
    const custody = await keepSecret(vault, bringsApp.secret, app.appSecret);
    if (!('outcome' in custody)) return custody;
  }
  return keepSecret(vault, marker, token);
}

/** The record after a staged token was read back from the vault. */
export function readBackNoted(connection: Connection, tokenId: string): Connection {
  return {
    ...connection,
    tokens: connection.tokens.map((token) => (token.id === tokenId ? { ...token, role: 'candidate' } : token)),
    renewal: { ...connection.renewal, phase: nextPhase(connection.renewal.phase, { event: 'read-back' }) },
  };
}

/**
 * Promotes a proved candidate: the intent is saved, then the switch, which is one write of the settings; an app secret
 * that came with it changes in the same write. The token before stays until it is dead.
 */
export async function promoteToken(ports: KeeperPorts, roster: Roster, live: Live, tokenId: string, change: (connection: Connection) => Connection = (same) => same): Promise<void> {
  await roster.update(live, (before) => ({ ...before, renewal: { ...before.renewal, phase: nextPhase(before.renewal.phase, { event: 'proved' }) } }));
  const { appSecret: former, tokens, currentTokenId: formerId } = live.connection;
  const bringsApp = tokens.find((token) => token.id === tokenId)?.bringsApp ?? null;
  // The secret it succeeds is rubbish from the same write on, so that neither a crash nor a locked vault strands it.
  const rubbish = bringsApp === null || former === null ? [] : [rubbishOf(former)];
  try {
    await roster.update(live, (before) =>
      change({
        ...before,
        ...(bringsApp === null ? {} : { appId: bringsApp.appId, appSecret: bringsApp.secret, appCredentialsFault: null }),
        currentTokenId: tokenId,
        // It was about the token before.
        refusedCall: null,
        tokens: [...before.tokens.map((token) => switchRole(token, tokenId)), ...rubbish],
        renewal: { ...before.renewal, phase: nextPhase(before.renewal.phase, { event: 'switched' }) },
      }),
    );
  } finally {
    // A disk that refuses leaves the record in memory switched all the same: the secret must go with its app id.
    const brought = live.broughtSecrets.get(tokenId);
    if (bringsApp !== null && brought !== undefined) {
      live.broughtSecrets.delete(tokenId);
      holdAppSecret(ports, live, brought);
      roster.refreshPlan(live);
    }
  }
  for (const { id } of rubbish) await discardToken(ports, roster, live, id);
  const promoted = live.connection.tokens.find((token) => token.id === tokenId);
  ports.log.write('info', 'token-promoted', {
    connection: live.connection.id,
    label: live.connection.label,
    fingerprint: promoted?.fingerprint ?? null,
    source: promoted?.source ?? null,
    validUntil: promoted === undefined ? null : endFact(expiryOf(promoted)),
    app: bringsApp !== null,
    sameToken: tokens.find((token) => token.id === formerId)?.fingerprint === promoted?.fingerprint,
  });
}

function rubbishOf(marker: SecretMarker): TokenRecord {
  return { id: marker.id, marker, role: 'discarded', source: 'replacement', fingerprint: '', firstSeenAt: marker.savedAt, snapshot: null, bringsApp: null };
}

function switchRole(token: TokenRecord, currentId: string): TokenRecord {
  if (token.id === currentId) return { ...token, role: 'current', bringsApp: null };
  return token.role === 'current' ? { ...token, role: 'previous' } : token;
}

/** Ends a renewal under way without a candidate; the next one may begin. */
export async function giveUp(roster: Roster, live: Live): Promise<void> {
  await roster.update(live, (before) => ({ ...before, renewal: { ...before.renewal, phase: nextPhase(before.renewal.phase, { event: 'given-up' }) } }));
}

/** Gives a token up: out of the vault, then out of the settings, so that a marker never outlives its secret unseen. */
export async function discardToken(ports: KeeperPorts, roster: Roster, live: Live, tokenId: string): Promise<void> {
  const record = live.connection.tokens.find((token) => token.id === tokenId);
  const gone = record === undefined || (await eraseAll(ports, record));
  // Still not to be erased, as the record says already.
  if (!gone && record.role === 'discarded') return;
  // Every call that was made with it is over, so no late error can quote it, and the log need not know it for ever.
  for (const held of [live.secrets, live.broughtSecrets]) {
    const secret = held.get(tokenId);
    if (secret !== undefined) ports.secretWatch.remove(secret);
    held.delete(tokenId);
  }
  await roster.update(live, (before) => {
    const aboutIt = 'tokenId' in before.renewal.phase && before.renewal.phase.tokenId === tokenId;
    const renewal = aboutIt ? { ...before.renewal, phase: nextPhase(before.renewal.phase, { event: 'given-up' }) } : before.renewal;
    // A secret that could not be erased now keeps its record, as rubbish to be erased later.
    const tokens = gone ? before.tokens.filter((token) => token.id !== tokenId) : before.tokens.map((token) => (token.id === tokenId ? { ...token, role: 'discarded' as const } : token));
    return { ...before, renewal, tokens };
  });
}

async function eraseAll(ports: KeeperPorts, { marker, bringsApp }: TokenRecord): Promise<boolean> {
  const secretGone = bringsApp === null || (await eraseSecret(ports, bringsApp.secret));
  return (await eraseSecret(ports, marker)) && secretGone;
}
