/** What was read, or why it could not be used: a stable code (kebab-case) and a sentence or two for the owner. */
export type Reading<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly code: string; readonly message: string };

/** A reading that went well. */
export function read<Value>(value: Value): Reading<Value> {
  return { ok: true, value };
}

/** A reading that is refused; nothing was changed by it. */
export function refused(code: string, message: string): { readonly ok: false; readonly code: string; readonly message: string } {
  return { ok: false, code, message };
}
