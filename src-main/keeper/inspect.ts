import { causeTraits } from '../core/graph/cause-traits.ts';
import type { GraphFault } from '../core/graph/fault.ts';
import type { AppCredentials, CallAuth, Clock, Meta } from '../core/ports.ts';
import { type Snapshot, UNKNOWN_END } from '../core/token/snapshot.ts';

/** What Meta said about a token when asked. */
export interface Inspection {
  /** What it said about the token; null where it said nothing definite. */
  readonly snapshot: Snapshot | null;
  /** Meta refused app id and secret. */
  readonly appFault: GraphFault | null;
  /** Why there is no snapshot. */
  readonly fault: GraphFault | null;
  /** Milliseconds our clock is ahead of Meta's; null where Meta sent no date. */
  readonly clockAheadBy: number | null;
}

/**
 * Asks Meta about a token with `debug_token`: through the app where its secret is known, else (or where Meta refuses
 * the app) through the token itself. Inspecting itself is not promised by Meta, so where that is refused the token
 * is tried on `/app`: an answer shows that it lives, a refusal that it is dead.
 */
export async function inspectToken(meta: Meta, clock: Clock, auth: CallAuth, app: AppCredentials | null): Promise<Inspection> {
  const throughApp = app === null ? null : await ask(meta, clock, auth.token, app);
  if (throughApp !== null && (throughApp.snapshot !== null || isSilent(throughApp.fault))) return throughApp;
  const appFault = throughApp?.fault && causeTraits(throughApp.fault.cause).appCredentials ? throughApp.fault : null;
  const itself = await ask(meta, clock, auth.token, null);
  if (itself.snapshot !== null || isSilent(itself.fault)) return { ...itself, appFault };
  const tried = await meta.readApp(appFault === null ? auth : { ...auth, appSecret: null });
  if (tried.ok) return { ...itself, appFault, fault: null, snapshot: { ...blankSnapshot(clock.now()), valid: true, appId: tried.value.id } };
  if (!causeTraits(tried.fault.cause).credential) return { ...itself, appFault };
  const dead = itself.fault !== null && causeTraits(itself.fault.cause).credential && itself.fault.cause !== 'unknown_auth' ? itself.fault : tried.fault;
  return { ...itself, appFault, fault: null, snapshot: { ...blankSnapshot(clock.now()), fault: dead } };
}

async function ask(meta: Meta, clock: Clock, token: string, app: AppCredentials | null): Promise<Inspection> {
  const answer = await meta.debugToken(token, app);
  const clockAheadBy = answer.serverTime === null ? null : clock.now() - answer.serverTime;
  return answer.ok ? { snapshot: answer.value, appFault: null, fault: null, clockAheadBy } : { snapshot: null, appFault: null, fault: answer.fault, clockAheadBy };
}

function isSilent(fault: GraphFault | null): boolean {
  return fault !== null && causeTraits(fault.cause).silence;
}

function blankSnapshot(saidAt: number): Snapshot {
  return { saidAt, valid: false, appId: null, userId: null, type: null, expiry: UNKNOWN_END, dataAccess: UNKNOWN_END, issuedAt: null, scopes: [], granularScopes: [], fault: null };
}
