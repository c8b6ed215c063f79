import { causeTraits } from '../graph/cause-traits.ts';
import type { Cause } from '../graph/fault.ts';
import { faultWords } from '../graph/fault-words.ts';
import type { ProofFailure } from '../renewal/record.ts';
import { failureWords } from './failures.ts';
import { labelled, type LogFacts, validityWords, word } from './log-facts.ts';
import { causeNamed, outcomeWords } from './outcome-codes.ts';
import { bad, good, inRun, plain, type Said } from './said.ts';

/** What a check with Meta found. */
export function checkFound(facts: LogFacts): Said {
  return inRun('check', found(facts, causeNamed(word(facts, 'cause'))));
}

function found(facts: LogFacts, cause: Cause | null): Said {
  const why = causeWords(cause);
  const valid = facts['valid'];
  // A missing answer says nothing about the token, and waiting may cure it.
  const silent = cause === null || causeTraits(cause).silence;
  if (typeof valid !== 'boolean') return (silent ? plain : bad)(`The token could not be checked.${why}`);
  if (!valid) return bad(`The token was checked: Meta no longer accepts it.${why}`);
  if (cause === null && word(facts, 'access') !== 'lost') return good(`The token was checked: it is valid${validityWords(facts)}.`);
  if (cause === null || causeTraits(cause).access) return bad(`The token was checked: it is valid but does not reach its number.${why}`);
  return (silent ? plain : bad)(`The token was checked: it is valid, but Meta did not let Evertoken check everything.${why}`);
}

/** A token that was put to use. Told here and not at the request that led to it: after a crash in between there is none. */
export function tokenPutToUse(facts: LogFacts): Said {
  switch (word(facts, 'source')) {
    case 'connect':
    case 'import':
      return good(`${labelled(facts)} was connected. ${endWords(facts, 'Its token')}`);
    case 'replacement':
      if (facts['app'] !== true) return good(`The token was replaced. ${endWords(facts, 'The new one')}`);
      if (facts['sameToken'] === true) return good(`The app id and the app secret were replaced. ${endWords(facts, 'The token')}`);
      return good(`The token was replaced, and the app id and the app secret with it. ${endWords(facts, 'The new one')}`);
    case 'renewal':
      return good(`The token was renewed. ${endWords(facts, 'It')}`);
    default:
      return good(`Another token was put to use. ${endWords(facts, 'It')}`);
  }
}

/** A try to renew that gave no new token. */
export function renewalEnded(facts: LogFacts): Said | null {
  const why = causeWords(causeNamed(word(facts, 'cause')));
  switch (word(facts, 'result')) {
    case 'no-progress':
      return inRun('renewal', plain(facts['early'] === true ? TOO_FRESH : 'Meta was asked to renew the token and gave it no longer life. Evertoken tries again by itself.'));
    case 'worse':
      return inRun('renewal', bad(['Meta offered a worse token than the one in use, so the old one stays in use.', ...failuresOf(facts)].join(' ')));
    case 'refused':
      return inRun('renewal', bad(`${NOT_RENEWED}${why}`));
    case 'unreachable':
      return inRun('renewal', plain(`The token could not be renewed just now.${why} Evertoken tries again by itself.`));
    case 'vault':
      return inRun('renewal', bad(`${NOT_RENEWED} ${outcomeWords('keychain-locked')}`));
    default:
      return null;
  }
}

const NOT_RENEWED = 'The token could not be renewed.';
const TOO_FRESH = 'Meta gives no longer life to a token this fresh, which is normal. Evertoken renews it by itself in good time.';

/** Outcomes of a try, which has a line of its own. */
const TOLD_BY_THE_TRY: ReadonlySet<string | null> = new Set(['renewed', 'no-progress', 'worse', 'refused', 'unreachable', 'not-due', 'unknown-connection']);

/** A renewal that the owner asked for and that could not even be tried. */
export function refreshEnded(facts: LogFacts): Said | null {
  const code = word(facts, 'code');
  if (TOLD_BY_THE_TRY.has(code)) return null;
  if (code === 'never-expiring') return inRun('renewal', plain('The token never expires, so there is nothing to renew.'));
  return inRun('renewal', bad(`${NOT_RENEWED} ${outcomeWords(code)}`.trim()));
}

/** What became of a token that the owner gave in place of the one in use. */
export function replaceEnded(facts: LogFacts): Said | null {
  const code = word(facts, 'code');
  if (code === 'replaced') return null;
  if (code === 'same-token') return plain('The token that was given is in use already.');
  if (code === 'confirm') return plain('The token that was given works but differs from the one in use, so Evertoken asked before taking it.');
  return bad(`Replacing the token did not work. ${outcomeWords(code)}`.trim());
}

function endWords(facts: LogFacts, subject: string): string {
  const validity = validityWords(facts);
  return validity === '' ? `${subject} is in use.` : `${subject} is valid${validity}.`;
}

function causeWords(cause: Cause | null): string {
  return cause === null ? '' : ` ${faultWords(cause).what}`;
}

const FAILURES: Readonly<Record<ProofFailure, true>> = { invalid: true, 'other-app': true, 'other-user': true, 'messaging-scope-missing': true, 'access-lost': true, 'expires-earlier': true };

function failuresOf(facts: LogFacts): readonly string[] {
  const isFailure = (name: string): name is ProofFailure => Object.hasOwn(FAILURES, name);
  return (word(facts, 'worse') ?? '').split(',').filter(isFailure).map(failureWords);
}
