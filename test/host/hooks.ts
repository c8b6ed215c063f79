interface Resolved {
  readonly url: string;
  readonly shortCircuit?: boolean;
}

const STAND_IN = new URL('./electron.js', import.meta.url).href;

/** Node's hook: whoever imports `electron` gets the stand-in beside this file. */
export function resolve(specifier: string, context: unknown, next: (specifier: string, context: unknown) => Promise<Resolved>): Resolved | Promise<Resolved> {
  if (specifier === 'electron' || specifier === 'electron/main') return { url: STAND_IN, shortCircuit: true };
  return next(specifier, context);
}
