import { createHash, timingSafeEqual } from 'node:crypto';
import { sentHeader } from './headers.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** The SHA-256 of an API key: what is compared, so that neither length nor content shows in the time it takes. */
export type KeyDigest = Buffer;

/** Digests a key. Throws on an empty key, which would let everybody in. */
export function digestKey(key: string): KeyDigest {
  if (key === '') throw new Error('The API key is empty.');
  return createHash('sha256').update(key, 'utf8').digest();
}

/** Whether a presented key is the one behind the digest, in constant time. */
export function keyMatches(presented: string, digest: KeyDigest): boolean {
  return timingSafeEqual(createHash('sha256').update(presented, 'utf8').digest(), digest);
}

/** The key of `Authorization: Bearer KEY`; null where the header is missing, doubled or of another scheme. */
export function bearerKey(rawHeaders: readonly string[]): string | null {
  const header = sentHeader(rawHeaders, 'authorization');
  if (header.count !== 'one') return null;
  return /^bearer +([!-~]+)$/i.exec(header.value.trim())?.[1] ?? null;
}

/** Refuses a request that does not carry the key behind the digest. */
export function checkKey(rawHeaders: readonly string[], digest: KeyDigest): Refusal | null {
  const presented = bearerKey(rawHeaders);
  if (presented === null) return refusal('key-missing');
  return keyMatches(presented, digest) ? null : refusal('key-wrong');
}
