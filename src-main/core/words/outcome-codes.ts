import { CAUSE_TRAITS } from '../graph/cause-traits.ts';
import type { Cause } from '../graph/fault.ts';
import { faultWords } from '../graph/fault-words.ts';
import { PASTE_WORDS } from '../token/paste-words.ts';

/** The cause that a code names, in either spelling (`wrong_app`, `wrong-app`); null where it names none. */
export function causeNamed(code: string | null): Cause | null {
  const name = code?.replaceAll('-', '_') ?? '';
  return isCause(name) ? name : null;
}

/** Why something that the owner asked for was not done, in a sentence, by the code of its outcome; empty where the code says nothing. */
export function outcomeWords(code: string | null): string {
  if (code === null) return '';
  const known = WORDS.get(code);
  if (known !== undefined) return known;
  const cause = causeNamed(code);
  if (cause !== null) return faultWords(cause).what;
  return Object.hasOwn(PASTE_WORDS, code) || code === 'other-vendor' ? 'What was pasted is no WhatsApp token.' : '';
}

function isCause(name: string): name is Cause {
  return Object.hasOwn(CAUSE_TRAITS, name);
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['unreachable', 'Meta gave no answer that counts.'],
  ['keychain-locked', 'The keychain is locked or cannot be reached.'],
  ['keychain-unavailable', 'The keychain is locked or cannot be reached.'],
  ['vault-unavailable', 'The place where tokens are kept cannot be reached.'],
  ['vault-lost-it', 'The token was stored and could not be read back.'],
  ['copy-left-behind', 'The token was stored and could not be read back.'],
  ['storage-failed', 'Evertoken could not write to its data folder.'],
  ['secret-lost', 'The token is no longer where Evertoken kept it.'],
  ['already-connected', 'The token is in use already.'],
  ['number-already-connected', 'The phone number is connected already.'],
  ['nothing-given', 'Nothing was given.'],
  ['bad-app-id', 'What was given as app id is no app id.'],
  ['app-id-missing', 'An app secret was given without its app id.'],
  ['bad-app-secret', 'What was given as app secret is no app secret.'],
  ['no-token', 'There is no token at hand.'],
  ['not-checked', 'Meta has not said anything about the token yet.'],
  ['revoked', 'Meta no longer accepts the token.'],
  ['expiry-unknown', 'Meta does not say when the token ends, and a renewal could shorten its life.'],
  ['app-token', 'It is an app token, which cannot be renewed and cannot send messages.'],
  ['no-app-credentials', 'Evertoken does not know the app secret.'],
  ['other-app', 'The token belongs to another app than the app secret that Evertoken has.'],
]);
