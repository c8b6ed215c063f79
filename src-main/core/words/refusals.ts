/** Says that something which was named is not there. Nothing was changed by it. */
export function unknownWords(what: 'connection' | 'delivery', id: string): string {
  return `There is no ${what} “${id}”.`;
}

/** Says that our own disk refused, and what to do; `error` is what it threw. */
export function storageWords(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `Evertoken could not write down what it did: ${why} Free some space or check the permissions of the data folder, then try again.`;
}
