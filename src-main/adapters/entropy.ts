import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Entropy } from '../core/ports.ts';

const ID_BYTES = 16;
const RANDOM_BYTES = 6;
const RANDOM_RANGE = 2 ** (8 * RANDOM_BYTES);

/** Randomness and digests from the operating system. `id()` has 128 bits, as 22 URL-safe characters. */
export function systemEntropy(): Entropy {
  return {
    id: () => randomBytes(ID_BYTES).toString('base64url'),
    random: () => randomBytes(RANDOM_BYTES).readUIntBE(0, RANDOM_BYTES) / RANDOM_RANGE,
    sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
    hmacSha256: (key, text) => createHmac('sha256', key).update(text, 'utf8').digest('hex'),
  };
}
