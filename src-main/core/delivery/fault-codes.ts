/** Why a delivery is not done. Stable codes, kebab-case. */
export type DeliveryFaultCode =
  // The file is not there, or not where it was.
  | 'vanished'
  | 'folder-gone'
  | 'dangling-link'
  | 'link-loop'
  // It is not a file to write into.
  | 'is-folder'
  | 'not-a-file'
  | 'not-text'
  | 'utf-16'
  | 'too-large'
  | 'bad-path'
  | 'own-folder'
  // It is not what the owner named.
  | 'moved'
  // It may not or cannot be written now.
  | 'read-only'
  | 'not-allowed'
  | 'other-owner'
  | 'no-space'
  | 'held-open'
  | 'mounted'
  | 'keeps-changing'
  | 'file-trouble'
  // What it holds, or what it should hold.
  | 'changed-by-hand'
  | 'two-values'
  | 'unproved'
  | 'unwritable-token'
  | 'unclosed-quote'
  // The command.
  | 'command-not-found'
  | 'command-failed'
  | 'command-timeout'
  | 'command-interrupted';

/** Nothing is tried again by itself here: only the owner knows what is to be done. */
const OWNERS: ReadonlySet<string> = new Set<DeliveryFaultCode>(['bad-path', 'own-folder', 'moved', 'changed-by-hand', 'two-values', 'unwritable-token']);

/** Whether nothing is tried again before the owner has decided. A code of another version counts as one that passes. */
export function waitsForOwner(code: string): boolean {
  return OWNERS.has(code);
}

/** Whether what the file holds is in question, not how to write it. */
export function isHandChange(code: string): boolean {
  return code === 'changed-by-hand' || code === 'two-values';
}
