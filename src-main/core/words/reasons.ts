import type { Facts } from '../health/facts.ts';
import { type Diagnosis, diagnose, type ReasonCode } from '../health/health.ts';
import { faultWords, META_PAGES } from '../graph/fault-words.ts';
import { causeTraits } from '../graph/cause-traits.ts';
import type { GraphFault } from '../graph/fault.ts';
import type { VaultKind } from '../ports.ts';
import { expiryOf } from '../token/life.ts';
import { missingScopes } from '../token/scopes.ts';
import type { End } from '../token/snapshot.ts';
import { dateWords, spanWords } from './dates.ts';
import { failureWords } from './failures.ts';

/** A diagnosis in plain sentences: why, and what to do. */
export interface DiagnosisWords {
  readonly reasons: readonly string[];
  readonly advice: string;
}

/** Puts a connection's diagnosis into words for its owner. */
export function diagnosisWords(facts: Facts, diagnosis: Diagnosis = diagnose(facts)): DiagnosisWords {
  const reasons = diagnosis.reasons.map((code) => REASONS[code](facts).why);
  const advice = diagnosis.reasons.map((code) => REASONS[code](facts).todo).find((todo) => todo !== null);
  return { reasons, advice: advice ?? 'Nothing to do.' };
}

interface ReasonWords {
  readonly why: string;
  /** null where there is nothing to do about it. */
  readonly todo: string | null;
}

/** How to get a token that needs no renewing by hand; used wherever a person has to act. */
export const NEW_TOKEN_ADVICE = `Make a new token, best a System User token (${META_PAGES.systemUsers}), and paste it into Evertoken.`;

const SAY_SECRET = `Give Evertoken the app id and app secret (${META_PAGES.apps} → your app → App settings → Basic), and it renews the token by itself.`;

