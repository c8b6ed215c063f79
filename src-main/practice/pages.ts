import type { JsonObject } from './answers.ts';
import type { GraphCall } from './call.ts';

const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 100;

const cursorAt = (at: number): string => Buffer.from(`practice:${at}`).toString('base64url');

function positionOf(cursor: string | undefined): number | null {
  const at = /^practice:(\d+)$/.exec(Buffer.from(cursor ?? '', 'base64url').toString())?.[1];
  return at === undefined ? null : Number(at);
}

/** One page of a list, by Meta's cursor paging: 25 at a time, at most 100. Like Meta's, `paging.next` holds the access token. */
export function page(call: GraphCall, url: string, items: readonly JsonObject[]): JsonObject {
  const asked = Number(call.params.get('limit'));
  const limit = Number.isInteger(asked) && asked > 0 ? Math.min(asked, MAX_LIMIT) : DEFAULT_LIMIT;
  const before = positionOf(call.params.get('before'));
  const after = positionOf(call.params.get('after'));
  const start = before !== null ? Math.max(0, before - limit) : after === null ? 0 : after + 1;
  const data = items.slice(start, before === null ? start + limit : before);
  if (data.length === 0) return { data };
  const last = start + data.length - 1;
  return {
    data,
    paging: {
      cursors: { before: cursorAt(start), after: cursorAt(last) },
      ...(last + 1 < items.length ? { next: link(call, url, limit, ['after', cursorAt(last)]) } : {}),
      ...(start > 0 ? { previous: link(call, url, limit, ['before', cursorAt(start)]) } : {}),
    },
  };
}

function link(call: GraphCall, url: string, limit: number, [direction, cursor]: readonly [string, string]): string {
  const fields = call.params.get('fields');
  const query = new URLSearchParams({ access_token: call.accessToken ?? '', ...(fields === undefined ? {} : { fields }), limit: String(limit), pretty: '0', [direction]: cursor });
  return `${url}${call.path}?${query.toString()}`;
}
