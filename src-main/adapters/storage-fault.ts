/** Why something could not be kept on disk. */
export type StorageFaultCode = 'denied' | 'full' | 'read-only' | 'invalid' | 'too-new' | 'failed';

/** The disk, or what stands on it, is in the way. The message is a sentence for the owner and holds no secret. */
export class StorageFault extends Error {
  override readonly name = 'StorageFault';
  readonly code: StorageFaultCode;

  /** `message` says what is and what to do. */
  constructor(code: StorageFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}

const BY_ERRNO: Readonly<Record<string, { readonly code: StorageFaultCode; readonly words: (path: string) => string }>> = {
  EACCES: { code: 'denied', words: (path) => `Evertoken may not write to ${path}. Give your user the right to write there, then try again.` },
  EPERM: { code: 'denied', words: (path) => `Evertoken may not write to ${path}. Give your user the right to write there, then try again.` },
  ENOSPC: { code: 'full', words: (path) => `The disk is full, so ${path} could not be saved. Free some space, then try again.` },
  EDQUOT: { code: 'full', words: (path) => `Your share of the disk is used up, so ${path} could not be saved. Free some space, then try again.` },
  EROFS: { code: 'read-only', words: (path) => `The disk with ${path} can only be read. Choose another data folder.` },
};

/** Node's file error as a `StorageFault` about `path`. */
export function storageFault(error: unknown, path: string): StorageFault {
  if (error instanceof StorageFault) return error;
  const errno = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = BY_ERRNO[errno];
  if (known !== undefined) return new StorageFault(known.code, known.words(path));
  return new StorageFault('failed', `${path} could not be saved${errno === '' ? '' : ` (${errno})`}. Check the disk, then try again.`);
}
