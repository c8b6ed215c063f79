import { refused } from './arrival.ts';
import type { Arrival, CallContext, ReadCall } from './arrival.ts';
import { NO_BODY } from './outgoing.ts';

/** Makes a media request ready by its ticket alone: some clients fetch a file without any header. */
export function readMediaCall(arrival: Arrival, id: string, { tickets, origin, upstream, findConsumer }: CallContext): ReadCall {
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
      key: null,
      dispatcher: url.origin === origin ? upstream.graph : upstream.elsewhere,
      origin: url.origin,
      path: () => `${url.pathname}${url.search}`,
      body: () => NO_BODY,
      repeatable: true,
      looksAtSuccess: false,
      watch: (secrets) => ({ secrets, link: () => null, media: () => null }),
    },
  };
}
