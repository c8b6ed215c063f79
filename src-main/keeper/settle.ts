import { lastOfLife } from '../core/health/bands.ts';
import type { Facts } from '../core/health/facts.ts';
import { afterAttempt, NO_RENEWALS } from '../core/renewal/history.ts';
import { proveRenewal, type RenewalVerdict } from '../core/renewal/proof.ts';
import type { AppCredentials } from '../core/ports.ts';
import type { TokenRecord } from '../core/state.ts';
import { expiryOf, lifespan } from '../core/token/life.ts';
import type { Snapshot } from '../core/token/snapshot.ts';
import { type AccessProof, failedChecks, proveAccess } from './access.ts';
import { conclude, ended, type Renewal } from './attempt.ts';
import { accessAfter } from './check.ts';
import { readSecret } from './custody.ts';
import { inspectToken } from './inspect.ts';
import { appCredentials, authFor, type Live, signedBy, tokenInUse } from './live.ts';
import type { KeeperPorts } from './ports.ts';
import type { Roster } from './roster.ts';
import { discardToken, giveUp, promoteToken, readBackNoted } from './stage.ts';

/**
 * Takes up a candidate that an earlier run or try left behind. Null when there is nothing (any more) to settle and a
 * new one may be fetched.
 */
export async function settleCandidate(ports: KeeperPorts, roster: Roster, live: Live, tokenId: string): Promise<Renewal | null> {
  const record = live.connection.tokens.find((token) => token.id === tokenId);
  if (record === undefined) {
    await giveUp(roster, live);
    return null;
  }
  const found = await fetchSecrets(ports, live, record);
  if (found === 'later') return conclude(ports, roster, live, ended('vault'), true);
  if (found === 'gone') {
    // The vault is open and does not hold it: its write never returned, so nothing is lost.
    await discardToken(ports, roster, live, tokenId);
    return null;
  }
  const { phase } = live.connection.renewal;
  if (phase.phase === 'staging') await roster.update(live, (before) => readBackNoted(before, tokenId));
  if (phase.phase === 'promoting') {
    // The intent was saved and the switch was not: judge both tokens again, since time has passed.
    await roster.update(live, (before) => ({ ...before, renewal: { ...before.renewal, phase: { phase: 'proving', tokenId } } }));
  }
  return proveAndPromote(ports, roster, live, tokenId);
}

/** Brings a candidate's secrets back into memory after a restart. */
async function fetchSecrets(ports: KeeperPorts, live: Live, record: TokenRecord): Promise<'here' | 'later' | 'gone'> {
  const wanted = [
    { held: live.secrets, marker: record.marker },
    ...(record.bringsApp === null ? [] : [{ held: live.broughtSecrets, marker: record.bringsApp.secret }]),
  ];
  for (const { held, marker } of wanted) {
    if (held.has(record.id)) continue;
    const read = await readSecret(ports, marker);
    if (read.outcome === 'locked' || read.outcome === 'unavailable') return 'later';
    if (read.outcome !== 'present') return 'gone';
    held.set(record.id, read.secret);
    ports.secretWatch.add(read.secret);
  }
  return 'here';
}

/** Proves a candidate that lies in the vault and promotes it, discards it, or leaves it there for the next try. */
export async function proveAndPromote(ports: KeeperPorts, roster: Roster, live: Live, tokenId: string): Promise<Renewal> {
  const record = live.connection.tokens.find((token) => token.id === tokenId);
  const token = live.secrets.get(tokenId);
  if (record === undefined || token === undefined) return conclude(ports, roster, live, ended('vault'));
  const current = tokenInUse(live);
  const app = broughtApp(live, record) ?? appCredentials(live);
  // Side by side, because callers may be waiting for the outcome: neither answer changes what the other is asked.
  // With the number known, what the candidate reaches can be asked before it is known what it is.
  const auth = { token, appSecret: app?.appSecret ?? null };
  const expected = record.source === 'renewal' && live.connection.phoneNumberId !== null ? (current?.record.snapshot ?? null) : null;
  const [inspection, early, currentAccess] = await Promise.all([
    inspectToken(ports.meta, ports.clock, auth, app),
    expected === null ? null : proveAccess(ports.meta, auth, live.connection, expected),
    accessOfCurrent(ports, live, current),
  ]);
  const { snapshot } = inspection;
  if (snapshot === null) return conclude(ports, roster, live, ended('unreachable', inspection.fault), true);
  await roster.update(live, (before) => ({ ...before, tokens: before.tokens.map((other) => (other.id === tokenId ? { ...other, snapshot } : other)) }));
  const access = snapshot.valid ? early ?? await proveAccess(ports.meta, signedBy(token, app, snapshot.appId), live.connection, snapshot) : null;
  const silent = [access, currentAccess].find((proof) => proof?.outcome === 'unreachable');
  // A token in its last day is not kept for want of one answer, while a live one of the same app and user lies ready.
  if (silent?.outcome === 'unreachable' && !atItsEnd(roster.facts(live))) return conclude(ports, roster, live, ended('unreachable', silent.fault), true);
  const verdict = verdictOn(record, snapshot, access, current?.record.snapshot ?? null, currentAccess, roster.facts(live).now);
  if (verdict.verdict !== 'better') {
    await discardToken(ports, roster, live, tokenId);
    return conclude(ports, roster, live, ended(verdict.verdict, snapshot.fault, verdict.verdict === 'worse' ? verdict.why : []));
  }
  await promoteProved(ports, roster, live, record, snapshot, access);
  return { result: 'renewed', fault: null, worse: [], lostScopes: verdict.lostScopes };
}

