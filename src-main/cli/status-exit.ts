import type { ConnectionView, StatusAnswer } from '../contract/status.ts';
import type { Health } from '../core/health/health.ts';

/**
 * Whether a connection in this health needs a person. Silence from Meta does not: Evertoken asks again. `unknown`
 * does (a locked keychain, a lost secret), save where the first check has simply not been made yet.
 */
const NEEDS_PERSON: Record<Health, boolean> = {
  healthy: false,
  unreachable: false,
  soon: true,
  urgent: true,
  expired: true,
  revoked: true,
  'access-lost': true,
  unknown: true,
};

/**
 * The exit code of `status`: 0 where nobody has to do anything, else 1. An urgent alert needs a person whatever
 * the health, acknowledged or not: being seen does not mend it. Nothing connected yet is something to do, too.
 */
export function statusExit({ connections, alerts }: StatusAnswer): 0 | 1 {
  const all = [...alerts, ...connections.flatMap((connection) => connection.alerts)];
  const needed = connections.length === 0 || connections.some(needsPerson) || all.some(({ severity }) => severity === 'urgent');
  return needed ? 1 : 0;
}

function needsPerson({ health, reasonCodes }: ConnectionView): boolean {
  return NEEDS_PERSON[health] && !(health === 'unknown' && reasonCodes[0] === 'not-checked');
}
