import type { FileFault } from './file-words.ts';

/** Below this many characters the last four would be too much of a secret to show. */
const SHORT = 12;

const WRITE_OVER = 'Have Evertoken’s token written over it';

/** A value in a file as the owner knows it. */
export interface NamedValue {
  readonly file: string;
  readonly variable: string;
  /** A secret, perhaps: no more than its end is shown. */
  readonly value: string;
}

/** Says that a file holds a value of somebody else's and why it was not taken. `why` is a sentence; further ones of it are left out. */
export function handChangeFault({ file, variable, value }: NamedValue, why: string): FileFault {
  return { code: 'changed-by-hand', text: `${variable} in ${file} was changed by hand${ending(value)} and not taken over: ${continued(firstSentence(why))} ${WRITE_OVER}, or give Evertoken the token that your bot should use.` };
}

/** Says that a file holds something that is no token of Meta's under this name. It was shown to nobody. */
export function noTokenFault({ file, variable, value }: NamedValue): FileFault {
  return { code: 'changed-by-hand', text: `${variable} in ${file} holds something that does not look like a token of Meta’s${ending(value)}, so it was left alone and not sent to Meta. ${WRITE_OVER} if it is not needed, or name another variable.` };
}

/** Says that the owner's yes to writing over a value was not followed, since that would put a dead token in place of one that may live. */
export function deadTokenFault({ file, variable, value }: NamedValue): FileFault {
  return { code: 'changed-by-hand', text: `Meta refuses Evertoken’s own token, so it was not written over the value of ${variable} in ${file}${ending(value)}, which may still work. Give Evertoken a token that works, and it is delivered.` };
}

/** Says that the file sets the variable several times, and that a place which readers pass over holds somebody else's value. */
export function twoValuesFault({ file, variable, value }: NamedValue): FileFault {
  return {
    code: 'two-values',
    text: `${file} sets ${variable} more than once, and one value is not Evertoken’s${ending(value)}. Remove that line, or have Evertoken’s token written over it.`,
  };
}

/** Says that a value could not be judged yet. */
export function unprovedFault({ file, variable, value }: NamedValue, why: string): FileFault {
  return { code: 'unproved', text: `${variable} in ${file} was changed by hand${ending(value)}, and Meta could not be asked about it yet: ${continued(firstSentence(why))} Evertoken tries again by itself.` };
}

/** Says that the token cannot be written so that every reader reads it. */
export function unwritableFault(file: string): FileFault {
  return { code: 'unwritable-token', text: `The token holds signs that a .env file cannot, so nothing was written into ${file}. Make a new token at Meta and give it to Evertoken.` };
}

/** What the owner reads where a dead value was written over because they had just asked for it. */
export function deadValueWords(variable: string, value: string): string {
  return `The value of ${variable} that was there${ending(value)} is dead: Meta refuses it for good, so it was written over.`;
}

/** What the keeper's question about a token that works but differs comes to, in one sentence. */
export function differsWords(details: readonly string[]): string {
  const differences = details.map((detail) => continued(detail.replace(/\.$/, ''))).join('; ');
  return `It works with this number, but differs from the token in use${differences === '' ? '' : ` (${differences})`}.`;
}

function ending(value: string): string {
  return value.length < SHORT ? '' : ` (it ends in …${value.slice(-4)})`;
}

/** What follows is advice for another place, where a token is being pasted. */
function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s+[A-Z“]|\s*$)/s.exec(text)?.[0] ?? text;
}

/** A sentence as it goes on after a colon. */
function continued(sentence: string): string {
  return sentence.replace(/^(?:The|This|It|There|That)\b/, (word) => word.toLowerCase());
}
