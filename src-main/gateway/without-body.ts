/**
 * An error as one line for the log, with every text of the request's body taken out. The log redacts the
 * secrets it knows; a token that was pasted a moment ago is not among them yet.
 */
export function withoutBody(error: unknown, body: unknown): string {
  const line = error instanceof Error ? `${error.name}: ${error.message}` : 'something that is no Error was thrown';
  const texts = textsIn(body).toSorted((a, b) => b.length - a.length);
  return texts.reduce((text, secret) => text.replaceAll(secret, '[from the request]'), line).slice(0, 500);
}

/** Shorter texts are no secrets, and taking them out would leave nothing to read. */
const SHORTEST = 6;

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value, value.trim()].filter((text) => text.length >= SHORTEST);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