const REASONS: Record<ReasonCode, (facts: Facts) => ReasonWords> = {
  healthy: (facts) => ({ why: healthyWords(facts), todo: null }),
  'never-expires': () => ({ why: 'The token never expires.', todo: null }),
  'no-token': () => ({ why: 'There is no token yet.', todo: 'Paste a token.' }),
  'not-checked': () => ({ why: 'The token has not been checked with Meta yet.', todo: 'Wait a moment, or check it now.' }),
  'keychain-locked': () => ({ why: 'The keychain is locked, so Evertoken cannot read the token.', todo: 'Unlock your keychain (log in to your desktop); Evertoken then goes on by itself. Nothing is lost.' }),
  'keychain-unavailable': ({ vaultTrouble }) => ({
    why: `The keychain cannot be reached${vaultTrouble?.kind === 'unavailable' ? `: ${vaultTrouble.reason}` : '.'}`,
    todo: 'Start Evertoken where your keychain is at hand. Nothing is lost; the token is still kept there.',
  }),
  'secret-lost': ({ connection }) => ({
    why: LOST_WORDS[connection.tokens.find((token) => token.id === connection.currentTokenId)?.marker.vault ?? 'keychain'],
    todo: 'Paste the token again.',
  }),
  'app-secret-lost': () => ({ why: 'The app secret is no longer where Evertoken kept it, so the token cannot be renewed.', todo: SAY_SECRET }),
  expired: ({ token }) => ({
    why: `The token expired${whenWords(token === null ? null : expiryOf(token))}. An expired token cannot be renewed.`,
    todo: NEW_TOKEN_ADVICE,
  }),
  revoked: ({ token }) => deadWords(token?.snapshot?.fault ?? null),
  'access-lost': ({ connection }) => accessWords(connection.access.kind === 'lost' ? connection.access.fault : null),
  'expiry-near': ({ token, now }) => {
    const expiry = token === null ? null : expiryOf(token);
    return expiry?.kind === 'at'
      ? { why: `The token ends in ${spanWords(Math.max(0, expiry.at - now))}, on ${dateWords(expiry.at)}.`, todo: null }
      : { why: 'The token ends soon.', todo: null };
  },
  'expiry-passed-unconfirmed': ({ token }) => ({
    why: `By this computer's clock the token ended${whenWords(token === null ? null : expiryOf(token))}, but Meta could not be asked yet.`,
    todo: 'Check the internet connection and the clock of this computer. Evertoken asks Meta again every minute.',
  }),
  'data-access-ending': ({ token }) => ({
    why: `Meta's permission to read data ends${whenWords(token?.snapshot?.dataAccess ?? null)}. Renewing the token does not move that date.`,
    todo: `Log in again at Meta and make a new token, best a System User token (${META_PAGES.systemUsers}).`,
  }),
  'data-access-ended': ({ token }) => ({
    why: `Meta's permission to read data ended${whenWords(token?.snapshot?.dataAccess ?? null)}. The token itself is still accepted.`,
    todo: `Log in again at Meta and make a new token, best a System User token (${META_PAGES.systemUsers}).`,
  }),
  'renewal-failing': ({ connection }) => {
    const fault = connection.renewal.lastAttempt?.fault ?? null;
    if (connection.renewal.lastAttempt?.result === 'vault') {
      return { why: 'Renewing the token has not worked lately: the keychain is locked or cannot be reached.', todo: 'Unlock your keychain (log in to your desktop); Evertoken then goes on by itself. Nothing is lost.' };
    }
    const why = `Renewing the token has not worked lately.${fault === null ? connection.renewal.worse.map((failure) => ` The token that Meta offered: ${failureWords(failure)}`).join('') : ` ${faultWords(fault.cause, fault).what}`}`;
    // "Nothing to do" is true of one bad minute and wrong of a token that goes unrenewed.
    return { why, todo: fault === null || causeTraits(fault.cause).silence ? `Evertoken keeps trying. To be safe: ${NEW_TOKEN_ADVICE}` : withLink(fault) };
  },
  'cannot-extend': () => ({ why: 'This token cannot be extended: asked for a new one, Meta gives no longer life.', todo: NEW_TOKEN_ADVICE }),
  'no-app-credentials': () => ({ why: 'Evertoken does not know the app secret, so it cannot renew this token.', todo: SAY_SECRET }),
  'other-app': ({ token, connection }) => ({
    why: `The token belongs to app ${token?.snapshot?.appId ?? 'unknown'}, but the app secret given is that of app ${connection.appId ?? 'unknown'}, so it cannot be renewed.`,
    todo: `Give Evertoken the secret of app ${token?.snapshot?.appId ?? 'that made the token'} (${META_PAGES.apps}).`,
  }),
  'app-credentials-refused': ({ connection }) => ({
    why: `Meta refuses the app id${connection.appId === null ? '' : ` ${connection.appId}`} with the app secret that Evertoken has. The token itself is not to blame.`,
    todo: `Copy the app secret again (${META_PAGES.apps} → your app → App settings → Basic) and give it to Evertoken.`,
  }),
  'expiry-unknown': () => ({ why: 'Meta does not say when this token ends.', todo: null }),
  unreachable: ({ connection }) => {
    const check = connection.lastCheck;
    const since = check?.definiteAt ? ` since ${dateWords(check.definiteAt)}` : '';
    return { why: `Meta has not answered${since}.${check?.fault ? ` ${faultWords(check.fault.cause, check.fault).what}` : ''}`, todo: 'Check the internet connection. Evertoken keeps trying.' };
  },
  'check-refused': ({ connection }) => {
    const fault = connection.lastCheck?.fault ?? null;
    return { why: `Meta did not let Evertoken check everything.${fault === null ? '' : ` ${faultWords(fault.cause, fault).what}`}`, todo: fault === null ? null : withLink(fault) };
  },
  'clock-wrong': () => ({ why: "The clock of this computer differs from Meta's.", todo: 'Set the clock of this computer to automatic.' }),
  'scopes-missing': ({ token }) => ({
    why: `The token lacks the permission ${missingScopes(token?.snapshot ?? null).join(' and ')}.`,
    todo: `Make a new token with both WhatsApp permissions ticked (${META_PAGES.systemUsers} → Generate token).`,
  }),
  'number-not-checked': ({ connection }) => ({
    why: 'No phone number is known for this connection, so it was not checked that the token reaches it.',
    todo: connection.offeredNumbers.length === 0 ? 'Tell Evertoken the id of your phone number (WhatsApp Manager → Phone numbers → your number).' : `Choose one of the numbers that were found: ${connection.offeredNumbers.map(({ id, display }) => `${display ?? 'number'} (id ${id})`).join(', ')}.`,
  }),
  'fallback-in-use': () => ({
    why: 'The token that was chosen no longer works, so the one before it is in use.',
    todo: NEW_TOKEN_ADVICE,
  }),
  'memory-only': () => ({ why: 'The token is kept in memory only and is gone when Evertoken stops.', todo: null }),
};

function healthyWords({ token, plan, now, connection }: Facts): string {
  const expiry = token === null ? null : expiryOf(token);
  const until = expiry?.kind === 'at' ? `The token is valid until ${dateWords(expiry.at)}.` : 'The token is valid.';
  const renews = plan.can && connection.appCredentialsFault === null && connection.renewal.failures === 0;
  return renews ? `${until} Evertoken renews it by itself ${plan.dueAt > now ? `around ${dateWords(plan.dueAt)}` : 'very soon'}.` : until;
}

const LOST_WORDS: Record<VaultKind, string> = {
  keychain: 'The token is no longer in the keychain.',
  file: 'The token is no longer in the encrypted vault file.',
  memory: 'The token was kept in memory only and ended with the last run.',
};

function deadWords(fault: GraphFault | null): ReasonWords {
  if (fault === null) return { why: 'Meta no longer accepts the token.', todo: NEW_TOKEN_ADVICE };
  return { why: faultWords(fault.cause, fault).what, todo: withLink(fault) };
}

function withLink(fault: GraphFault): string {
  const { advice, link } = faultWords(fault.cause, fault);
  return link === null ? advice : `${advice} (${link})`;
}

function accessWords(fault: GraphFault | null): ReasonWords {
  const detail = fault === null ? '' : ` ${faultWords(fault.cause, fault).what}`;
  return {
    why: `The token is valid but no longer reaches its number.${detail}`,
    todo: `Give the token's user access to the WhatsApp account again (${META_PAGES.whatsappAccounts}), then generate a new token.`,
  };
}

function whenWords(end: End | null): string {
  return end?.kind === 'at' ? ` on ${dateWords(end.at)}` : '';
}
