/** A name that every shell and every reader of `.env` files takes for one, and no longer than anybody's. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,199}$/;

/** Whether a variable of a `.env` file can have this name. */
export function isVariableName(name: string): boolean {
  return NAME.test(name);
}
