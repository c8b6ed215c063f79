import type { DeliveriesAnswer, ErrorAnswer, KeysAnswer, TokenStatusAnswer } from '../contract/admin.ts';
import type { CreatedKey } from '../contract/keys.ts';
import type { Outcome } from '../contract/outcome.ts';

/** A link to the admin page; whoever opens it first is let in, so it is as good as a key until then. */
export interface LinkAnswer {
  readonly url: string;
}

type Unknown<Shape> = Partial<Record<keyof Shape, unknown>>;

/** Whether an answer is a status. Its outline is enough: server and command line are built together. */
export function isStatus(value: unknown): value is TokenStatusAnswer {
  if (!isObject(value)) return false;
  const { at, connections, alerts, vault, deliveries } = value as Unknown<TokenStatusAnswer>;
  return typeof at === 'string' && Array.isArray(connections) && Array.isArray(alerts) && isObject(vault) && Array.isArray(deliveries);
}

/** Whether an answer is an outcome. */
export function isOutcome(value: unknown): value is Outcome {
  if (!isObject(value)) return false;
  const { ok, code, message, details } = value as Unknown<Outcome>;
  return typeof ok === 'boolean' && typeof code === 'string' && typeof message === 'string' && Array.isArray(details);
}

/** Whether an answer lists keys. */
export function isKeys(value: unknown): value is KeysAnswer {
  return isObject(value) && Array.isArray((value as Unknown<KeysAnswer>).keys);
}

/** Whether an answer is the outcome of making a key. */
export function isCreatedKey(value: unknown): value is CreatedKey {
  if (!isOutcome(value)) return false;
  const { key, id, ok } = value as Unknown<CreatedKey>;
  return ok === true ? typeof key === 'string' && typeof id === 'string' : key === null && id === null;
}

/** Whether an answer lists deliveries. */
export function isDeliveries(value: unknown): value is DeliveriesAnswer {
  return isObject(value) && Array.isArray((value as Unknown<DeliveriesAnswer>).deliveries);
}

/** Whether an answer is a link to the admin page. */
export function isLink(value: unknown): value is LinkAnswer {
  return isObject(value) && typeof (value as Unknown<LinkAnswer>).url === 'string';
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
