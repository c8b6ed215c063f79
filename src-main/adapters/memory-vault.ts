import type { SecretMarker, SecretRead, SecretWrite, Vault } from '../core/ports.ts';

const ELSEWHERE: Readonly<Record<'keychain' | 'file', string>> = {
  keychain: "This secret is in your computer's keychain, which cannot be used now. Make the keychain available, then restart Evertoken.",
  file: 'This secret is in your encrypted vault file. Start Evertoken with that file and its passphrase.',
};

/**
 * Keeps secrets for as long as the process lives, for a computer without a keychain. What another run kept reads
 * `lost`, since nothing can bring it back; what another kind of vault keeps reads `unavailable`, so that nobody
 * gives up a secret that is still there.
 */
export function createMemoryVault(): Vault {
  const secrets = new Map<string, { readonly id: string; readonly secret: string }>();
  const erased = new Set<string>();

  const read = (marker: SecretMarker): SecretRead => {
    const kept = secrets.get(marker.account);
    if (kept?.id === marker.id) return { outcome: 'present', secret: kept.secret };
    if (erased.has(marker.id)) return { outcome: 'absent' };
    return marker.vault === 'memory' ? { outcome: 'lost' } : { outcome: 'unavailable', reason: ELSEWHERE[marker.vault] };
  };

  const write = (marker: SecretMarker, secret: string): SecretWrite => {
    if (secret === '') return { outcome: 'unavailable', reason: 'There is nothing to keep: the value is empty.' };
    secrets.set(marker.account, { id: marker.id, secret });
    erased.delete(marker.id);
    return { outcome: 'stored' };
  };

  const erase = (marker: SecretMarker): boolean => {
    const ours = secrets.get(marker.account)?.id === marker.id;
    if (!ours && marker.vault !== 'memory') return false;
    if (ours) secrets.delete(marker.account);
    erased.add(marker.id);
    return true;
  };

  return {
    kind: 'memory',
    read: async (marker) => read(marker),
    write: async (marker, secret) => write(marker, secret),
    erase: async (marker) => erase(marker),
  };
}
