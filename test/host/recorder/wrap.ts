type Method = (...args: never[]) => unknown;

/** A method as it was before it was wrapped. */
export type Original = (this: unknown, ...args: readonly unknown[]) => unknown;

/**
 * Puts a function of ours in the place of a method. `make` gets the method and answers what stands there from now on; calling the
 * original with the right `this` is up to that.
 */
export function wrapMethod<Target extends object>(target: Target, name: string & keyof Target, make: (original: Original) => Method): void {
  const original = target[name] as Original;
  Object.defineProperty(target, name, { value: make(original), writable: true, configurable: true, enumerable: false });
}
