import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Consumer } from '../../core/consumers/consumer.ts';
import type { Clock, Log } from '../../core/ports.ts';
import type { Keeper } from '../../keeper/api.ts';
import { createConnectionNames } from '../connection-names.ts';
import { admitConsumer } from '../consumer-check.ts';
import type { Consumers } from '../consumers.ts';
import type { KeyDigest } from '../key-check.ts';
import type { Refusal } from '../refusal.ts';
import type { Door, Section } from '../section.ts';
import type { CallContext } from './arrival.ts';
import { checkRequest } from './checks.ts';
import { answerFailure } from './failures.ts';
import { createHeld, Room } from './held.ts';
import { createKnownSecrets } from './known-secrets.ts';
import { GRAPH_LIMITS } from './limits.ts';
import type { GraphLimits } from './limits.ts';
import { createMediaHosts } from './media-hosts.ts';
import { createMediaTickets } from './media-tickets.ts';
import { passOn } from './pass-on.ts';
import { readGraphCall } from './read-graph-call.ts';
import { readMediaCall } from './media-call.ts';
import { takesTarget } from './target.ts';
import { createUpstream } from './upstream.ts';

/** What the pass-through to Meta is made of. */
export interface GraphSectionOptions {
  readonly keeper: Pick<Keeper, 'accessToken' | 'currentToken' | 'tokenRefused' | 'tokenAccepted' | 'status' | 'onChange'>;
  readonly consumers: Pick<Consumers, 'findDigest' | 'called' | 'failed'>;
  /** `digestKey` of the owner's own key, which opens everything. */
  readonly ownerDigest: KeyDigest;
  /** The base address of the Graph API, without a slash at the end: https anywhere, http on this computer only. */
  readonly graphUrl: string;
  /** The version for callers that name none: `v26.0`. */
  readonly graphVersion: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<GraphLimits>;
}

/** So little is given back at once, bytes. */
const SMALL = 16 * 1024;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** `/graph/…` and `/media/…`: Meta's Graph API for bots that hold a key of this gateway instead of a token. */
export function createGraphSection({ keeper, consumers, ownerDigest, graphUrl, graphVersion, clock, log, limits: given }: GraphSectionOptions): Section {
  const limits: GraphLimits = { ...GRAPH_LIMITS, ...given };
  const base = new URL(graphUrl);
  const upstream = createUpstream(base.origin, limits);
  const names = createConnectionNames(keeper);
  // Reading the hexadecimal digits anew at each call would cost more than looking them up.
  const digests = new WeakMap<Consumer, KeyDigest>();
  const digestOf = (consumer: Consumer): KeyDigest => {
    const known = digests.get(consumer);
    if (known !== undefined) return known;
    const digest = Buffer.from(consumer.digest, 'hex');
    digests.set(consumer, digest);
    return digest;
  };
  const context: CallContext = {
    graphUrl,
    graphVersion,
    origin: base.origin,
    graphPath: graphUrl.slice(base.origin.length),
    upstream,
    limits,
    tickets: createMediaTickets(clock, limits.ticketMs, limits.tickets, limits.ticketsEach),
    mediaHosts: createMediaHosts(graphUrl, LOOPBACK.test(base.hostname)),
    findConsumer: (digest: KeyDigest) => consumers.findDigest(digest),
    stillHolds: (consumer: Consumer | null) => consumer === null || consumers.findDigest(digestOf(consumer)) !== null,
    admit: (key: string, connection: string) => admitConsumer(consumers, ownerDigest, key, 'graph', connection, names.all()),
  };
  const held = createHeld(limits.heldBodies);
  const strangers = createHeld(limits.heldOfStrangers);
  const passing = { keeper, consumers, secrets: createKnownSecrets(), limits };

  let underWay = 0;
  let closing: NodeJS.Timeout | null = null;
  const end = (): void => {
    if (closing !== null) clearTimeout(closing);
    upstream.destroy();
  };

  const serve = async (request: IncomingMessage, response: ServerResponse, door: Door): Promise<void> => {
    const refuse = (refused: Refusal): void => {
      door.refused(refused, request.method ?? null);
      answerFailure(response, refused);
    };
    const checked = checkRequest(request, door.hosts);
    if (!checked.ok) return refuse(checked.refusal);
    const { target, headers } = checked;
    const room = new Room(held, strangers);
    try {
      const arrival = { request, response, door, headers, room };
      const read = target.kind === 'graph' ? await readGraphCall(arrival, target, context) : readMediaCall(arrival, target.ticket, context);
      if (read.kind === 'refused') return refuse(read.refusal);
      if (read.kind === 'call') await passOn(read.call, passing);
    } finally {
      // A large answer is here until its caller has taken it.
      if (room.taken <= SMALL || response.writableFinished || response.destroyed) room.leave();
      else response.once('close', () => room.leave());
    }
  };

  return {
    takes: takesTarget,
    refuse: answerFailure,
    async serve(request, response, door) {
      underWay += 1;
      try {
        await serve(request, response, door);
      } finally {
        underWay -= 1;
        if (underWay === 0 && closing !== null) end();
      }
    },
    close() {
      if (closing !== null) return;
      names.stop();
      closing = setTimeout(() => {
        log.write('warn', 'graph.cut-off', { calls: underWay });
        end();
      }, limits.closeMs);
      if (underWay === 0) end();
    },
  };
}
