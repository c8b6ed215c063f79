import type { ErrorAnswer } from '../contract/admin.ts';
import type { StatusAnswer } from '../contract/status.ts';
import type { Outcome } from '../contract/outcome.ts';

type Unknown<Shape> = Partial<Record<keyof Shape, unknown>>;

/** Whether an answer is a status. Its outline is enough: server and command line are built together. */
export function isStatus(value: unknown): value is StatusAnswer {
  if (!isObject(value)) return false;
  const { at, connections, alerts, vault } = value as Unknown<StatusAnswer>;
  return typeof at === 'string' && Array.isArray(connections) && Array.isArray(alerts) && isObject(vault);
}

/** Whether an answer is an outcome. */
export function isOutcome(value: unknown): value is Outcome {
  if (!isObject(value)) return false;
  const { ok, code, message, details } = value as Unknown<Outcome>;
  return typeof ok === 'boolean' && typeof code === 'string' && typeof message === 'string' && Array.isArray(details);
}

/** The proof in an answer of `/healthz?nonce=…`; null where it is none of Evertoken's. */
export function proofIn(value: unknown): string | null {
  if (!isObject(value)) return null;
  const { ok, proof } = value as { readonly ok?: unknown; readonly proof?: unknown };
  return ok === true && typeof proof === 'string' ? proof : null;
}

/** The error in an answer that is no 200; null where it is not one of Evertoken's. */
export function errorIn(value: unknown): { readonly code: string; readonly message: string } | null {
  if (!isObject(value)) return null;
  const { error } = value as Unknown<ErrorAnswer>;
  if (!isObject(error)) return null;
  const { type, code, message } = error as Unknown<ErrorAnswer['error']>;
  return type === 'EvertokenError' && typeof code === 'string' && typeof message === 'string' ? { code, message } : null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
