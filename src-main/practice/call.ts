import type { IncomingMessage } from 'node:http';
import type { Destination, NodeKind } from './endpoints.ts';
import { findDestination } from './endpoints.ts';

/** Most bytes of a request body that are taken in; more is answered with HTTP 413. */
export const BODY_LIMIT = 20 * 1024 * 1024;

/** One request to the simulated Graph API, read completely. Holds secrets: it must not be kept. */
export interface GraphCall extends Destination {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Query, then form or JSON body; the query wins. */
  readonly params: ReadonlyMap<string, string>;
  /** The body where it is a JSON object. */
  readonly json: Readonly<Record<string, unknown>> | null;
  /** The token of an `Authorization: Bearer` header. */
  readonly bearer: string | null;
  /** Who calls: `access_token`, else the bearer token. */
  readonly accessToken: string | null;
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

async function readBody(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.byteLength;
    if (size <= BODY_LIMIT) chunks.push(chunk);
  }
  if (size > BODY_LIMIT) return null;
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body;
}

function parseJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function bodyParams(json: Record<string, unknown> | null, contentType: string, text: string): Iterable<[string, string]> {
  if (contentType.startsWith('application/x-www-form-urlencoded')) return new URLSearchParams(text);
  return Object.entries(json ?? {}).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[key, String(value)]] : [],
  );
}

/** Reads a request; null where its body is over `BODY_LIMIT`. Rejects when the caller goes away in the middle. */
export async function readCall(request: IncomingMessage, kindOf: (id: string) => NodeKind): Promise<GraphCall | null> {
  const body = await readBody(request);
  if (body === null) return null;
  const method = request.method ?? 'GET';
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const contentType = request.headers['content-type'] ?? '';
  const text = contentType.startsWith('multipart/') ? '' : new TextDecoder().decode(body);
  const json = contentType.includes('json') ? parseJson(text) : null;
  const params = new Map([...bodyParams(json, contentType, text), ...new URLSearchParams(query)]);
  const bearer = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1]?.trim() ?? null;
  const accessToken = params.get('access_token') ?? bearer;
  return { ...findDestination(method, path, kindOf), method, path, params, json, bearer, accessToken: accessToken === '' ? null : accessToken, contentType, body };
}
