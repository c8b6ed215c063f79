import type { z } from 'zod';
import type { ConnectionName } from '../contract/admin.ts';
import type { DeliveryDesk } from '../contract/deliveries.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Consumer, Right } from '../core/consumers/consumer.ts';
import type { Keeper } from '../keeper/api.ts';
import type { Consumers } from './consumers.ts';
import type { Refusal } from './refusal.ts';
import type { ServerProof } from './server-proof.ts';

/** What a route gives back: an answer of 200 or 304, or a refusal. */
export type RouteAnswer =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Beside those that every answer has. */
      readonly headers?: Readonly<Record<string, string>>;
      /** The caller has it already: 304, without the value. */
      readonly notModified?: boolean;
      /** The value tells of something that did not work; counted as an error of the consumer. */
      readonly failed?: boolean;
      /** Which connection it was about, and the token behind it where one was handed out. */
      readonly used?: { readonly connection: string; readonly fingerprint: string | null };
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** What the routes work on. */
export interface Desks {
  readonly keeper: Keeper;
  readonly keys: Consumers;
  readonly deliveries: DeliveryDesk;
  /** The connections that there are now. */
  readonly connections: () => readonly ConnectionName[];
  readonly prove: ServerProof;
}

/** A request that passed every check, as a handler sees it. */
export interface Call<Body> extends Desks {
  /** Whose key it came with; null for the owner's, and where none is asked for. */
  readonly consumer: Consumer | null;
  /** The `{id}` of the path, decoded; empty where the path has none. */
  readonly id: string;
  readonly query: ReadonlyMap<string, string>;
  /** Name, value, name, value … as they were sent. */
  readonly rawHeaders: readonly string[];
  readonly body: Body;
}

/** One line of the route table. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Segments; `{id}` matches one of any text. */
  readonly path: string;
  /** Whose key opens it: the owner's alone, also a consumer's with this right, or `open` without any. */
  readonly access: 'open' | 'owner' | Right;
  /** Whether HEAD is answered as GET is, without the body. */
  readonly head: boolean;
  /** The query parameters that may stand in the address, each at most once. */
  readonly parameters: readonly string[];
  /** Checks the body and does the work. */
  readonly run: (call: Call<unknown>) => Promise<RouteAnswer>;
}

interface RouteDraft<Schema extends z.ZodType> extends Pick<Route, 'method' | 'path'>, Partial<Pick<Route, 'access' | 'head' | 'parameters'>> {
  readonly schema: Schema;
  readonly handle: (call: Call<z.output<Schema>>) => Promise<RouteAnswer> | RouteAnswer;
}

/** Makes a line of the table; the owner's alone unless it says otherwise. */
export function route<Schema extends z.ZodType>({ schema, handle, access = 'owner', head = false, parameters = [], ...rest }: RouteDraft<Schema>): Route {
  return {
    ...rest,
    access,
    head,
    parameters,
    async run(call) {
      const body = schema.safeParse(call.body);
      if (!body.success) return { ok: false, refusal: bodyRefusal(body.error) };
      return handle({ ...call, body: body.data });
    },
  };
}

/** 200 with this value. */
export function done(value: unknown): RouteAnswer {
  return { ok: true, value };
}

/** 200 with the outcome, in words and code, whether it went well or not. */
export async function outcome(work: Promise<Outcome>, connection: string | null = null): Promise<RouteAnswer> {
  const value = await work;
  return { ok: true, value, failed: !value.ok, ...(connection === null ? {} : { used: { connection, fingerprint: null } }) };
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
