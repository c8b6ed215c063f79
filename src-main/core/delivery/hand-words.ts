import type { FileFault } from './file-words.ts';

/** Below this many characters the last four would be too much of a secret to show. */
const SHORT = 12;

/** Says that a file holds a value of somebody else's and why it was not taken. `why` holds sentences of the keeper's. */
export function handChangeFault(file: string, variable: string, value: string, why: string): FileFault {
  return {
    code: 'changed-by-hand',
    text: `${variable} in ${file} was changed by hand${ending(value)}. It was not taken over: ${unchanged(why)} Write Evertoken’s token over it, or paste the right token in Evertoken.`,
  };
}

/** Says that a file sets the variable several times, and that a place which readers pass over holds somebody else's value. */
export function twoValuesFault(file: string, variable: string, value: string): FileFault {
  return {
    code: 'two-values',
    text: `${file} sets ${variable} more than once, and one value is not Evertoken’s${ending(value)}. Remove that line, or write Evertoken’s token over it.`,
  };
}

/** Says that a value could not be judged yet. */
export function unprovedFault(file: string, variable: string, value: string, why: string): FileFault {
  return { code: 'unproved', text: `${variable} in ${file} was changed by hand${ending(value)}. Evertoken could not ask Meta about it yet and tries again: ${unchanged(why)}` };
}

/** Says that the token cannot be written so that every reader reads it. */
export function unwritableFault(file: string): FileFault {
  return { code: 'unwritable-token', text: `The token holds signs that a .env file cannot, so nothing was written into ${file}. Make a new token at Meta and paste it in Evertoken.` };
}

/** What the owner reads where a dead value was written over because they had just asked for it. */
export function deadValueWords(variable: string, value: string): string {
  return `The value of ${variable} that was there${ending(value)} is dead: Meta refuses it for good, so it was written over.`;
}

function ending(value: string): string {
  return value.length < SHORT ? '' : ` (it ends in …${value.slice(-4)})`;
}

/** The keeper speaks of itself; here the sentence would be taken for the file. */
function unchanged(why: string): string {
  return why.replace(/ ?Nothing was changed\.$/, '');
}
