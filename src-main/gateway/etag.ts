/**
 * Whether one of the `If-None-Match` values names this entity tag (quoted, strong), by the weak comparison of RFC 9110 §8.8.3.2 that
 * §13.1.2 asks for. `*` names whatever there is.
 */
export function matchesAny(values: readonly string[], tag: string): boolean {
  return values.some((value) => value.trim() === '*' || [...value.matchAll(/(?:^|[\s,])(?:W\/)?("[^"]*")/g)].some(([, sent]) => sent === tag));
}