async function promoteProved(ports: KeeperPorts, roster: Roster, live: Live, record: TokenRecord, snapshot: Snapshot, access: AccessProof | null): Promise<void> {
  // By the time that counts, as the plan reads it: a clock that lags would date the daily pause into the past.
  const { now } = roster.facts(live);
  const { expiry, issuedAt } = snapshot;
  // A fresh token has its whole life before it, whatever a wrong clock makes of its dates.
  // One that was born past its end shows that the clock is wrong: it is no token that lives for minutes.
  const lives = expiry.kind === 'at' ? expiry.at - (issuedAt ?? now) : null;
  const remaining = lives !== null && lives > 0 ? lives : null;
  const attempt = { at: now, result: 'renewed', fault: null, remaining, jitter: ports.entropy.random(), early: false, worse: [] } as const;
  await promoteToken(ports, roster, live, record.id, (connection) => ({
    ...connection,
    access: access?.outcome === 'proved' || access?.outcome === 'lost' ? accessAfter(access, now) : connection.access,
    appCredentialsFault: connection.appCredentialsFault?.on === 'exchange' ? null : connection.appCredentialsFault,
    // What the owner gave before a crash was not renewed: it starts with a clean record, as it would have without the crash.
    renewal: record.source === 'renewal' ? afterAttempt(connection.renewal, attempt) : { ...NO_RENEWALS, lastSuccessAt: connection.renewal.lastSuccessAt },
  }));
}

/** A token from Meta must pass the renewal proof; one that the owner chose, before a crash, need only live and reach its number. */
function verdictOn(record: TokenRecord, snapshot: Snapshot, access: AccessProof | null, current: Snapshot | null, currentAccess: AccessProof | null, now: number): RenewalVerdict {
  if (record.source === 'renewal' && current !== null) {
    const passes = currentAccess?.outcome === 'proved' ? currentAccess.checks : [];
    return proveRenewal({ snapshot: current, passes }, { snapshot, fails: access === null ? [] : failedChecks(access, snapshot) }, now);
  }
  if (!snapshot.valid) return { verdict: 'worse', why: ['invalid'] };
  return access?.outcome === 'lost' ? { verdict: 'worse', why: ['access-lost'] } : { verdict: 'better', lostScopes: [] };
}

/** The access checks of the token in use, asked afresh where it passed any; null where there is nothing to compare with. */
async function accessOfCurrent(ports: KeeperPorts, live: Live, current: { readonly record: TokenRecord; readonly token: string } | null): Promise<AccessProof | null> {
  const snapshot = current?.record.snapshot ?? null;
  const { access } = live.connection;
  if (current === null || snapshot?.valid !== true || access.kind !== 'proved' || access.checks.length === 0) return null;
  return proveAccess(ports.meta, authFor(live, current.token, current.record), live.connection, snapshot);
}

function broughtApp(live: Live, { id, bringsApp }: TokenRecord): AppCredentials | null {
  const appSecret = live.broughtSecrets.get(id);
  return bringsApp !== null && appSecret !== undefined ? { appId: bringsApp.appId, appSecret } : null;
}

/** True when the token in use is dead or in its last day. */
export function atItsEnd({ token, now }: Facts): boolean {
  if (token === null || token.snapshot?.valid === false) return true;
  const expiry = expiryOf(token);
  return expiry.kind === 'at' && lastOfLife(expiry.at - now, lifespan(token));
}
