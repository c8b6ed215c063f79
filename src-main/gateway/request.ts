import type { IncomingMessage } from 'node:http';
import type { Consumer } from '../core/consumers/consumer.ts';
import { readJsonBody } from './body.ts';
import { findCaller, ownerOnlyRefusal, rightRefusal } from './consumer-check.ts';
import { sentHeader } from './headers.ts';
import { checkHost } from './host-check.ts';
import { bearerKey } from './key-check.ts';
import type { KeyDigest } from './key-check.ts';
import { checkOrigin } from './origin-check.ts';
import { methodRefusal, refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { Desks, Route, RouteAnswer } from './route.ts';
import { checkParameters, findRoute } from './routes.ts';
import { readTarget } from './target.ts';
import { withoutBody } from './without-body.ts';

/** What the checks need to know about the server. */
export interface RequestContext {
  readonly desks: Desks;
  /** Digest of the owner's key. */
  readonly keyDigest: KeyDigest;
  /** What callers may name in `Host`. */
  readonly hosts: ReadonlySet<string> | null;
  readonly bodyBytes: number;
  /** How long a body may take to arrive, ms. */
  readonly bodyMs: number;
}

/** How a request ended: answered, refused, thrown inside (`reason` is safe to log), or the caller hung up. */
export type RequestResult = RouteAnswer | { readonly ok: false; readonly refusal: Refusal; readonly thrown: string } | 'gone';

/** `continueBody` tells a caller that waits for leave (`Expect: 100-continue`) to send its body; called only once it may. */
export async function carryOut(request: IncomingMessage, context: RequestContext, continueBody: () => void): Promise<RequestResult> {
  const admitted = admit(request, context);
  if (!admitted.ok) return admitted;
  continueBody();
  const result = await answer(request, context, admitted);
  // A renewal may have been waited for; a key that was revoked in the meantime gets nothing any more.
  const still = admitted.consumer === null ? null : findCaller(context.desks.keys, context.keyDigest, bearerKey(request.rawHeaders));
  if (still?.ok === false) return still;
  count(context.desks, admitted.consumer, result);
  return result;
}

async function answer(request: IncomingMessage, { desks, bodyBytes, bodyMs }: RequestContext, { route, consumer, id, query }: Admitted): Promise<RequestResult> {
  const body = await readJsonBody(request, bodyBytes, bodyMs);
  if (!body.ok) return body.refusal === null ? 'gone' : { ok: false, refusal: body.refusal };
  try {
    return await route.run({ ...desks, consumer, id, query, rawHeaders: request.rawHeaders, body: body.value });
  } catch (error) {
    return { ok: false, refusal: refusal('failed-inside'), thrown: withoutBody(error, body.value) };
  }
}

/** A key without a right to the connection that was named has not been admitted, and so is not counted. */
function count({ keys }: Desks, consumer: Consumer | null, result: RequestResult): void {
  if (consumer === null || (result !== 'gone' && !result.ok && result.refusal.status === 403)) return;
  const used = result !== 'gone' && result.ok ? result.used : undefined;
  keys.called(consumer, used?.connection ?? null, used?.fingerprint ?? null);
  if (result === 'gone' || !result.ok || result.failed === true) keys.failed(consumer);
}

interface Admitted {
  readonly ok: true;
  readonly route: Route;
  readonly consumer: Consumer | null;
  readonly id: string;
  readonly query: ReadonlyMap<string, string>;
}

type Admission = Admitted | { readonly ok: false; readonly refusal: Refusal };

const METHODS: readonly string[] = ['GET', 'POST', 'DELETE'];

/** Every check that needs no body, the cheapest and the most hostile first; nothing is said about routes before the key is known. */
function admit(request: IncomingMessage, { desks, keyDigest, hosts }: RequestContext): Admission {
  const { rawHeaders, method = '' } = request;
  const no = (refused: Refusal): Admission => ({ ok: false, refusal: refused });
  const target = readTarget(request.url ?? '');
  const foreign = checkHost(rawHeaders, hosts) ?? checkOrigin(rawHeaders);
  if (!target.ok && target.refusal.code === 'bad-target') return no(target.refusal);
  if (foreign !== null) return no(foreign);
  if (sentHeader(rawHeaders, 'upgrade').count !== 'none') return no(refusal('upgrade-refused'));
  if (!target.ok) return no(target.refusal);
  const found = findRoute(method, target.target.segments);
  if (!found.ok && !METHODS.includes(method)) return no(methodRefusal(found.allowed.length > 0 ? found.allowed : METHODS));
  if (found.ok && found.route.access === 'open') return admitted(found, null, target.target.query);
  const caller = findCaller(desks.keys, keyDigest, bearerKey(rawHeaders));
  if (!caller.ok) return caller;
  if (!found.ok) return no(found.allowed.length > 0 ? methodRefusal(found.allowed) : refusal('not-found'));
  const closed = caller.consumer === null ? null : rightMissing(found.route, caller.consumer);
  return closed === null ? admitted(found, caller.consumer, target.target.query) : no(closed);
}

function admitted({ route, id }: { readonly route: Route; readonly id: string }, consumer: Consumer | null, query: ReadonlyMap<string, string>): Admission {
  const refused = checkParameters(route, query);
  return refused === null ? { ok: true, route, consumer, id, query } : { ok: false, refusal: refused };
}

function rightMissing({ access }: Route, { rights }: Consumer): Refusal | null {
  if (access === 'owner') return ownerOnlyRefusal();
  return access === 'open' || rights.includes(access) ? null : rightRefusal(access);
}
