import type { IncomingMessage } from 'node:http';
import type { Keeper } from '../keeper/api.ts';
import { readJsonBody } from './body.ts';
import { sentHeader } from './headers.ts';
import { checkHost } from './host-check.ts';
import { checkKey } from './key-check.ts';
import type { KeyDigest } from './key-check.ts';
import { checkOrigin } from './origin-check.ts';
import { methodRefusal, refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { checkParameters, findRoute } from './routes.ts';
import type { Route, RouteAnswer } from './routes.ts';
import type { ServerProof } from './server-proof.ts';
import { readTarget } from './target.ts';
import { withoutBody } from './without-body.ts';

/** What the checks need to know about the server. */
export interface RequestContext {
  readonly keeper: Keeper;
  readonly keyDigest: KeyDigest;
  readonly prove: ServerProof;
  /** The port that callers must name in `Host`. */
  readonly port: number;
  readonly bodyBytes: number;
}

/** How a request ended: answered, refused, thrown inside (`reason` is safe to log), or the caller hung up. */
export type RequestResult = RouteAnswer | { readonly ok: false; readonly refusal: Refusal; readonly thrown: string } | 'gone';

/** `continueBody` tells a caller that waits for leave (`Expect: 100-continue`) to send its body; called only once it may. */
export async function carryOut(request: IncomingMessage, context: RequestContext, continueBody: () => void): Promise<RequestResult> {
  const admitted = admit(request, context);
  if (!admitted.ok) return admitted;
  continueBody();
  const body = await readJsonBody(request, context.bodyBytes);
  if (!body.ok) return body.refusal === null ? 'gone' : { ok: false, refusal: body.refusal };
  try {
    return await admitted.route.run({ keeper: context.keeper, prove: context.prove, id: admitted.id, query: admitted.query, body: body.value });
  } catch (error) {
    return { ok: false, refusal: refusal('failed-inside'), thrown: withoutBody(error, body.value) };
  }
}

type Admission =
  | { readonly ok: true; readonly route: Route; readonly id: string; readonly query: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly refusal: Refusal };

/** Every check that needs no body, the cheapest and the most hostile first; nothing is said about routes before the key is known. */
function admit(request: IncomingMessage, { keyDigest, port }: RequestContext): Admission {
  const { rawHeaders, method = '' } = request;
  const no = (refused: Refusal): Admission => ({ ok: false, refusal: refused });
  const target = readTarget(request.url ?? '');
  const foreign = checkHost(rawHeaders, port) ?? checkOrigin(rawHeaders);
  if (!target.ok && target.refusal.code === 'bad-target') return no(target.refusal);
  if (foreign !== null) return no(foreign);
  if (sentHeader(rawHeaders, 'upgrade').count !== 'none') return no(refusal('upgrade-refused'));
  if (!target.ok) return no(target.refusal);
  const found = findRoute(method, target.target.segments);
  if (!['GET', 'POST', 'DELETE'].includes(method)) return no(methodRefusal(!found.ok && found.allowed.length > 0 ? found.allowed : ['GET', 'POST', 'DELETE']));
  const keyless = found.ok && found.route.key === 'none';
  const keyRefusal = keyless ? null : checkKey(rawHeaders, keyDigest);
  if (keyRefusal !== null) return no(keyRefusal);
  if (!found.ok) return no(found.allowed.length > 0 ? methodRefusal(found.allowed) : refusal('not-found'));
  const parameterRefusal = checkParameters(found.route, target.target.query);
  return parameterRefusal === null ? { ok: true, route: found.route, id: found.id, query: target.target.query } : no(parameterRefusal);
}
