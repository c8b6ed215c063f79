import type { TokenRecord } from '../core/state.ts';
import { expiryOf, mergeSnapshot } from '../core/token/life.ts';
import { eraseSecret, KEEP_REPLACED, keepSecret } from './custody.ts';
import { inspectToken } from './inspect.ts';
import { appCredentials, authFor, type Live } from './live.ts';
import type { KeeperPorts } from './ports.ts';
import type { Roster } from './roster.ts';
import { discardToken } from './stage.ts';

/**
 * Drops tokens that are over: discarded ones whose secret could not be erased then, and previous ones that Meta
 * calls dead. The clock alone drops nothing but a replaced token without an end, after a month.
 */
export async function dropDeadTokens(ports: KeeperPorts, roster: Roster, live: Live): Promise<void> {
  for (const token of live.connection.tokens) {
    if (token.role === 'discarded' || (token.role === 'previous' && (await isOver(ports, roster, live, token)))) {
      await discardToken(ports, roster, live, token.id);
      if (live.connection.tokens.some(({ id }) => id === token.id)) continue;
      ports.log.write('info', 'token-dropped', { connection: live.connection.id, fingerprint: token.fingerprint });
    }
  }
}

async function isOver(ports: KeeperPorts, roster: Roster, live: Live, token: TokenRecord): Promise<boolean> {
  if (token.snapshot?.valid === false) return true;
  // What an earlier run kept in memory went with it.
  if (token.marker.vault === 'memory' && !live.secrets.has(token.id)) return true;
  const now = ports.clock.now();
  const expiry = expiryOf(token);
  if (expiry.kind !== 'at') return now - token.firstSeenAt > KEEP_REPLACED && currentIsAlive(live);
  if (now < expiry.at) return false;
  const secret = live.secrets.get(token.id);
  if (secret === undefined) return false;
  const { snapshot } = await inspectToken(ports.meta, ports.clock, authFor(live, secret, token), appCredentials(live));
  if (snapshot === null) return false;
  await roster.update(live, (before) => ({ ...before, tokens: before.tokens.map((other) => (other.id === token.id ? { ...other, snapshot: mergeSnapshot(other.snapshot, snapshot) } : other)) }));
  return !snapshot.valid;
}

function currentIsAlive({ connection }: Live): boolean {
  return connection.tokens.some((token) => token.id === connection.currentTokenId && token.snapshot?.valid === true);
}

/**
 * Writes back what an open vault has lost while this process still holds it: deleted by a cleaning program, or gone with
 * a keyring file that was restored from an older copy. Stops at the first sign that the vault is not open.
 */
export async function restoreLost(ports: KeeperPorts, live: Live): Promise<void> {
  const { tokens, appSecret } = live.connection;
  const held = [
    ...tokens.filter(({ role }) => role !== 'discarded').map(({ id, marker }) => ({ marker, secret: live.secrets.get(id) })),
    ...(appSecret === null ? [] : [{ marker: appSecret, secret: live.appSecret ?? undefined }]),
  ];
  for (const { marker, secret } of held) {
    const vault = ports.vaults.of(marker);
    if (secret === undefined || vault === null) continue;
    const read = await vault.read(marker);
    if (read.outcome === 'locked' || read.outcome === 'unavailable') return;
    if (read.outcome === 'present') continue;
    const custody = await keepSecret(vault, marker, secret);
    ports.log.write('warn', 'secret-written-back', { connection: live.connection.id, vault: vault.kind, kept: 'outcome' in custody });
  }
}

/** Moves what had to be kept in memory into the vault, as soon as it takes it. */
export async function moveIntoVault(ports: KeeperPorts, roster: Roster, live: Live): Promise<void> {
  const vault = ports.vaults.active;
  if (vault.kind === 'memory') return;
  for (const token of live.connection.tokens) {
    const secret = live.secrets.get(token.id);
    if (token.marker.vault !== 'memory' || token.role === 'discarded' || secret === undefined) continue;
    // The same account each time: a vault that takes it and does not show it must not fill with copies.
    const marker = { ...token.marker, vault: vault.kind, savedAt: ports.clock.now() };
    const custody = await keepSecret(vault, marker, secret);
    if (!('outcome' in custody)) return void (await eraseSecret(ports, marker));
    await roster.update(live, (before) => ({ ...before, tokens: before.tokens.map((other) => (other.id === token.id ? { ...other, marker } : other)) }));
    await ports.vaults.memory.erase(token.marker);
    ports.log.write('info', 'token-moved-into-vault', { connection: live.connection.id, vault: vault.kind, fingerprint: token.fingerprint });
  }
  await moveAppSecret(ports, roster, live);
}

async function moveAppSecret(ports: KeeperPorts, roster: Roster, live: Live): Promise<void> {
  const former = live.connection.appSecret;
  if (former?.vault !== 'memory' || live.appSecret === null) return;
  const vault = ports.vaults.active;
  const marker = { ...former, vault: vault.kind, savedAt: ports.clock.now() };
  const custody = await keepSecret(vault, marker, live.appSecret);
  if (!('outcome' in custody)) return void (await eraseSecret(ports, marker));
  await roster.update(live, (before) => ({ ...before, appSecret: marker }));
  await ports.vaults.memory.erase(former);
}
