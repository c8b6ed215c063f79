import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Consumer } from '../../core/consumers/consumer.ts';
import type { ConsumerAdmission } from '../consumer-check.ts';
import type { KeyDigest } from '../key-check.ts';
import type { Refusal } from '../refusal.ts';
import type { Door } from '../section.ts';
import { failureRefusal } from './failures.ts';
import type { FailureCode } from './failures.ts';
import type { Room } from './held.ts';
import type { GraphLimits } from './limits.ts';
import type { MediaHosts } from './media-hosts.ts';
import type { MediaTickets } from './media-tickets.ts';
import type { Call } from './pass-on.ts';
import type { HeaderSurvey } from './request-survey.ts';
import type { Upstream } from './upstream.ts';

/** A request that passed the first checks. */
export interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly door: Door;
  readonly headers: HeaderSurvey;
  /** What is held of its body. */
  readonly room: Room;
}

/** What making a call of a request takes. */
export interface CallContext {
  readonly graphUrl: string;
  readonly graphVersion: string;
  /** Origin of the Graph address. */
  readonly origin: string;
  /** What of it comes after the origin, mostly nothing. */
  readonly graphPath: string;
  readonly upstream: Upstream;
  readonly limits: GraphLimits;
  readonly tickets: MediaTickets;
  readonly mediaHosts: MediaHosts;
  readonly findConsumer: (digest: KeyDigest) => Consumer | null;
  /** Whether a consumer's key has not been revoked; always for the owner's own (null). */
  readonly stillHolds: (consumer: Consumer | null) => boolean;
  readonly admit: (key: string, connection: string) => ConsumerAdmission;
}

/** A request made ready to be passed on; or refused; or its caller went away. */
export type ReadCall = { readonly kind: 'call'; readonly call: Call } | { readonly kind: 'refused'; readonly refusal: Refusal } | { readonly kind: 'gone' };

/** A failure as what came of a request. */
export function refused(code: FailureCode): Extract<ReadCall, { readonly kind: 'refused' }> {
  return { kind: 'refused', refusal: failureRefusal(code) };
}
