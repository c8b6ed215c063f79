import { causeTraits } from '../core/graph/cause-traits.ts';
import type { GraphFault } from '../core/graph/fault.ts';
import { lastOfLife } from '../core/health/bands.ts';
import type { Facts } from '../core/health/facts.ts';
import { afterAttempt } from '../core/renewal/history.ts';
import { candidateOf, nextPhase } from '../core/renewal/machine.ts';
import type { AppCredentials, MetaAnswer } from '../core/ports.ts';
import { firstDue, type RenewalPlan } from '../core/renewal/plan.ts';
import { proveRenewal } from '../core/renewal/proof.ts';
import type { RenewalResult } from '../core/renewal/record.ts';
import type { TokenRecord } from '../core/state.ts';
import { expiryOf, lifespan } from '../core/token/life.ts';
import type { Outcome } from './api.ts';
import { proveAccess } from './access.ts';
import { accessAfter } from './check.ts';
import { readSecret } from './custody.ts';
import { inspectToken } from './inspect.ts';
import { appCredentials, authFor, type Live, tokenInUse } from './live.ts';
import type { KeeperPorts } from './ports.ts';
import { renewalOutcome } from './renewal-words.ts';
import type { Roster } from './roster.ts';
import { discardToken, promoteToken, readBackNoted, stageToken } from './stage.ts';

/** What a try to renew came to. */
export interface Renewal {
  readonly result: RenewalResult;
  readonly fault: GraphFault | null;
  /** Why a candidate was worse, or what it lost. */
  readonly details: readonly string[];
}

/**
 * One try to renew a connection's token: fetch, stage, read back, prove, promote. A candidate left by a crash or by
 * an unanswered proof is taken up again before anything new is fetched. Call it in the connection's turn, with a
 * plan made in that turn.
 */
export async function renewToken(ports: KeeperPorts, roster: Roster, live: Live): Promise<Outcome> {
  if (live.connection.renewal.phase.phase === 'fetching') {
    // A crash or a full disk ended the last try; what Meta may have issued meanwhile dies unused, and the old token lives.
    await roster.update(live, (before) => ({ ...before, renewal: { ...before.renewal, phase: nextPhase(before.renewal.phase, { event: 'given-up' }) } }));
  }
  const pending = candidateOf(live.connection.renewal.phase);
  if (pending !== null) {
    const settled = await settleCandidate(ports, roster, live, pending);
    if (settled !== null) return renewalOutcome(roster.facts(live), settled);
  }
  const facts = roster.facts(live);
  const { plan } = facts;
  const inUse = tokenInUse(live);
  if (!plan.can || inUse === null) return renewalOutcome(facts, null);
  const renewal = await fetchAndProve(ports, roster, live, plan, inUse);
  return renewalOutcome(roster.facts(live), renewal);
}

async function fetchAndProve(ports: KeeperPorts, roster: Roster, live: Live, plan: RenewalPlan & { can: true }, inUse: { record: TokenRecord; token: string }): Promise<Renewal> {
  const app = appCredentials(live);
  if (app === null) return { result: 'vault', fault: null, details: [] };
  const open = await vaultIsOpen(ports, inUse.record);
  const inMemory = !open && inLastDay(roster.facts(live));
  // A candidate that cannot be kept is worth nothing after a crash, so a locked keychain stops renewal until the last day.
  if (!open && !inMemory) return conclude(ports, roster, live, { result: 'vault', fault: null, details: [] });
  await roster.update(live, (before) => ({ ...before, renewal: { ...before.renewal, phase: nextPhase(before.renewal.phase, { event: 'begun', at: ports.clock.now() }) } }));
  const exchanged = await exchangeToken(ports, inUse.token, app, plan.sixtyDays);
  if (!exchanged.ok) return conclude(ports, roster, live, { result: causeTraits(exchanged.fault.cause).silence ? 'unreachable' : 'refused', fault: exchanged.fault, details: [] });
  if ([...live.secrets.values()].includes(exchanged.value)) return conclude(ports, roster, live, { result: 'no-progress', fault: null, details: [] });
  const staged = await stageToken(ports, roster, live, { token: exchanged.value, source: 'renewal', snapshot: null }, inMemory);
  if (!('outcome' in staged.custody)) return conclude(ports, roster, live, { result: 'vault', fault: null, details: [] });
  return proveAndPromote(ports, roster, live, staged.tokenId);
}

