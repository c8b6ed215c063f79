import { faultWords } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import type { ExplainedCause } from './sign.ts';

const OTHER_VENDOR: FaultWords = {
  what: 'This does not come from Meta: another service or program refused.',
  advice: 'Look up the error where that service is set up. Your WhatsApp token is not the reason.',
  link: null,
};
const NOT_AN_ERROR: FaultWords = {
  what: 'There is no error of Meta’s in this text.',
  advice: 'Paste the lines around the moment when it went wrong.',
  link: null,
};

/** What an owner reads about a cause that a text was found to have. */
export function explainedWords(cause: ExplainedCause): FaultWords {
  if (cause === 'other_vendor') return OTHER_VENDOR;
  return cause === 'not_an_error' ? NOT_AN_ERROR : faultWords(cause);
}
