/**
 * The three calls that we make to the operating system's keychain. keytar has two more, `findPassword` and
 * `findCredentials`; they are left out on purpose: on a locked Linux keyring the second ends the whole process with a
 * segmentation fault, and on Windows it matches by prefix.
 */
export interface RawKeychain {
  /** The value, or null where there is none, or where a Linux keyring stays locked. */
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  /** False where there was nothing to delete, or where a Linux keyring stays locked. */
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** The keychain's native module, or a sentence for the owner that says why there is none. */
export type LoadedKeychain = { readonly ok: true; readonly raw: RawKeychain } | { readonly ok: false; readonly reason: string };
