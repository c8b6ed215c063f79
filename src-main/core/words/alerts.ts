import { type AlertCode, type ConcernCode, isConcern, type Rung } from '../alerts/alert.ts';
import type { StandingAlert } from '../alerts/rules.ts';
import type { Facts } from '../health/facts.ts';
import { type ReasonCode, VAULT_REASON } from '../health/health.ts';
import { expiryOf } from '../token/life.ts';
import { failureWords } from './failures.ts';
import { printable } from './printable.ts';
import { diagnosisWords, NEW_TOKEN_ADVICE } from './reasons.ts';

/** The sentences of a connection's alert: what is, then what to do. A concern speaks for itself. */
export function alertWords(facts: Facts, { code, rung, text = '' }: Pick<StandingAlert, 'code' | 'rung' | 'text'>): string {
  return isConcern(code) ? text : `${facts.connection.label}: ${WORDS[code](facts, rung)}`;
}

const WORDS: Record<Exclude<AlertCode, ConcernCode>, (facts: Facts, rung: Rung | null) => string> = {
  expiry: (facts, rung) => (rung === 'ended' ? reason(facts, 'expired') : expiryWords(facts)),
  'data-access': (facts, rung) => reason(facts, rung === 'ended' ? 'data-access-ended' : 'data-access-ending'),
  revoked: (facts) => reason(facts, 'revoked'),
  'access-lost': (facts) => reason(facts, 'access-lost'),
  'app-credentials-refused': (facts) => reason(facts, 'app-credentials-refused'),
  'cannot-extend': (facts) => reason(facts, 'cannot-extend'),
  'renewal-failing': (facts) => reason(facts, 'renewal-failing'),
  'renewal-worse': ({ connection }) =>
    `Meta offered a worse token than the one in use, so Evertoken keeps the old one and tries again. ${connection.renewal.worse.map(failureWords).join(' ')} If it stays like this: ${NEW_TOKEN_ADVICE}`,
  'scopes-lost': () => 'The renewed token has fewer permissions than the one before. It can still send messages.',
  'keychain-locked': (facts) => reason(facts, 'keychain-locked'),
  'keychain-unavailable': (facts) => reason(facts, 'keychain-unavailable'),
  'secret-lost': (facts) => reason(facts, 'secret-lost'),
  'app-secret-lost': (facts) => reason(facts, 'app-secret-lost'),
  'memory-only': () => MEMORY_ONLY_WORDS,
  'kept-in-memory': () => 'The keychain is locked, so the renewed token is in memory only. Unlock the keychain, and Evertoken stores it.',
  'fallback-in-use': (facts) => reason(facts, 'fallback-in-use'),
  'settings-broken': () => 'The settings file was damaged and was set aside.',
  'call-refused': refusedCallWords,
};

/** Said at start, in the status and in the log where there is no keychain. */
export const MEMORY_ONLY_WORDS = 'There is no keychain here, so tokens are kept in memory only and must be pasted again after a restart.';

function refusedCallWords({ connection }: Facts): string {
  const { refusedCall, lastCheck } = connection;
  const refused = `Meta refused a call of your bot with this token${refusedCall === null ? '' : ` (code ${refusedCall.code})`}`;
  if (refusedCall !== null && refusedCall.validAt !== null) {
    const said = printable(refusedCall.message);
    return `${refused}, but says that the token is valid.${said === '' ? '' : ` Meta's words: “${said}”`} Look at what your bot sends and try it again. If Meta refuses it again: ${NEW_TOKEN_ADVICE}`;
  }
  const silent = (lastCheck?.silent ?? 0) > 0;
  return `${refused}. ${silent ? 'Evertoken is checking the token, but Meta does not answer just now.' : 'Evertoken is checking the token with Meta.'} Wait a moment, or check it now.`;
}

function expiryWords(facts: Facts): string {
  const { prospects, vaultTrouble, token, now } = facts;
  const expiry = token === null ? null : expiryOf(token);
  // Past its end, and Meta could not be asked: that needs an answer first, not a new token.
  if (expiry?.kind === 'at' && expiry.at <= now) return reason(facts, 'expiry-passed-unconfirmed');
  const near = diagnosisWords(facts, { health: 'urgent', reasons: ['expiry-near'] }).reasons.join(' ');
  if (vaultTrouble !== null) return `${near} ${reason(facts, VAULT_REASON[vaultTrouble.kind])}`;
  if (prospects.who !== 'person') return `${near} Renewing it has not worked yet; Evertoken keeps trying.`;
  if (prospects.why === 'not-renewable') return `${near} ${NEW_TOKEN_ADVICE}`;
  return `${near} ${reason(facts, prospects.why)}`;
}

function reason(facts: Facts, code: ReasonCode): string {
  const { reasons, advice } = diagnosisWords(facts, { health: 'unknown', reasons: [code] });
  return `${reasons.join(' ')} ${advice === 'Nothing to do.' ? '' : advice}`.trim();
}
