import { refused } from './arrival.ts';
import type { Arrival, CallContext, ReadCall } from './arrival.ts';
import { bodyShape, cleanBody, mayHoldKey } from './clean-body.ts';
import type { BodyShape, CleanBody } from './clean-body.ts';
import { readFields } from './fields.ts';
import { findKey, readAuthorization } from './key-place.ts';
import { GraphCall } from './graph-call.ts';
import { holdsKey } from './outgoing.ts';
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
  const headerKeys = authorization.kind === 'key' ? [authorization.key] : NONE;
  const early = findKey(headerKeys, query.keys);
  if (early.found === 'two') return refused('two-keys');
  if (early.found === 'none' && !mayHoldKey(shape)) return refused('key-not-found');
  const admitted = early.found === 'one' ? context.admit(early.key, target.connection) : null;
  if (admitted?.ok === false) return { kind: 'refused', refusal: admitted.refusal };

  let collected: Collected = { kind: 'whole', bytes: NOTHING };
  if (shape.kind !== 'none') {
    arrival.door.continueBody();
    const begun = await collectFirst(arrival, shape, admitted !== null, context);
    if (begun === 'too-busy') return refused('too-busy');
    collected = begun;
  }
  if (collected.kind === 'gone') return { kind: 'gone' };
  if (collected.kind === 'slow') return refused('body-too-slow');
  const finding = findKey(headerKeys, query.keys, cleanBody(shape, collected.bytes, collected.kind === 'whole').keys);
  if (finding.found === 'two') return refused('two-keys');
  if (finding.found === 'none') return refused(collected.kind === 'whole' ? 'key-not-found' : 'key-too-late');
  const { key } = finding;
  const admission = admitted ?? context.admit(key, target.connection);
  if (!admission.ok) return { kind: 'refused', refusal: admission.refusal };
  if (admitted === null && collected.kind === 'head') collected = await collectRest(arrival, collected.bytes, context);
  if (collected.kind === 'gone') return { kind: 'gone' };
  if (collected.kind === 'slow') return refused('body-too-slow');

  const isWhole = collected.kind === 'whole';
  const body = cleanBody(shape, collected.bytes, isWhole);
  if (findKey([key], body.keys).found === 'two') return refused('two-keys');
  if (holdsKey(query.rest, key) || target.path.includes(key) || (isWhole && bodyHoldsKey(body, shape, key))) return refused('key-elsewhere');

  return { kind: 'call', call: new GraphCall(arrival, context, { target, key, consumer: admission.consumer, connection: admission.connection, query, shape, body, isWhole }) };
}

/** As much of a body as is kept. Of somebody who has shown no key only the beginning, in which the key may be. */
async function collectFirst({ request, headers, room }: Arrival, shape: BodyShape, isAdmitted: boolean, { limits }: CallContext): Promise<Collected | 'too-busy'> {
  const whole = headers.contentLength ?? limits.keptBody;
  if (isAdmitted && whole <= limits.keptBody && room.take(whole)) return collectBody(request, NOTHING, whole, limits.bodyIdleMs);
  const head = mayHoldKey(shape) ? Math.min(limits.keyHead, whole) : 0;
  if (head === 0) return { kind: 'head', bytes: NOTHING };
  return room.take(head) ? collectBody(request, NOTHING, head, limits.bodyIdleMs) : 'too-busy';
}

/** What is kept beyond that, once its sender is known. */
async function collectRest({ request, headers, room }: Arrival, head: Buffer, { limits }: CallContext): Promise<Collected> {
  const whole = headers.contentLength ?? limits.keptBody;
  if (whole > limits.keptBody || !room.take(whole)) return { kind: 'head', bytes: head };
  return collectBody(request, head, whole, limits.bodyIdleMs);
}

function bodyHoldsKey({ pieces }: CleanBody, { kind }: BodyShape, key: string): boolean {
  return pieces.some((piece) => piece.includes(key) || (kind === 'form' && holdsKey(piece.toString('latin1'), key)));
}
