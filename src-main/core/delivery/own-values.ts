/** How many values are remembered: more than a `.env` can fall behind before somebody looks. */
const MOST = 16;

/** Own values with one more (SHA-256, hex), newest first and each once. */
export function rememberOwn(ownValues: readonly string[], digest: string): readonly string[] {
  if (ownValues[0] === digest) return ownValues;
  return [digest, ...ownValues.filter((one) => one !== digest)].slice(0, MOST);
}
