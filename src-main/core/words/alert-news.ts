import type { AlertCode } from '../alerts/alert.ts';
import { type LogFacts, quoted, word } from './log-facts.ts';
import { bad, plain, type Said } from './said.ts';

/** An alert that was told, in its own words. */
export function alertTold(facts: LogFacts): Said | null {
  const text = quoted(facts, 'text');
  return text === '' ? null : bad(text);
}

/** An alert whose cause has ended. It may have given way to a worse one, so this is no good news by itself. */
export function alertOver(facts: LogFacts): Said | null {
  const about = subjectOf(facts);
  return about === null ? null : plain(`The warning about ${about} is over.`);
}

/** An alert that the owner wants to hear no more of. */
export function alertSeen(facts: LogFacts): Said | null {
  const about = subjectOf(facts);
  return about === null ? null : plain(`The warning about ${about} was marked as seen.`);
}

function subjectOf(facts: LogFacts): string | null {
  const code = word(facts, 'id')?.split('/')[1] ?? '';
  return isAlertCode(code) ? ABOUT[code] : null;
}

function isAlertCode(code: string): code is AlertCode {
  return Object.hasOwn(ABOUT, code);
}

const ABOUT: Readonly<Record<AlertCode, string>> = {
  expiry: 'the end of the token',
  'data-access': "the end of Meta's permission to read data",
  revoked: 'a token that Meta no longer accepts',
  'access-lost': 'a number that the token does not reach',
  'app-credentials-refused': 'the app id and app secret that Meta refuses',
  'cannot-extend': 'a token that cannot be extended',
  'renewal-failing': 'renewals that do not work',
  'renewal-worse': 'the worse token that Meta offered',
  'scopes-lost': 'permissions that the renewed token lacks',
  'keychain-locked': 'the locked keychain',
  'keychain-unavailable': 'the keychain that cannot be reached',
  'secret-lost': 'the lost token',
  'app-secret-lost': 'the lost app secret',
  'memory-only': 'tokens that are kept in memory only',
  'kept-in-memory': 'the renewed token that is in memory only',
  'fallback-in-use': 'the older token that is in use',
  'settings-broken': 'the damaged settings file',
  'call-refused': 'a call of your bot that Meta refused',
  'delivery-failed': 'a token that was not delivered',
  'changed-by-hand': 'a value that was changed by hand',
  'command-failed': 'a command that failed after a delivery',
  'gateway-trouble': 'the gateway',
};