/**
 * Asks Meta for a new token, and after a hiccup at once a second time: the network or a server of Meta's often fails a
 * single call, and asking twice harms nobody, since the old token lives on. A request to slow down is heeded.
 */
async function exchangeToken(ports: KeeperPorts, token: string, app: AppCredentials, sixtyDays: boolean): Promise<MetaAnswer<string>> {
  const first = await ports.meta.exchangeToken(token, app, sixtyDays);
  if (first.ok || (first.fault.cause !== 'transient' && first.fault.cause !== 'network')) return first;
  return ports.meta.exchangeToken(token, app, sixtyDays);
}

/** Proves a candidate that lies in the vault and promotes it, discards it, or leaves it there for the next try. */
async function proveAndPromote(ports: KeeperPorts, roster: Roster, live: Live, tokenId: string): Promise<Renewal> {
  const token = live.secrets.get(tokenId);
  const current = tokenInUse(live);
  if (token === undefined) return conclude(ports, roster, live, { result: 'vault', fault: null, details: [] });
  // Side by side, because callers may be waiting for the outcome: neither answer changes what the other is asked.
  const [inspection, before] = await Promise.all([
    inspectToken(ports.meta, ports.clock, authFor(live, token, null), appCredentials(live)),
    currentSide(ports, live, current),
  ]);
  const { snapshot } = inspection;
  if (snapshot === null) return conclude(ports, roster, live, { result: 'unreachable', fault: inspection.fault, details: [] }, true);
  await roster.update(live, (before) => ({ ...before, tokens: before.tokens.map((other) => (other.id === tokenId ? { ...other, snapshot } : other)) }));
  const access = snapshot.valid ? await proveAccess(ports.meta, authFor(live, token, null), live.connection, snapshot) : null;
  if (access?.outcome === 'unreachable') return conclude(ports, roster, live, { result: 'unreachable', fault: access.fault, details: [] }, true);
  const passes = access?.outcome === 'proved' ? access.checks : [];
  if (before === 'unreachable') return conclude(ports, roster, live, { result: 'unreachable', fault: null, details: [] }, true);
  const verdict = before === null ? firstTokenVerdict(snapshot.valid, access?.outcome === 'lost') : proveRenewal(before, { snapshot, passes });
  if (verdict.verdict !== 'better') {
    await discardToken(ports, roster, live, tokenId);
    const details = verdict.verdict === 'worse' ? verdict.why : [];
    return conclude(ports, roster, live, { result: verdict.verdict, fault: snapshot.fault, details });
  }
  // By the time that counts, as the plan reads it: a clock that lags would date the daily pause into the past.
  const { now } = roster.facts(live);
  const { expiry, issuedAt } = snapshot;
  // A fresh token has its whole life before it, whatever a wrong clock makes of its dates.
  const remaining = expiry.kind === 'at' ? expiry.at - (issuedAt ?? now) : null;
  await promoteToken(ports, roster, live, tokenId, (connection) => ({
    ...connection,
    access: access === null ? connection.access : accessAfter(access, now),
    renewal: afterAttempt(connection.renewal, { at: now, result: 'renewed', fault: null, remaining, jitter: ports.entropy.random(), early: false }),
  }));
  return { result: 'renewed', fault: null, details: verdict.lostScopes };
}

/** A candidate without a token before it (a crash in set-up) need only live and reach its number. */
function firstTokenVerdict(valid: boolean, accessLost: boolean): ReturnType<typeof proveRenewal> {
  if (!valid) return { verdict: 'worse', why: ['invalid'] };
  return accessLost ? { verdict: 'worse', why: ['access-lost'] } : { verdict: 'better', lostScopes: [] };
}

