import { causeTraits } from '../core/graph/cause-traits.ts';
import { candidateOf, nextPhase } from '../core/renewal/machine.ts';
import type { AppCredentials, MetaAnswer } from '../core/ports.ts';
import type { RenewalPlan } from '../core/renewal/plan.ts';
import type { TokenRecord } from '../core/state.ts';
import type { Outcome } from '../contract/outcome.ts';
import { conclude, ended, type Renewal } from './attempt.ts';
import { readSecret } from './custody.ts';
import { appCredentials, type Live, tokenInUse } from './live.ts';
import type { KeeperPorts } from './ports.ts';
import { renewalOutcome } from './renewal-words.ts';
import type { Roster } from './roster.ts';
import { atItsEnd, proveAndPromote, settleCandidate } from './settle.ts';
import { giveUp, stageToken } from './stage.ts';

/**
 * One try to renew a connection's token: fetch, stage, read back, prove, promote. A candidate left by a crash or by
 * an unanswered proof is taken up again before anything new is fetched. Call it in the connection's turn, with a
 * plan made in that turn.
 */
export async function renewToken(ports: KeeperPorts, roster: Roster, live: Live): Promise<Outcome> {
  if (live.connection.renewal.phase.phase === 'fetching') {
    // A crash or a full disk ended the last try; what Meta may have issued meanwhile dies unused, and the old token lives.
    await giveUp(roster, live);
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
  if (app === null) return ended('vault');
  const open = await vaultIsOpen(ports, inUse.record);
  const inMemory = !open && atItsEnd(roster.facts(live));
  // A candidate that cannot be kept is worth nothing after a crash, so a locked keychain stops renewal until the last day.
  if (!open && !inMemory) return conclude(ports, roster, live, ended('vault'));
  await roster.update(live, (before) => ({ ...before, renewal: { ...before.renewal, phase: nextPhase(before.renewal.phase, { event: 'begun', at: ports.clock.now() }) } }));
  const exchanged = await exchangeToken(ports, inUse.token, app, plan.sixtyDays);
  if (!exchanged.ok) return conclude(ports, roster, live, ended(causeTraits(exchanged.fault.cause).silence ? 'unreachable' : 'refused', exchanged.fault));
  if ([...live.secrets.values()].includes(exchanged.value)) return conclude(ports, roster, live, ended('no-progress'));
  let staged = await stageToken(ports, roster, live, { token: exchanged.value, source: 'renewal', snapshot: null, app: null }, inMemory);
  if (!('outcome' in staged.custody) && !inMemory && atItsEnd(roster.facts(live))) {
    staged = await stageToken(ports, roster, live, { token: exchanged.value, source: 'renewal', snapshot: null, app: null }, true);
  }
  if (!('outcome' in staged.custody)) return conclude(ports, roster, live, ended('vault'));
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

async function vaultIsOpen(ports: KeeperPorts, record: TokenRecord): Promise<boolean> {
  const read = await readSecret(ports, record.marker);
  // A vault that can say that it lost the secret is open, and will take the next one.
  return read.outcome === 'present' || read.outcome === 'lost' || read.outcome === 'absent';
}
