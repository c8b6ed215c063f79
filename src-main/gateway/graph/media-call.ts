import { refused } from './arrival.ts';
import type { Arrival, CallContext, ReadCall } from './arrival.ts';
import { NO_BODY } from './outgoing.ts';
import { headersForFile } from './request-headers.ts';

/** Makes a media request ready by its ticket alone: some clients fetch a file without any header. */
export function readMediaCall(arrival: Arrival, id: string, { tickets, upstream, findConsumer, stillHolds }: CallContext): ReadCall {
  const ticket = tickets.find(id);
  const consumer = ticket === null || ticket.consumerDigest === null ? null : findConsumer(Buffer.from(ticket.consumerDigest, 'hex'));
  if (ticket === null || (ticket.consumerDigest !== null && consumer === null)) return refused('ticket-expired');
  const url = new URL(ticket.url);
  return {
    kind: 'call',
    call: {
      ...arrival,
      consumer,
      connection: ticket.connection,
      way: upstream.files,
      origin: url.origin,
      path: () => `${url.pathname}${url.search}`,
      headers: ({ token }) => headersForFile(arrival.request.rawHeaders, token),
      body: () => NO_BODY,
      repeatable: true,
      isFile: true,
      // A file may be anybody's to fetch.
      provesToken: false,
      mayGoOn: () => stillHolds(consumer),
      watch: (secrets) => ({ secrets, link: () => null, media: () => null }),
    },
  };
}
