import { sentHeader } from './headers.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/**
 * Refuses unless exactly one `Host` names this server. A page of `evil.example` that resolves its own name to
 * 127.0.0.1 (DNS rebinding; CVE-2025-49596 among others) arrives here with its own name in `Host`.
 */
export function checkHost(rawHeaders: readonly string[], port: number): Refusal | null {
  const host = sentHeader(rawHeaders, 'host');
  const own = host.count === 'one' && (host.value === `127.0.0.1:${port}` || host.value === `localhost:${port}`);
  return own ? null : refusal('wrong-host');
}
