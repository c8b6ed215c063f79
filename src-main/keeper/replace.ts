import type { ReplacementDifference } from '../core/renewal/proof.ts';
import { isDefinitelyDead, replacementDifferences } from '../core/renewal/proof.ts';
import { NO_RENEWALS } from '../core/renewal/history.ts';
import { candidateOf } from '../core/renewal/machine.ts';
import type { AppCredentials } from '../core/ports.ts';
import { fingerprintOf } from '../core/token/fingerprint.ts';
import { dateWords } from '../core/words/dates.ts';
import type { Outcome } from '../contract/outcome.ts';
import { OVER_A_DEAD_TOKEN, type ReplaceInput } from './api.ts';
import { accessAfter } from './check.ts';
import { custodyRefusal } from './connect.ts';
import { readSecret } from './custody.ts';
import { examineToken, refuse, type ProvedToken } from './intake.ts';
import { appCredentials, type Live, tokenInUse } from './live.ts';
import type { KeeperPorts } from './ports.ts';
import type { Roster } from './roster.ts';
import { discardToken, giveUp, promoteToken, stageToken } from './stage.ts';

/**
 * Replaces a connection's token by one the owner pasted. It must live and reach this number; whatever else differs is
 * stated and done only when the owner confirms. Where nobody is there to do so, any that works is better than one that
 * Meta has called dead, and what differs is told with it. The old token stays until then, and after as the previous one.
 * Call it in the connection's turn.
 */
export async function replaceToken(ports: KeeperPorts, roster: Roster, live: Live, input: ReplaceInput): Promise<Outcome> {
  const { connection } = live;
  const claim = input.app === null ? { appId: null, app: appCredentials(live), byOwner: false } : { appId: input.app.appId, app: input.app, byOwner: true };
  const pasted = input.token ?? tokenInUse(live)?.token ?? null;
  if (pasted === null || (input.token === null && input.app === null)) return { ...refuse('nothing-given', 'Nothing was given to replace. Give a new token, or the app id and the app secret. Nothing was changed.').outcome, connection: connection.id };
  const examined = await examineToken(ports, pasted, claim, connection);
  if (!examined.ok) return { ...examined.outcome, connection: connection.id };
  const { proved } = examined;
  const fingerprint = fingerprintOf(proved.token, (text) => ports.entropy.sha256(text));
  const current = connection.tokens.find((token) => token.id === connection.currentTokenId) ?? null;
  if (current?.fingerprint === fingerprint && input.app === null && live.vaultTrouble === null) return { ok: true, code: 'same-token', message: 'This token is already in use. Nothing was changed.', connection: connection.id, details: [] };
  const differences = replacementDifferences(current?.snapshot ?? null, proved.snapshot);
  // Where no number is known, any token of anybody's would do, and only the owner can say whether it is the right one.
  const isRescue = isDefinitelyDead((tokenInUse(live)?.record ?? current)?.snapshot ?? null, connection.access) && (connection.phoneNumberId ?? connection.wabaId) !== null;
  const isConfirmed = input.confirmed === OVER_A_DEAD_TOKEN ? isRescue : input.confirmed;
  if (differences.length > 0 && !isConfirmed) {
    return { ok: false, code: 'confirm', message: 'The new token works with this number, but it differs from the one in use. Confirm to use it.', connection: connection.id, details: differences.map((difference) => differenceWords(difference, proved)) };
  }
  return useToken(ports, roster, live, proved, input.app, differences);
}

async function useToken(ports: KeeperPorts, roster: Roster, live: Live, proved: ProvedToken, app: AppCredentials | null, differences: readonly ReplacementDifference[]): Promise<Outcome> {
  const id = live.connection.id;
  // A renewal that waits to be proved is not given up for a token that the vault cannot take now.
  const waiting = live.connection.tokens.find((token) => token.id === candidateOf(live.connection.renewal.phase));
  const read = waiting === undefined ? null : await readSecret(ports, waiting.marker);
  if (read?.outcome === 'locked') return { ...custodyRefusal({ kind: 'locked' }, ports.vaults.active.kind).outcome, connection: id };
  await setAsideCandidate(ports, roster, live);
  // The app secret is staged with its token and switched with it: a crash leaves either the old pair or the new one.
  const { tokenId, custody } = await stageToken(ports, roster, live, { token: proved.token, source: 'replacement', snapshot: proved.snapshot, app });
  if (!('outcome' in custody)) return { ...custodyRefusal(custody, ports.vaults.active.kind).outcome, connection: id };
  const now = ports.clock.now();
  await promoteToken(ports, roster, live, tokenId, (before) => ({
    ...before,
    ...(app === null && before.appSecret === null ? { appId: proved.snapshot.appId ?? before.appId } : {}),
    access: accessAfter(proved.access, now),
    phoneNumberId: proved.access.phoneNumberId,
    wabaId: proved.access.wabaId,
    offeredNumbers: proved.access.offered,
    lastCheck: { at: now, definiteAt: now, silent: 0, fault: null, clockAheadBy: proved.clockAheadBy },
    // Another token starts with a clean record: its predecessor's failures say nothing about it.
    renewal: { ...NO_RENEWALS, lastSuccessAt: before.renewal.lastSuccessAt },
  }));
  await dropTwins(ports, roster, live, tokenId);
  return { ok: true, code: 'replaced', message: `${app === null ? 'The new token' : 'What you gave'} is in use. ${endWords(proved)}`, connection: id, details: [...proved.notes, ...differences.map((difference) => differenceWords(difference, proved))] };
}

/** The very same token under an older record (only its app secret was replaced) is not kept twice. */
async function dropTwins(ports: KeeperPorts, roster: Roster, live: Live, tokenId: string): Promise<void> {
  const { fingerprint } = live.connection.tokens.find((token) => token.id === tokenId) ?? { fingerprint: null };
  for (const token of live.connection.tokens) {
    if (token.id !== tokenId && token.role === 'previous' && token.fingerprint === fingerprint) await discardToken(ports, roster, live, token.id);
  }
}

/** A renewal that waited to be proved gives way to the owner's decision. */
async function setAsideCandidate(ports: KeeperPorts, roster: Roster, live: Live): Promise<void> {
  const pending = candidateOf(live.connection.renewal.phase);
  if (pending !== null) await discardToken(ports, roster, live, pending);
  if (live.connection.renewal.phase.phase !== 'resting') {
    await giveUp(roster, live);
  }
}

function differenceWords(difference: ReplacementDifference, proved: ProvedToken): string {
  switch (difference.kind) {
    case 'other-user':
      return `It belongs to another user: ${difference.after} instead of ${difference.before}${proved.snapshot.type === 'SYSTEM_USER' ? ' (a System User, which is what Meta recommends)' : ''}.`;
    case 'other-app':
      return `It belongs to another app: ${difference.after} instead of ${difference.before}. To renew it, Evertoken needs that app's secret.`;
    case 'shorter-life':
      return `It ends earlier than the one in use. ${endWords(proved)}`;
    case 'fewer-scopes':
      return `It lacks permissions that the one in use has: ${difference.scopes.join(', ')}.`;
  }
}

function endWords({ snapshot }: ProvedToken): string {
  switch (snapshot.expiry.kind) {
    case 'at':
      return `It is valid until ${dateWords(snapshot.expiry.at)}.`;
    case 'never':
      return 'It never expires.';
    case 'unknown':
      return 'Meta does not say when it ends.';
  }
}
