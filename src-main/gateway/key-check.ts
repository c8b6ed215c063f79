import { hash } from 'node:crypto';
import { sentHeader } from './headers.ts';

/** The SHA-256 of a key: what is compared, so that neither length nor content shows in the time it takes. */
export type KeyDigest = Buffer;

/** The SHA-256 of any text, 32 bytes. */
export function sha256(text: string): KeyDigest {
  // One call without an object in between: this runs for every message of a bot.
  return hash('sha256', text, 'buffer');
}

/** Digests a key. Throws on an empty key, which would let everybody in. */
export function digestKey(key: string): KeyDigest {
  if (key === '') throw new Error('The API key is empty.');
  return sha256(key);
}

/** The key of `Authorization: Bearer KEY`; null where the header is missing, doubled or of another scheme. */
export function bearerKey(rawHeaders: readonly string[]): string | null {
  const header = sentHeader(rawHeaders, 'authorization');
  if (header.count !== 'one') return null;
  return /^bearer +([!-~]+)$/i.exec(header.value.trim())?.[1] ?? null;
}
