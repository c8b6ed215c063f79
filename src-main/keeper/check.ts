import { causeTraits } from '../core/graph/cause-traits.ts';
import type { GraphFault } from '../core/graph/fault.ts';
import type { Access, CheckRecord, Connection, RefusedCall } from '../core/state.ts';
import { firstDue } from '../core/renewal/plan.ts';
import { MINUTE } from '../core/time.ts';
import { mergeSnapshot } from '../core/token/life.ts';
import type { Snapshot } from '../core/token/snapshot.ts';
import { endFact } from '../core/words/log-facts.ts';
import { type AccessProof, proveAccess } from './access.ts';
import { type Inspection, inspectToken } from './inspect.ts';
import { appCredentials, authFor, type Live, tokenInUse } from './live.ts';
import type { KeeperPorts } from './ports.ts';
import type { Roster } from './roster.ts';

/** A bot's refused calls, however many, cost one check in so long, ms. */
const LOOK_EVERY = MINUTE;

/**
 * Asks Meta about the token in use and whether it still reaches its number, and writes down what is definite.
 * A token that turns out dead makes room for a living older one, which is then checked in its place.
 * Call it in the connection's turn.
 */
export async function checkConnection(ports: KeeperPorts, roster: Roster, live: Live): Promise<void> {
  if (live.checkWanted) {
    live.checkWanted = false;
    live.looked = { tokenId: tokenInUse(live)?.record.id ?? '', until: ports.clock.monotonic() + LOOK_EVERY };
  }
  const asked = new Set<string>();
  for (let inUse = tokenInUse(live); inUse !== null && !asked.has(inUse.record.id); inUse = tokenInUse(live)) {
    asked.add(inUse.record.id);
    await checkToken(ports, roster, live, inUse.record.id, inUse.token);
  }
}

async function checkToken(ports: KeeperPorts, roster: Roster, live: Live, tokenId: string, token: string): Promise<void> {
  const record = live.connection.tokens.find((candidate) => candidate.id === tokenId) ?? null;
  const auth = authFor(live, token, record);
  const { refusedCall } = live.connection;
  const inspection = await inspectToken(ports.meta, ports.clock, auth, appCredentials(live));
  const { snapshot } = inspection;
  let access = live.connection.access;
  let { fault } = inspection;
  let found: Partial<Connection> = {};
  if (snapshot?.valid === true) {
    const signedAs = inspection.appFault === null ? auth : { ...auth, appSecret: null };
    const proof = await proveAccess(ports.meta, signedAs, live.connection, snapshot);
    if (proof.outcome === 'unreachable' || proof.outcome === 'refused') fault = proof.fault;
    else {
      access = accessAfter(proof, ports.clock.now());
      if (proof.outcome === 'proved') found = { phoneNumberId: proof.phoneNumberId, wabaId: proof.wabaId, offeredNumbers: proof.offered };
    }
  }
  const now = ports.clock.now();
  // What was first seen in the future was seen by a clock that was wrong; it would hide half of the token's life.
  const seenBy = Math.max(now, now - (inspection.clockAheadBy ?? 0));
  ports.log.write(fault === null ? 'info' : 'warn', 'checked', {
    connection: live.connection.id,
    valid: snapshot?.valid ?? null,
    access: access.kind,
    cause: fault?.cause ?? snapshot?.fault?.cause ?? (access.kind === 'lost' ? access.fault.cause : null),
    validUntil: snapshot === null ? null : endFact(mergeSnapshot(record?.snapshot ?? null, snapshot).expiry),
  });
  await roster.update(live, (before) => ({
    ...before,
    ...found,
    access,
    tokens: snapshot === null ? before.tokens : before.tokens.map((other) => (other.id === tokenId ? { ...other, firstSeenAt: Math.min(other.firstSeenAt, seenBy), snapshot: mergeSnapshot(other.snapshot, snapshot) } : other)),
    refusedCall: refusedCallAfter(before, refusedCall, tokenId, snapshot, access, now),
    appCredentialsFault: appFaultAfter(before, inspection, now, record !== null && firstDue(record) > now),
    lastCheck: checkAfter(before.lastCheck, inspection, fault, now),
  }));
}

/** What a definite access proof leaves in the record. `at` is in ms since 1970. */
export function accessAfter(proof: Extract<AccessProof, { outcome: 'proved' | 'lost' }>, at: number): Access {
  return proof.outcome === 'lost' ? { kind: 'lost', at, fault: proof.fault } : { kind: 'proved', at, checks: proof.checks, number: proof.number };
}

function appFaultAfter(before: Connection, inspection: Inspection, at: number, notDueYet: boolean): Connection['appCredentialsFault'] {
  if (inspection.appFault !== null) return before.appCredentialsFault ?? { ...inspection.appFault, at, on: 'debug' };
  // Meta may accept the app here and refuse it on the exchange: only an accepted exchange lifts that. But where none is
  // due for a while, a refusal that an owner's early try met must not be told of every day until then.
  if (before.appCredentialsFault?.on === 'exchange' && !notDueYet) return before.appCredentialsFault;
  // Only an answer that came through the app shows that Meta takes its credentials again.
  return inspection.snapshot === null ? before.appCredentialsFault : null;
}

/** Only what was refused before Meta was asked (`known`) is answered by what Meta said. */
function refusedCallAfter({ refusedCall }: Connection, known: RefusedCall | null, tokenId: string, snapshot: Snapshot | null, access: Access, at: number): RefusedCall | null {
  if (refusedCall === null || refusedCall.tokenId !== tokenId || snapshot === null) return refusedCall;
  if (!snapshot.valid || access.kind === 'lost') return null;
  return refusedCall === known && refusedCall.validAt === null ? { ...refusedCall, validAt: at } : refusedCall;
}

function checkAfter(before: CheckRecord | null, inspection: Inspection, fault: GraphFault | null, at: number): CheckRecord {
  const definite = inspection.snapshot !== null;
  return {
    at,
    definiteAt: definite ? at : (before?.definiteAt ?? null),
    silent: fault !== null && causeTraits(fault.cause).silence ? (before?.silent ?? 0) + 1 : 0,
    fault,
    clockAheadBy: inspection.clockAheadBy ?? before?.clockAheadBy ?? null,
  };
}
