/** One header as it was sent: absent, once, or more than once. Node's `headers` hides the third case. */
export type SentHeader = { readonly count: 'none' } | { readonly count: 'one'; readonly value: string } | { readonly count: 'many' };

/** Looks a header up in Node's `rawHeaders` (name, value, name, value …). `name` in lower case. */
export function sentHeader(rawHeaders: readonly string[], name: string): SentHeader {
  const values = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
  const [value] = values;
  if (value === undefined) return { count: 'none' };
  return values.length === 1 ? { count: 'one', value } : { count: 'many' };
}
