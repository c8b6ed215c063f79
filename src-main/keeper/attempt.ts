import { causeTraits } from '../core/graph/cause-traits.ts';
import type { GraphFault } from '../core/graph/fault.ts';
import { afterAttempt } from '../core/renewal/history.ts';
import { nextPhase } from '../core/renewal/machine.ts';
import { firstDue } from '../core/renewal/plan.ts';
import type { ProofFailure, RenewalResult } from '../core/renewal/record.ts';
import type { AppCredentialsFault } from '../core/state.ts';
import { expiryOf } from '../core/token/life.ts';
import type { Live } from './live.ts';
import type { KeeperPorts } from './ports.ts';
import type { Roster } from './roster.ts';

/** What a try to renew came to. */
export interface Renewal {
  readonly result: RenewalResult;
  readonly fault: GraphFault | null;
  /** Why a candidate was worse. */
  readonly worse: readonly ProofFailure[];
  /** Permissions that the new token lacks and the one before had. */
  readonly lostScopes: readonly string[];
}

/** A try that ended without a new token. */
export function ended(result: Exclude<RenewalResult, 'renewed'>, fault: GraphFault | null = null, worse: readonly ProofFailure[] = []): Renewal {
  return { result, fault, worse, lostScopes: [] };
}

/** Writes a try without a new token into the history. `keepCandidate` leaves the candidate where it is, to be proved later. */
export async function conclude(ports: KeeperPorts, roster: Roster, live: Live, renewal: Renewal, keepCandidate = false): Promise<Renewal> {
  const { now, token } = roster.facts(live);
  const expiry = token === null ? null : expiryOf(token);
  const attempt = {
    at: now,
    result: renewal.result,
    fault: renewal.fault,
    remaining: expiry?.kind === 'at' ? expiry.at - now : null,
    jitter: ports.entropy.random(),
    early: token !== null && now < firstDue(token),
    worse: renewal.worse,
  };
  ports.log.write('warn', 'renewal-ended', { connection: live.connection.id, result: renewal.result, cause: renewal.fault?.cause ?? null, code: renewal.fault?.code ?? null, worse: renewal.worse.join(','), early: attempt.early });
  await roster.update(live, (before) => ({
    ...before,
    appCredentialsFault: appFaultAfter(before.appCredentialsFault, renewal, ports.clock.now()),
    renewal: { ...afterAttempt(before.renewal, attempt), phase: keepCandidate ? before.renewal.phase : nextPhase(before.renewal.phase, { event: 'given-up' }) },
  }));
  return renewal;
}

function appFaultAfter(before: AppCredentialsFault | null, { result, fault }: Renewal, at: number): AppCredentialsFault | null {
  if (fault !== null && causeTraits(fault.cause).appCredentials) return before ?? { ...fault, at, on: 'exchange' };
  // Meta took app id and secret and answered: whatever else is wrong, they are right.
  return result === 'no-progress' && before?.on === 'exchange' ? null : before;
}
