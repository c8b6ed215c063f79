import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Consumer } from '../../core/consumers/consumer.ts';
import type { HandedToken } from '../../keeper/api.ts';
import type { Door } from '../section.ts';
import type { Arrival, CallContext } from './arrival.ts';
import type { BodyShape, CleanBody } from './clean-body.ts';
import type { FieldsReading } from './fields.ts';
import { gatewayOrigin } from './gateway-origin.ts';
import type { Room } from './held.ts';
import type { Watch } from './look-through.ts';
import { MultipartWatch } from './multipart-watch.ts';
import { NO_BODY, queryForMeta, streamedBody, wholeBody } from './outgoing.ts';
import type { OutgoingBody } from './outgoing.ts';
import { gatewayLink } from './paging.ts';
import type { Call } from './pass-on.ts';
import { headersForMeta } from './request-headers.ts';
import type { GraphPath } from './target.ts';
import type { Way } from './upstream.ts';

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
  readonly room: Room;
  readonly way: Way;
  readonly origin: string;
  readonly repeatable: boolean;
  readonly isFile = false;
  /** Asking about a token goes well whatever the own one is worth: the answer tells. */
  readonly provesToken: boolean;
  readonly #arrival: Arrival;
  readonly #context: CallContext;
  readonly #finding: GraphFinding;

  constructor(arrival: Arrival, context: CallContext, finding: GraphFinding) {
    this.request = arrival.request;
    this.response = arrival.response;
    this.door = arrival.door;
    this.consumer = finding.consumer;
    this.connection = finding.connection;
    this.room = arrival.room;
    this.way = finding.isWhole ? context.upstream.graph : context.upstream.uploads;
    this.provesToken = !finding.target.path.endsWith('/debug_token');
    this.origin = context.origin;
    this.repeatable = finding.isWhole;
    this.#arrival = arrival;
    this.#context = context;
    this.#finding = finding;
  }

  mayGoOn(): boolean {
    return this.#context.stillHolds(this.consumer);
  }

  path(token: HandedToken): string {
    const { graphPath, graphVersion } = this.#context;
    const { target, query } = this.#finding;
    const path = `${graphPath}/${target.version ?? graphVersion}${target.path}`;
    const sent = queryForMeta(query, this.#finding.key, token);
    return sent === '' ? path : `${path}?${sent}`;
  }

  headers({ token }: HandedToken, length: number | null): string[] {
    return headersForMeta(this.request.rawHeaders, token, this.#finding.key, length);
  }

  body({ token }: HandedToken): OutgoingBody {
    const { shape, body, isWhole, key } = this.#finding;
    if (shape.kind === 'none') return NO_BODY;
    if (isWhole) return wholeBody(body, key, token);
    const parts = shape.kind === 'multipart' ? new MultipartWatch(shape.boundary) : null;
    return streamedBody(this.request, body, this.#arrival.headers.contentLength, token, { key, parts, mayGoOn: () => this.mayGoOn(), idleMs: this.#context.limits.bodyIdleMs });
  }

  watch(secrets: readonly string[]): Watch {
    const { graphUrl, mediaHosts, tickets } = this.#context;
    const { target, query, key } = this.#finding;
    const { consumer, connection } = this;
    const gateway = gatewayOrigin(this.#arrival.headers);
    return {
      secrets,
      link: (url) => gatewayLink(url, { graphUrl, gateway, connection: target.connection, queryKey: query.keys.length > 0 ? key : null }),
      media: (url) => (mediaHosts(url) ? `${gateway}/media/${tickets.issue({ url, connection, consumerDigest: consumer?.digest ?? null })}` : null),
    };
  }
}
