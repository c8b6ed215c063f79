import { createHmac } from 'node:crypto';
import { proofText } from '../contract/admin.ts';

/** Proves to a caller that this server knows the API key; null for a nonce that is none. */
export type ServerProof = (nonce: string) => string | null;

/** Makes the proofs of one server. `port` is asked at each, since it is known only once the server listens. */
export function createServerProof(apiKey: string, port: () => number): ServerProof {
  // Short ones repeat, and whoever collected answers could then give an old one.
  return (nonce) => (/^[\w-]{16,128}$/.test(nonce) ? createHmac('sha256', apiKey).update(proofText(port(), nonce)).digest('hex') : null);
}
