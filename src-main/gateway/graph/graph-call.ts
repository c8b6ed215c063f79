import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Consumer } from '../../core/consumers/consumer.ts';
import type { HandedToken } from '../../keeper/api.ts';
import type { Door } from '../section.ts';
import type { Arrival, CallContext } from './arrival.ts';
import type { BodyShape, CleanBody } from './clean-body.ts';
import type { FieldsReading } from './fields.ts';
import type { Watch } from './look-through.ts';
import { NO_BODY, queryForMeta, streamedBody, wholeBody } from './outgoing.ts';
import type { OutgoingBody } from './outgoing.ts';
import { gatewayLink } from './paging.ts';
import type { Call } from './pass-on.ts';
import type { GraphPath } from './target.ts';

/** What was found out about a request to the Graph API. */
export interface GraphFinding {
  readonly target: GraphPath;
  readonly key: string;
  /** Null for the owner's own key. */
  readonly consumer: Consumer | null;
  /** Id. */
  readonly connection: string;
  readonly query: FieldsReading;
  readonly shape: BodyShape;
  readonly body: CleanBody;
  /** Whether all of the body is here. */
  readonly isWhole: boolean;
}

/** A call to the Graph API. A class, since one is made for each call: closures would cost more than the rest of it. */
export class GraphCall implements Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly door: Door;
  readonly consumer: Consumer | null;
  readonly connection: string;
  readonly key: string;
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  readonly repeatable: boolean;
  readonly looksAtSuccess = true;
  readonly #arrival: Arrival;
  readonly #context: CallContext;
  readonly #finding: GraphFinding;

  constructor(arrival: Arrival, context: CallContext, finding: GraphFinding) {
    this.request = arrival.request;
    this.response = arrival.response;
    this.door = arrival.door;
    this.consumer = finding.consumer;
    this.connection = finding.connection;
    this.key = finding.key;
    this.dispatcher = context.upstream.graph;
    this.origin = context.origin;
    this.repeatable = finding.isWhole;
    this.#arrival = arrival;
    this.#context = context;
    this.#finding = finding;
  }

  path(token: HandedToken): string {
    const { graphPath, graphVersion } = this.#context;
    const { target, query } = this.#finding;
    const path = `${graphPath}/${target.version ?? graphVersion}${target.path}`;
    const sent = queryForMeta(query, this.key, token);
    return sent === '' ? path : `${path}?${sent}`;
  }

  body({ token }: HandedToken): OutgoingBody {
    const { shape, body, isWhole } = this.#finding;
    if (shape.kind === 'none') return NO_BODY;
    return isWhole ? wholeBody(body, this.key, token) : streamedBody(this.request, body, this.#arrival.headers.contentLength, this.key, token, this.#context.limits.bodyIdleMs);
  }

  watch(secrets: readonly string[]): Watch {
    const { graphUrl, mediaHosts, tickets } = this.#context;
    const { target, query } = this.#finding;
    const { consumer, connection, key } = this;
    const { host: named } = this.#arrival.headers;
    // On a socket of the file system callers name themselves any host.
    const host = /^[\w.:[\]-]{1,255}$/.test(named) ? named : 'localhost';
    return {
      secrets,
      link: (url) => gatewayLink(url, { graphUrl, host, connection: target.connection, queryKey: query.keys.length > 0 ? key : null }),
      media: (url) => (mediaHosts(url) ? `http://${host}/media/${tickets.issue({ url, connection, consumerDigest: consumer?.digest ?? null })}` : null),
    };
  }
}
