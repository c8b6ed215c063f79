import type { Facts } from '../core/health/facts.ts';
import { faultText } from '../core/graph/fault-words.ts';
import { firstDue, type NotRenewable } from '../core/renewal/plan.ts';
import { failureWords } from '../core/words/failures.ts';
import { expiryOf } from '../core/token/life.ts';
import { dateWords } from '../core/words/dates.ts';
import { diagnosisWords, NEW_TOKEN_ADVICE } from '../core/words/reasons.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Renewal } from './attempt.ts';

/** A try to renew in code and words; `renewal` is null where none could be made. */
export function renewalOutcome(facts: Facts, renewal: Renewal | null): Outcome {
  const connection = facts.connection.id;
  if (renewal === null) return { ...refusal(facts), connection, details: [] };
  const { ok, code, message } = described(facts, renewal);
  return { ok, code, message, connection, details: detailWords(renewal) };
}

function described(facts: Facts, { result, fault }: Renewal): Pick<Outcome, 'ok' | 'code' | 'message'> {
  const said = fault === null ? '' : ` ${faultText(fault.cause, fault)}`;
  switch (result) {
    case 'renewed':
      return { ok: true, code: 'renewed', message: `The token was renewed. ${endWords(facts)}` };
    case 'no-progress':
      if (facts.token !== null && facts.now < firstDue(facts.token)) {
        return { ok: true, code: 'no-progress', message: `Meta gives no longer life to a token this fresh, which is normal. ${endWords(facts)} Evertoken renews it by itself in good time.` };
      }
      return { ok: true, code: 'no-progress', message: `Meta answered, but gave no longer life. ${endWords(facts)} Evertoken tries again by itself; if it stays like this: ${NEW_TOKEN_ADVICE}` };
    case 'worse':
      return { ok: false, code: 'worse', message: 'Meta offered a worse token than the one in use, so the old one stays in use. Evertoken tries again by itself.' };
    case 'refused':
      return { ok: false, code: fault === null ? 'refused' : fault.cause.replaceAll('_', '-'), message: `The token could not be renewed.${said}` };
    case 'unreachable':
      return { ok: false, code: 'unreachable', message: `Meta gave no answer that counts, so the token in use stays.${said}` };
    case 'vault':
      return { ok: false, code: 'keychain-locked', message: 'The keychain is locked or cannot be reached, so no new token was fetched. Unlock it and refresh again; nothing is lost.' };
  }
}

function refusal(facts: Facts): Pick<Outcome, 'ok' | 'code' | 'message'> {
  const why = facts.plan.can ? 'no-token' : facts.plan.why;
  // A dead token stays dead whatever the keychain does, and that is what its owner has to know.
  if (facts.vaultTrouble !== null && why !== 'dead') {
    const { reasons, advice } = diagnosisWords(facts);
    return { ok: false, code: { locked: 'keychain-locked', lost: 'secret-lost', unavailable: 'keychain-unavailable' }[facts.vaultTrouble.kind], message: `${reasons[0] ?? ''} ${advice}` };
  }
  if (why === 'never-expiring') return { ok: true, code: 'never-expiring', message: 'The token never expires, so there is nothing to renew.' };
  if (why === 'dead') {
    const { reasons, advice } = diagnosisWords(facts);
    const expired = facts.token?.snapshot?.fault?.cause === 'expired';
    return { ok: false, code: expired ? 'expired' : 'revoked', message: `${reasons[0] ?? ''} ${advice}` };
  }
  return { ok: false, code: why, message: REFUSALS[why] };
}

const REFUSALS: Record<Exclude<NotRenewable, 'never-expiring' | 'dead'>, string> = {
  'no-token': 'There is no token to renew. Paste one.',
  'not-checked': 'Meta has not said anything about this token yet, so it cannot be renewed. Check the internet connection and try again.',
  'expiry-unknown': 'Meta does not say when this token ends, so Evertoken does not exchange it: that could shorten its life.',
  'app-token': 'This is an app token, which cannot be renewed and cannot send messages. Paste a WhatsApp token.',
  'no-app-credentials': 'Evertoken needs the app id and the app secret to renew this token. Give them when you connect or replace.',
  'other-app': 'The token belongs to another app than the app secret that Evertoken has. Give the secret of the app that made the token.',
};

function detailWords({ worse, lostScopes }: Renewal): readonly string[] {
  return [...worse.map(failureWords), ...(lostScopes.length === 0 ? [] : [`It lacks permissions that the one before had: ${lostScopes.join(', ')}.`])];
}

function endWords({ token }: Facts): string {
  const expiry = token === null ? null : expiryOf(token);
  switch (expiry?.kind) {
    case 'at':
      return `It is valid until ${dateWords(expiry.at)}.`;
    case 'never':
      return 'It never expires.';
    default:
      return '';
  }
}
