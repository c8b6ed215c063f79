/** One header as it was sent: absent, once, or more than once. Node's `headers` hides the third case. */
export type SentHeader = { readonly count: 'none' } | { readonly count: 'one'; readonly value: string } | { readonly count: 'many' };

/** Looks a header up in Node's `rawHeaders` (name, value, name, value …). `name` in lower case. */
export function sentHeader(rawHeaders: readonly string[], name: string): SentHeader {
  const values = sentValues(rawHeaders, name);
  const [value] = values;
  if (value === undefined) return { count: 'none' };
  return values.length === 1 ? { count: 'one', value } : { count: 'many' };
}

/** Every value of a header that may be sent more than once. `name` in lower case. */
export function sentValues(rawHeaders: readonly string[], name: string): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}
