import type { VaultTrouble } from '../core/health/facts.ts';
import type { SecretMarker, SecretRead, Vault } from '../core/ports.ts';
import type { Connection } from '../core/state.ts';
import { HOUR } from '../core/time.ts';
import { appCredentials, type Live } from './live.ts';
import type { KeeperPorts } from './ports.ts';

/** Whether a secret is in the vault for certain. */
export type Custody = { readonly outcome: 'kept' } | VaultTrouble;

/** A new marker for a secret of a connection. Nothing is written yet. */
export function newMarker(ports: KeeperPorts, installationId: string, connectionId: string, what: 'token' | 'app-secret', secret: string, vault: Vault = ports.vaults.active): SecretMarker {
  const id = ports.entropy.id();
  const account = `${installationId}/${connectionId}/${what}-${id}`;
  return { id, vault: vault.kind, account, lastFour: secret.length < 12 ? '' : secret.slice(-4), savedAt: ports.clock.now() };
}

/**
 * Writes a secret and reads it back: only what can be read again counts as kept. A keyring that takes a write and
 * loses it was seen, so the vault's own word is not enough.
 */
export async function keepSecret(vault: Vault, marker: SecretMarker, secret: string): Promise<Custody> {
  const written = await vault.write(marker, secret);
  if (written.outcome === 'locked') return { kind: 'locked' };
  if (written.outcome === 'unavailable') return { kind: 'unavailable', reason: written.reason };
  return readBack(vault, marker, secret);
}

async function readBack(vault: Vault, marker: SecretMarker, secret: string): Promise<Custody> {
  const read = await vault.read(marker);
  if (read.outcome !== 'present') return troubleOf(read);
  return read.secret === secret ? { outcome: 'kept' } : { kind: 'lost' };
}

/** Reads the secret behind a marker from whichever vault it names. */
export function readSecret(ports: KeeperPorts, marker: SecretMarker, ownerSaysUnlocked = false): Promise<SecretRead> {
  const vault = ports.vaults.of(marker);
  if (vault === null) return Promise.resolve({ outcome: 'unavailable', reason: VAULT_MISSING[marker.vault] });
  return vault.read(marker, ownerSaysUnlocked);
}

const VAULT_MISSING = {
  keychain: 'it was saved in the keychain, which is not at hand here.',
  file: 'it was saved in an encrypted vault file; start Evertoken with that file and its passphrase.',
  memory: 'it was kept in memory only and ended with the last run.',
} as const;

/**
 * Fetches the secrets of a connection that are not in memory yet and notes what stands in the way. A locked vault is
 * asked again later; nothing is deleted or rewritten for it. `ownerSaysUnlocked` passes the owner's word on.
 */
export async function loadSecrets(ports: KeeperPorts, live: Live, ownerSaysUnlocked = false): Promise<void> {
  let trouble: VaultTrouble | null = null;
  const { connection } = live;
  if (connection.appSecret !== null && live.appSecret === null) {
    const read = await readSecret(ports, connection.appSecret, ownerSaysUnlocked);
    live.appSecretLost = read.outcome === 'lost' || read.outcome === 'absent';
    if (read.outcome === 'present') holdAppSecret(ports, live, read.secret);
    else if (read.outcome === 'locked' || read.outcome === 'unavailable') trouble = troubleOf(read);
  }
  for (const token of connection.tokens) {
    if (live.secrets.has(token.id) || token.role === 'discarded') continue;
    const read = await readSecret(ports, token.marker, ownerSaysUnlocked);
    if (read.outcome === 'present') holdToken(ports, live, token.id, read.secret);
    else if (token.id === connection.currentTokenId) trouble = troubleOf(read);
  }
  live.vaultTrouble = trouble;
}

function troubleOf(read: Exclude<SecretRead, { outcome: 'present' }>): VaultTrouble {
  switch (read.outcome) {
    case 'absent':
    case 'lost':
      return { kind: 'lost' };
    case 'locked':
      return { kind: 'locked' };
    case 'unavailable':
      return { kind: 'unavailable', reason: read.reason };
  }
}

/** Takes a token into memory; from now on no log line can carry it. */
export function holdToken(ports: KeeperPorts, live: Live, tokenId: string, token: string): void {
  live.secrets.set(tokenId, token);
  ports.secretWatch.add(token);
}

/** Takes an app secret into memory; from now on no log line can carry it. */
export function holdAppSecret(ports: KeeperPorts, live: Live, secret: string): void {
  live.appSecret = secret;
  live.appSecretLost = false;
  ports.secretWatch.add(secret);
  const app = appCredentials(live);
  if (app !== null) ports.secretWatch.add(`${app.appId}|${app.appSecret}`);
}

/** Erases a secret from its vault. False where the vault could not be asked now. */
export async function eraseSecret(ports: KeeperPorts, marker: SecretMarker): Promise<boolean> {
  const vault = ports.vaults.of(marker);
  return vault === null ? marker.vault === 'memory' : vault.erase(marker);
}

/** How long a replaced token without an end is kept, ms: long enough to notice that the new one was a mistake. */
export const KEEP_REPLACED = 30 * 24 * HOUR;

/** Every secret that a connection has anywhere. */
export function markersOf({ appSecret, tokens }: Connection): readonly SecretMarker[] {
  const ofTokens = tokens.flatMap(({ marker, bringsApp }) => (bringsApp === null ? [marker] : [marker, bringsApp.secret]));
  return appSecret === null ? ofTokens : [...ofTokens, appSecret];
}