/** The current token as the proof compares it: which access checks it passes today, asked afresh where it passed any. */
async function currentSide(ports: KeeperPorts, live: Live, current: { record: TokenRecord; token: string } | null): Promise<Parameters<typeof proveRenewal>[0] | 'unreachable' | null> {
  const snapshot = current?.record.snapshot ?? null;
  if (current === null || snapshot === null) return null;
  const { access } = live.connection;
  if (access.kind !== 'proved' || access.checks.length === 0 || !snapshot.valid) return { snapshot, passes: [] };
  const proof = await proveAccess(ports.meta, authFor(live, current.token, current.record), live.connection, snapshot);
  if (proof.outcome === 'unreachable') return 'unreachable';
  return { snapshot, passes: proof.outcome === 'proved' ? proof.checks : [] };
}

/**
 * Takes up a candidate that an earlier run or try left behind. Null when there is nothing (any more) to settle and a
 * new one may be fetched.
 */
export async function settleCandidate(ports: KeeperPorts, roster: Roster, live: Live, tokenId: string): Promise<Renewal | null> {
  const record = live.connection.tokens.find((token) => token.id === tokenId);
  if (record === undefined) {
    await roster.update(live, (before) => ({ ...before, renewal: { ...before.renewal, phase: nextPhase(before.renewal.phase, { event: 'given-up' }) } }));
    return null;
  }
  if (!live.secrets.has(tokenId)) {
    const read = await readSecret(ports, record.marker);
    if (read.outcome === 'locked' || read.outcome === 'unavailable') return conclude(ports, roster, live, { result: 'vault', fault: null, details: [] }, true);
    if (read.outcome !== 'present') {
      // The vault is open and does not hold it: its write never returned, so nothing is lost.
      await discardToken(ports, roster, live, tokenId);
      return null;
    }
    live.secrets.set(tokenId, read.secret);
    ports.secretWatch.add(read.secret);
  }
  const { phase } = live.connection.renewal;
  if (phase.phase === 'staging') await roster.update(live, (before) => readBackNoted(before, tokenId));
  if (phase.phase === 'promoting') {
    // The intent was saved and the switch was not: judge both tokens again, since time has passed.
    await roster.update(live, (before) => ({ ...before, renewal: { ...before.renewal, phase: { phase: 'proving', tokenId } } }));
  }
  return proveAndPromote(ports, roster, live, tokenId);
}

/** Writes a finished try into the history. `keepCandidate` leaves the candidate where it is, to be proved later. */
async function conclude(ports: KeeperPorts, roster: Roster, live: Live, renewal: Renewal, keepCandidate = false): Promise<Renewal> {
  const { now, token } = roster.facts(live);
  const expiry = token === null ? null : expiryOf(token);
  const remaining = expiry?.kind === 'at' ? expiry.at - now : null;
  const appFault = renewal.fault !== null && causeTraits(renewal.fault.cause).appCredentials ? { ...renewal.fault, at: ports.clock.now() } : null;
  ports.log.write('warn', 'renewal-ended', { connection: live.connection.id, result: renewal.result, cause: renewal.fault?.cause ?? null, code: renewal.fault?.code ?? null, details: renewal.details.join(',') });
  await roster.update(live, (before) => ({
    ...before,
    appCredentialsFault: before.appCredentialsFault ?? appFault,
    renewal: {
      ...afterAttempt(before.renewal, { at: now, result: renewal.result, fault: renewal.fault, remaining, jitter: ports.entropy.random(), early: token !== null && now < firstDue(token) }),
      phase: keepCandidate ? before.renewal.phase : nextPhase(before.renewal.phase, { event: 'given-up' }),
    },
  }));
  return renewal;
}

async function vaultIsOpen(ports: KeeperPorts, record: TokenRecord): Promise<boolean> {
  const read = await readSecret(ports, record.marker);
  return read.outcome === 'present';
}

function inLastDay({ token, now }: Facts): boolean {
  const expiry = token === null ? null : expiryOf(token);
  return token !== null && expiry?.kind === 'at' && lastOfLife(expiry.at - now, lifespan(token));
}
