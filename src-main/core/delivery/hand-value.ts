/**
 * What the keeper's answer to a value that somebody put into a file by hand means for that file. `adopted`: it is the token in use now.
 * `dead`: Meta says definitely that it will never work again. `later`: nothing was said about it. `refused`: it was not taken, and
 * only the owner can say what is to be done.
 */
export type HandVerdict = 'adopted' | 'dead' | 'later' | 'refused';

/** Codes about the token itself that no waiting and no click at Meta undoes. */
const DEAD: ReadonlySet<string> = new Set(['expired', 'password-changed', 'app-removed', 'logged-out', 'inactive-90-days']);

/** Codes that tell of us or of the way to Meta, not of the value. */
const LATER: ReadonlySet<string> = new Set(['unreachable', 'unknown', 'keychain-locked', 'vault-lost-it', 'vault-unavailable', 'storage-failed']);

/** Reads the verdict off an outcome's code. A code that is not known here proves nothing, so the value stays. */
export function handVerdict(ok: boolean, code: string): HandVerdict {
  if (ok) return 'adopted';
  if (DEAD.has(code)) return 'dead';
  return LATER.has(code) ? 'later' : 'refused';
}
