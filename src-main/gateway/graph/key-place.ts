/** The one key that a request carries; `none` where there is none, `two` where there are different ones. */
export type KeyFinding = { readonly found: 'one'; readonly key: string } | { readonly found: 'none' } | { readonly found: 'two' };

/** What an `Authorization` header says: nothing, a key, or something that is no key (another scheme, two of them). */
export type AuthorizationReading = { readonly kind: 'absent' } | { readonly kind: 'key'; readonly key: string } | { readonly kind: 'no-key' };

const ABSENT: AuthorizationReading = { kind: 'absent' };
const NO_KEY: AuthorizationReading = { kind: 'no-key' };

/** Reads the header values of `Authorization`. `OAuth` is what Meta's older clients write. */
export function readAuthorization(values: readonly string[]): AuthorizationReading {
  const [value, another] = values;
  if (value === undefined) return ABSENT;
  if (another !== undefined) return NO_KEY;
  const key = /^(?:bearer|oauth) +([!-~]+)$/i.exec(value.trim())?.[1];
  return key === undefined ? NO_KEY : { kind: 'key', key };
}

/** Brings together what was found in header, query and body. An empty `access_token` is none. */
export function findKey(...places: readonly (readonly string[])[]): KeyFinding {
  let key: string | null = null;
  for (const place of places) {
    for (const one of place) {
      if (one === '') continue;
      if (key !== null && key !== one) return { found: 'two' };
      key = one;
    }
  }
  return key === null ? { found: 'none' } : { found: 'one', key };
}
