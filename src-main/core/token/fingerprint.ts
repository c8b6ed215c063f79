/** Below this many characters the last four would be too much of the token to show. */
const SHORT = 12;

/**
 * What people and logs see instead of a token: `…` and its last four characters, `-`, and the first eight hex digits of
 * its SHA-256, e.g. `…aB3d-1f2e3d4c`. `sha256` gives lower-case hex.
 */
export function fingerprintOf(token: string, sha256: (text: string) => string): string {
  const lastFour = token.length < SHORT ? '' : token.slice(-4);
  return `…${lastFour}-${sha256(token).slice(0, 8)}`;
}
