/** What a rejected keychain call means. */
export type KeychainFault = { readonly outcome: 'locked' } | { readonly outcome: 'unavailable'; readonly reason: string };

const NO_SERVICE =
  'Your computer has no running keychain for Evertoken to use. Log in to the desktop, or install and start a keyring such as gnome-keyring. Evertoken looks for it again each minute.';
const NO_COLLECTION =
  'Your keychain has no place to keep passwords yet. Open your password app (for example "Passwords and Keys"), create a default keyring, then try again.';
const NO_SESSION = 'Windows does not let Evertoken reach its Credential Manager from here. Start Evertoken from your own desktop session.';

const LOCKED: KeychainFault = { outcome: 'locked' };
const unavailable = (reason: string): KeychainFault => ({ outcome: 'unavailable', reason });

/** There is a keychain, and nothing in it that takes a secret. */
export const NO_DEFAULT_COLLECTION: KeychainFault = unavailable(NO_COLLECTION);

/*
 * The words are those of libsecret, GDBus and gnome-keyring as measured on Debian 12, and for macOS and Windows
 * those of Apple's and Microsoft's error lists (errSecInteractionNotAllowed, errSecAuthFailed,
 * ERROR_NO_SUCH_LOGON_SESSION). The first row that matches decides.
 */
const TABLE: readonly (readonly [RegExp, KeychainFault])[] = [
  [/locked collection|collection is locked|is locked|IsLocked/i, LOCKED],
  [/prompt.*dismissed|dismissed.*prompt|user canceled|user cancelled/i, LOCKED],
  [/user interaction is not allowed|user name or passphrase you entered is not correct/i, LOCKED],
  [/object does not exist|no such object|no default collection/i, NO_DEFAULT_COLLECTION],
  [/logon session does not exist/i, unavailable(NO_SESSION)],
  [/autolaunch|d-?bus|org\.freedesktop|name has no owner|not provided by any|could not connect|connection is closed|underlying gio|message bus|no reply|timeout was reached/i, unavailable(NO_SERVICE)],
];

/** What an unknown error may say of itself: plain words only, since a value could hide in anything longer. */
function harmlessWords(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const words = message.slice(0, 400).split(/\s+/).map((word) => (/^["'(]?[\p{L}\d.,:;'-]{1,24}["')]?$/u.test(word) ? word : '…'));
  return words.join(' ').slice(0, 160).trim();
}

/** Classifies a rejection of the native module; an unknown one is `unavailable`, never `lost`. */
export function classifyKeychainFault(error: unknown): KeychainFault {
  const message = error instanceof Error ? error.message : String(error);
  const row = TABLE.find(([words]) => words.test(message));
  if (row !== undefined) return row[1];
  return unavailable(`Your keychain answered with an error: "${harmlessWords(error)}". Restart the computer if this goes on.`);
}
