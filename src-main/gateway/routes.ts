import { ADMIN_PATHS } from '../contract/admin.ts';
import type { DeliveriesAnswer, KeysAnswer } from '../contract/admin.ts';
import type { Outcome } from '../contract/outcome.ts';
import {
  acknowledgeSchema,
  addEnvFileSchema,
  chooseNumberSchema,
  connectSchema,
  createKeySchema,
  deliverSchema,
  emptySchema,
  replaceSchema,
  setCommandSchema,
} from '../contract/schemas.ts';
import { admitTo } from './consumer-check.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { done, outcome, route } from './route.ts';
import type { Call, Route, RouteAnswer } from './route.ts';
import type { ServerProof } from './server-proof.ts';
import { statusFor } from './status-for.ts';
import { handToken } from './token-route.ts';

const { health, status, refresh, connections, acknowledge, keys: keysPath, deliveries: deliveriesPath, command, deliver, token } = ADMIN_PATHS;

/** Everything that the server answers besides its sections. */
const ROUTES: readonly Route[] = [
  route({ method: 'GET', path: health, access: 'open', parameters: ['nonce'], schema: emptySchema, handle: ({ query, prove }) => healthy(query.get('nonce') ?? null, prove) }),
  route({ method: 'GET', path: status, access: 'status', schema: emptySchema, handle: ({ keeper, deliveries, consumer }) => done(statusFor(consumer, keeper.status(), deliveries.list())) }),
  route({
    method: 'POST',
    path: refresh,
    access: 'refresh',
    parameters: ['connection'],
    schema: emptySchema,
    handle: (call) => onConnection(call, call.query.get('connection') ?? null, (id) => call.keeper.refresh(id)),
  }),
  route({ method: 'GET', path: `${token}/{id}/token`, access: 'token', head: true, schema: emptySchema, handle: handToken }),

  route({ method: 'POST', path: connections, schema: connectSchema, handle: ({ keeper, body }) => outcome(keeper.connect(body)) }),
  route({ method: 'POST', path: `${connections}/{id}/replace`, schema: replaceSchema, handle: (call) => onConnection(call, call.id, (id) => call.keeper.replace(id, call.body)) }),
  route({
    method: 'POST',
    path: `${connections}/{id}/number`,
    schema: chooseNumberSchema,
    handle: (call) => onConnection(call, call.id, (id) => call.keeper.chooseNumber(id, call.body.phoneNumberId)),
  }),
  route({ method: 'POST', path: `${connections}/{id}/check`, schema: emptySchema, handle: (call) => onConnection(call, call.id, (id) => call.keeper.check(id)) }),
  route({ method: 'DELETE', path: `${connections}/{id}`, schema: emptySchema, handle: (call) => onConnection(call, call.id, (id) => call.keeper.remove(id)) }),
  route({ method: 'POST', path: acknowledge, schema: acknowledgeSchema, handle: ({ keeper, body }) => outcome(keeper.acknowledge(body.id)) }),

  route({ method: 'GET', path: keysPath, schema: emptySchema, handle: ({ keys }) => done({ keys: keys.list() } satisfies KeysAnswer) }),
  route({ method: 'POST', path: keysPath, schema: createKeySchema, handle: ({ keys, body }) => outcome(keys.create(body)) }),
  route({ method: 'DELETE', path: `${keysPath}/{id}`, schema: emptySchema, handle: ({ keys, id }) => outcome(keys.revoke(id)) }),

  route({ method: 'GET', path: deliveriesPath, schema: emptySchema, handle: ({ deliveries }) => done({ deliveries: deliveries.list() } satisfies DeliveriesAnswer) }),
  route({ method: 'POST', path: deliveriesPath, schema: addEnvFileSchema, handle: ({ deliveries, body }) => outcome(deliveries.addEnvFile(body)) }),
  route({ method: 'DELETE', path: `${deliveriesPath}/{id}`, schema: emptySchema, handle: ({ deliveries, id }) => outcome(deliveries.remove(id)) }),
  route({ method: 'POST', path: command, schema: setCommandSchema, handle: ({ deliveries, body }) => outcome(deliveries.setCommand(body)) }),
  route({ method: 'POST', path: deliver, schema: deliverSchema.default({ connection: null, delivery: null, overwrite: false }), handle: ({ deliveries, body }) => outcome(deliveries.deliver(body)) }),
];

/** With a nonce also the proof that this is the Evertoken that knows the key: a caller asks before it shows its own. */
function healthy(nonce: string | null, prove: ServerProof): RouteAnswer {
  if (nonce === null) return done({ ok: true });
  const proof = prove(nonce);
  return proof === null ? { ok: false, refusal: refusal('bad-nonce') } : done({ ok: true, proof });
}

/** Does the work on the connection that was named, among those that the caller may see. */
async function onConnection({ connections: names, consumer }: Call<unknown>, wanted: string | null, work: (id: string) => Promise<Outcome>): Promise<RouteAnswer> {
  const admitted = admitTo(consumer, 'refresh', wanted, names());
  return admitted.ok ? outcome(work(admitted.connection), admitted.connection) : admitted;
}

/** The route for a method and path; or why there is none: no such path, or another method. */
export function findRoute(method: string, segments: readonly string[]): { readonly ok: true; readonly route: Route; readonly id: string } | { readonly ok: false; readonly allowed: readonly string[] } {
  const here = ROUTES.filter(({ path }) => matches(path, segments));
  const found = here.find((candidate) => candidate.method === method || (method === 'HEAD' && candidate.head));
  if (found === undefined) return { ok: false, allowed: here.flatMap((candidate) => (candidate.head ? [candidate.method, 'HEAD'] : [candidate.method])) };
  const place = found.path.slice(1).split('/').indexOf('{id}');
  return { ok: true, route: found, id: decodeURIComponent(segments[place] ?? '') };
}

/** Literal parts as they were sent: only an `{id}` may stand encoded. */
function matches(path: string, segments: readonly string[]): boolean {
  const pattern = path.slice(1).split('/');
  return pattern.length === segments.length && pattern.every((part, index) => part === '{id}' || part === segments[index]);
}

/** Refuses a query parameter that the route does not take. */
export function checkParameters(taken: Route, query: ReadonlyMap<string, string>): Refusal | null {
  return [...query.keys()].every((name) => taken.parameters.includes(name)) ? null : refusal('unknown-parameter');
}
