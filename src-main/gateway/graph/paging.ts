import { readFields, withField } from './fields.ts';

/** What a link back to the gateway is made of. */
export interface LinkContext {
  /** The Graph address, without a slash at the end. */
  readonly graphUrl: string;
  /** Where the caller reaches the gateway, as it said itself: `http://127.0.0.1:28743`. */
  readonly gateway: string;
  /** The connection as the caller named it. */
  readonly connection: string;
  /** The caller's key where it came in the address; links then carry it too. */
  readonly queryKey: string | null;
}

/** Turns a `paging` link of Meta's into one that leads through the gateway and holds no token; null for a link to anywhere else. */
export function gatewayLink(link: string, { graphUrl, gateway, connection, queryKey }: LinkContext): string | null {
  if (!link.startsWith(`${graphUrl}/`)) return null;
  const rest = link.slice(graphUrl.length);
  const mark = rest.indexOf('?');
  const path = mark === -1 ? rest : rest.slice(0, mark);
  const clean = mark === -1 ? '' : readFields(rest.slice(mark + 1)).rest;
  const query = queryKey === null ? clean : withField(clean, 'access_token', queryKey);
  return `${gateway}/graph/${connection}${path}${query === '' ? '' : `?${query}`}`;
}
