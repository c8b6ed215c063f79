import { sentHeader } from './headers.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/**
 * Refuses unless exactly one `Host` names this server; null where nobody can be led to it by a name. A page of `evil.example` that resolves its own name to
 * 127.0.0.1 (DNS rebinding; CVE-2025-49596 among others) arrives here with its own name in `Host`.
 */
export function checkHost(rawHeaders: readonly string[], hosts: ReadonlySet<string> | null): Refusal | null {
  if (hosts === null) return null;
  const host = sentHeader(rawHeaders, 'host');
  return host.count === 'one' && hosts.has(host.value) ? null : refusal('wrong-host');
}
