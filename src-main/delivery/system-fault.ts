import { type FileFault, fileFault, type NamedFault, strangeFileFault } from '../core/delivery/file-words.ts';

const FAULTS: Readonly<Record<string, NamedFault>> = {
  ENOENT: 'folder-gone',
  ENOTDIR: 'folder-gone',
  ELOOP: 'link-loop',
  EISDIR: 'is-folder',
  EACCES: 'not-allowed',
  EPERM: 'not-allowed',
  EROFS: 'read-only',
  ENOSPC: 'no-space',
  EDQUOT: 'no-space',
  EBUSY: 'held-open',
  ETXTBSY: 'held-open',
  ERR_INVALID_ARG_VALUE: 'bad-path',
};

/** The system's code of an error, such as ENOSPC; empty where it has none. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** An error of the file system in words. `file` is as the owner named it. */
export function systemFault(error: unknown, file: string): FileFault {
  const code = systemCode(error);
  const named = FAULTS[code];
  return named === undefined ? strangeFileFault(file, code === '' ? 'unknown error' : code) : fileFault(named, file);
}
