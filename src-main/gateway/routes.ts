import type { z } from 'zod';
import { ADMIN_PATHS } from '../contract/admin.ts';
import { chooseConnection } from '../contract/choose-connection.ts';
import type { Keeper } from '../keeper/api.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { acknowledgeSchema, chooseNumberSchema, connectSchema, emptySchema, replaceSchema } from '../contract/schemas.ts';
import type { ServerProof } from './server-proof.ts';

/** What a route gives back: a value for a 200, or a refusal. */
export type RouteAnswer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly refusal: Refusal };

/** A request that passed every check, as a handler sees it. */
export interface Call<Body> {
  readonly keeper: Keeper;
  readonly prove: ServerProof;
  /** The `{id}` of the path; empty where the path has none. */
  readonly id: string;
  readonly query: ReadonlyMap<string, string>;
  readonly body: Body;
}

/** One line of the route table. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Segments; `{id}` matches one of any text. */
  readonly path: string;
  /** `none` answers without the API key. */
  readonly key: 'required' | 'none';
  /** The query parameters that may stand in the address, each at most once. */
  readonly parameters: readonly string[];
  /** Checks the body and does the work. */
  readonly run: (call: Call<unknown>) => Promise<RouteAnswer>;
}

interface RouteDraft<Schema extends z.ZodType> extends Omit<Route, 'run' | 'key' | 'parameters'> {
  readonly key?: Route['key'];
  readonly parameters?: readonly string[];
  readonly schema: Schema;
  readonly handle: (call: Call<z.output<Schema>>) => Promise<RouteAnswer> | RouteAnswer;
}

function route<Schema extends z.ZodType>({ schema, handle, key = 'required', parameters = [], ...rest }: RouteDraft<Schema>): Route {
  return {
    ...rest,
    key,
    parameters,
    async run(call) {
      const body = schema.safeParse(call.body);
      if (!body.success) return { ok: false, refusal: bodyRefusal(body.error) };
      return handle({ ...call, body: body.data });
    },
  };
}

/** Everything that the server answers. */
export const ROUTES: readonly Route[] = [
  route({ method: 'GET', path: ADMIN_PATHS.health, key: 'none', parameters: ['nonce'], schema: emptySchema, handle: ({ query, prove }) => healthy(query.get('nonce') ?? null, prove) }),
  route({ method: 'GET', path: ADMIN_PATHS.status, schema: emptySchema, handle: ({ keeper }) => done(keeper.status()) }),
  route({
    method: 'POST',
    path: ADMIN_PATHS.refresh,
    parameters: ['connection'],
    schema: emptySchema,
    handle: ({ keeper, query }) => onConnection(keeper, query.get('connection') ?? null, (id) => keeper.refresh(id)),
  }),
  route({ method: 'POST', path: ADMIN_PATHS.connections, schema: connectSchema, handle: async ({ keeper, body }) => done(await keeper.connect(body)) }),
  route({
    method: 'POST',
    path: `${ADMIN_PATHS.connections}/{id}/replace`,
    schema: replaceSchema,
    handle: ({ keeper, id, body }) => onConnection(keeper, id, (known) => keeper.replace(known, body)),
  }),
  route({
    method: 'POST',
    path: `${ADMIN_PATHS.connections}/{id}/number`,
    schema: chooseNumberSchema,
    handle: ({ keeper, id, body }) => onConnection(keeper, id, (known) => keeper.chooseNumber(known, body.phoneNumberId)),
  }),
  route({
    method: 'POST',
    path: `${ADMIN_PATHS.connections}/{id}/check`,
    schema: emptySchema,
    handle: ({ keeper, id }) => onConnection(keeper, id, (known) => keeper.check(known)),
  }),
  route({
    method: 'DELETE',
    path: `${ADMIN_PATHS.connections}/{id}`,
    schema: emptySchema,
    handle: ({ keeper, id }) => onConnection(keeper, id, (known) => keeper.remove(known)),
  }),
  route({ method: 'POST', path: ADMIN_PATHS.acknowledge, schema: acknowledgeSchema, handle: async ({ keeper, body }) => done(await keeper.acknowledge(body.id)) }),
];

/** With a nonce also the proof that this is the Evertoken that knows the key: a caller asks before it shows its own. */
function healthy(nonce: string | null, prove: ServerProof): RouteAnswer {
  if (nonce === null) return done({ ok: true });
  const proof = prove(nonce);
  return proof === null ? { ok: false, refusal: refusal('bad-nonce') } : done({ ok: true, proof });
}

function done(value: unknown): RouteAnswer {
  return { ok: true, value };
}

async function onConnection(keeper: Keeper, wanted: string | null, work: (id: string) => Promise<unknown>): Promise<RouteAnswer> {
  const choice = chooseConnection(keeper.status().connections, wanted);
  if (choice.ok) return done(await work(choice.id));
  const status = choice.code === 'which-connection' ? 400 : 404;
  return { ok: false, refusal: { status, code: choice.code, message: choice.message, connections: choice.connections } };
}

/** Names the field that is wrong, never what it holds: it may hold a secret. Unknown names are not repeated either. */
function bodyRefusal(error: z.ZodError): Refusal {
  const issue = error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const unknownField = issue?.code === 'unrecognized_keys';
  const message = unknownField
    ? 'The body holds a field that is not known here.'
    : field === ''
      ? 'The body must be a JSON object.'
      : `The field "${field}" is missing or not what it should be.`;
  return { status: 400, code: 'bad-field', message };
}

/** The route for a method and path; or why there is none: no such path, or another method. */
export function findRoute(method: string, segments: readonly string[]): { readonly ok: true; readonly route: Route; readonly id: string } | { readonly ok: false; readonly allowed: readonly string[] } {
  const here = ROUTES.filter(({ path }) => matches(path, segments));
  const found = here.find((candidate) => candidate.method === method);
  if (found === undefined) return { ok: false, allowed: here.map((candidate) => candidate.method) };
  const place = found.path.slice(1).split('/').indexOf('{id}');
  return { ok: true, route: found, id: segments[place] ?? '' };
}

function matches(path: string, segments: readonly string[]): boolean {
  const pattern = path.slice(1).split('/');
  return pattern.length === segments.length && pattern.every((part, index) => part === '{id}' || part === segments[index]);
}

/** Refuses a query parameter that the route does not take. */
export function checkParameters(taken: Route, query: ReadonlyMap<string, string>): Refusal | null {
  return [...query.keys()].every((name) => taken.parameters.includes(name)) ? null : refusal('unknown-parameter');
}
