/**
 * Windows keeps at most 2,560 bytes for a secret, and it stores two bytes for many characters; 2,048 bytes of UTF-8
 * is what every system takes.
 */
const MOST_BYTES = 2_048;
const PREFIX = 'evertoken:1:';

/** A secret as it stands in the keychain: with the id of its marker, so that a foreign or stale item is recognised. */
export function sealEnvelope(markerId: string, secret: string): string {
  return `${PREFIX}${markerId}:${secret}`;
}

/** The secret, or null where the item is not the one of this marker. */
export function openEnvelope(markerId: string, stored: string): string | null {
  const head = `${PREFIX}${markerId}:`;
  return stored.startsWith(head) && stored.length > head.length ? stored.slice(head.length) : null;
}

/** A sentence for the owner where this cannot be stored anywhere, else null. */
export function refuseToStore(markerId: string, secret: string): string | null {
  if (secret === '') return 'There is nothing to keep: the value is empty.';
  if (Buffer.byteLength(sealEnvelope(markerId, secret)) > MOST_BYTES) {
    return 'This value is too long for a keychain. A token from Meta is much shorter: check what was pasted.';
  }
  return null;
}
