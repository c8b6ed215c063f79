import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { ADMIN_PATHS, proofText } from '../contract/admin.ts';
import type { Door } from './door.ts';

/** A question that only the Evertoken with this data folder can answer. */
export interface ProofQuestion {
  /** Path and query; holds no secret. */
  readonly path: string;
  /** Whether a proof is the right one, in constant time. */
  isRight(proof: string): boolean;
}

/** Makes a new question. Each is asked once: an answer that was overheard is worth nothing later. On a socket the port is 0. */
export function proofQuestion(key: string, door: Door): ProofQuestion {
  const nonce = randomBytes(24).toString('base64url');
  const right = createHmac('sha256', key).update(proofText(door.kind === 'port' ? door.port : 0, nonce)).digest();
  return {
    path: `${ADMIN_PATHS.health}?nonce=${nonce}`,
    isRight: (proof) => /^[0-9a-f]{64}$/.test(proof) && timingSafeEqual(Buffer.from(proof, 'hex'), right),
  };
}
