import { refused } from './arrival.ts';
import type { Arrival, CallContext, ReadCall } from './arrival.ts';
import { bodyShape, cleanBody, mayHoldKey, mustBeWhole } from './clean-body.ts';
import type { BodyShape, CleanBody } from './clean-body.ts';
import { readFields } from './fields.ts';
import { findKey, readAuthorization } from './key-place.ts';
import { GraphCall } from './graph-call.ts';
import { holdsKey, holdsPlainKey } from './held-key.ts';
import { collectBody } from './request-body.ts';
import type { Collected } from './request-body.ts';
import type { GraphPath } from './target.ts';

const NONE: readonly string[] = [];
const NOTHING = Buffer.alloc(0);

/** Finds the key, admits the caller, and takes the key out of wherever it stands. Nothing of the body is asked for before that, unless the key is in it. */
export async function readGraphCall(arrival: Arrival, target: GraphPath, context: CallContext): Promise<ReadCall> {
  const { headers } = arrival;
  const authorization = readAuthorization(headers.authorization);
  if (authorization.kind === 'no-key') return refused('key-not-found');
  const shape = bodyShape(headers);
  const query = readFields(target.query);
  if (query.objection !== null) return refused(query.objection);
  const headerKeys = authorization.kind === 'key' ? [authorization.key] : NONE;
  const early = findKey(headerKeys, query.keys);
  if (early.found === 'two') return refused('two-keys');
  if (early.found === 'none' && !mayHoldKey(shape)) return refused('key-not-found');
  const admitted = early.found === 'one' ? context.admit(early.key, target.connection) : null;
  if (admitted?.ok === false) return { kind: 'refused', refusal: admitted.refusal };

  const { keptBody } = context.limits;
  if (mustBeWhole(shape) && (headers.contentLength ?? 0) > keptBody) return refused('body-too-large');
  let collected: Collected = { kind: 'whole', bytes: NOTHING };
  if (shape.kind !== 'none') {
    arrival.door.continueBody();
    collected = admitted === null ? await collectOfStranger(arrival, context) : await collectFirst(arrival, shape, context);
  }
  if (collected.kind === 'gone') return { kind: 'gone' };
  if (collected.kind === 'slow') return refused('body-too-slow');
  let body = cleanBody(shape, collected.bytes, collected.kind === 'whole');
  const finding = findKey(headerKeys, query.keys, body.keys);
  if (finding.found === 'two') return refused('two-keys');
  if (finding.found === 'none') return refused(collected.kind === 'whole' || body.objection === 'too-many-fields' ? (body.objection ?? 'key-not-found') : collected.isFull ? 'too-busy' : 'key-too-late');
  const { key } = finding;
  const admission = admitted ?? context.admit(key, target.connection);
  if (!admission.ok) return { kind: 'refused', refusal: admission.refusal };

  if (admitted === null) {
    if (!arrival.room.moveIn(collected.bytes.length)) return refused('too-busy');
    const begun = collected;
    collected = await collectRest(arrival, collected, context);
    if (collected.kind === 'gone') return { kind: 'gone' };
    if (collected.kind === 'slow') return refused('body-too-slow');
    if (collected !== begun) body = cleanBody(shape, collected.bytes, collected.kind === 'whole');
  }

  const isWhole = collected.kind === 'whole';
  if (collected.kind === 'head' && mustBeWhole(shape)) return refused(collected.isFull ? 'too-busy' : 'body-too-large');
  if (findKey([key], body.keys).found === 'two') return refused('two-keys');
  if (body.objection !== null) return refused(body.objection);
  if (holdsKey(query.rest, key) || holdsKey(target.path, key) || (isWhole && bodyHoldsKey(body, shape, key))) return refused('key-elsewhere');

  return { kind: 'call', call: new GraphCall(arrival, context, { target, key, consumer: admission.consumer, connection: admission.connection, query, shape, body, isWhole }) };
}

/** As much of a body as is kept. */
async function collectFirst({ request, headers, room }: Arrival, shape: BodyShape, { limits }: CallContext): Promise<Collected> {
  const { keptBody, keyHead, bodyIdleMs } = limits;
  const whole = headers.contentLength ?? keptBody;
  const limit = whole <= keptBody ? whole : mayHoldKey(shape) ? keyHead : 0;
  if (limit === 0) return { kind: 'head', bytes: NOTHING, isFull: false };
  return collectBody(request, NOTHING, { limit, idleMs: bodyIdleMs, wholeMs: null, take: (bytes) => room.take(bytes) });
}

/** Of somebody who has shown no key only the beginning, in which the key may be. */
async function collectOfStranger({ request, headers, room }: Arrival, { limits }: CallContext): Promise<Collected> {
  const { keyHead, bodyIdleMs, keyMs } = limits;
  const limit = Math.min(keyHead, headers.contentLength ?? keyHead);
  return collectBody(request, NOTHING, { limit, idleMs: bodyIdleMs, wholeMs: keyMs, take: (bytes) => room.takeAsStranger(bytes) });
}

/** What is kept beyond that, once its sender is known. */
async function collectRest({ request, headers, room }: Arrival, begun: Extract<Collected, { readonly bytes: Buffer }>, { limits }: CallContext): Promise<Collected> {
  const whole = headers.contentLength ?? limits.keptBody;
  if (begun.kind === 'whole' || whole > limits.keptBody) return begun;
  return collectBody(request, begun.bytes, { limit: whole, idleMs: limits.bodyIdleMs, wholeMs: null, take: (bytes) => room.take(bytes) });
}

/** In what is text a key may hide behind escapes; in a file they are none. */
function bodyHoldsKey({ pieces }: CleanBody, shape: BodyShape, key: string): boolean {
  if (shape.kind === 'none') return false;
  const holds = mustBeWhole(shape) ? holdsKey : holdsPlainKey;
  return pieces.some((piece) => holds(piece.toString('latin1'), key));
}
