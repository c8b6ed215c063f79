import { MINUTE, SECOND } from '../../core/time.ts';

/** How much of calls to Meta is held and how long things may take. Sizes in bytes, times in ms. */
export interface GraphLimits {
  /** Bodies up to this are read before anything is sent, and can be sent again after a definite rejection. */
  readonly keptBody: number;
  /** Within so much of a form the key must have come. */
  readonly keyHead: number;
  /** All bodies and answers that are held at one time, together. */
  readonly heldBodies: number;
  /** Of callers who have shown no key yet: all that is held of their bodies, together. */
  readonly heldOfStrangers: number;
  /** Text answers up to this are looked through as a whole; longer ones as they come. */
  readonly heldAnswer: number;
  /** A caller that sends nothing for so long in the middle of a body is given up. */
  readonly bodyIdleMs: number;
  /** Within so long a caller without a key must have sent the beginning of its form, with the key. */
  readonly keyMs: number;
  /** A caller that takes nothing of its answer for so long is given up. */
  readonly takeMs: number;
  readonly connectMs: number;
  /** Until Meta's answer begins. */
  readonly answerMs: number;
  /** Meta sends nothing for so long in the middle of an answer. */
  readonly answerIdleMs: number;
  /** How long a connection to Meta is kept for the next call; shorter than load balancers do, so that they do not hang up on a call. */
  readonly keepAliveMs: number;
  /** Connections to the Graph API for calls whose body is here, and as many for files from other hosts. */
  readonly connections: number;
  /** So many of each for one key. */
  readonly connectionsEach: number;
  /** Connections to the Graph API for bodies that are passed on as they come. */
  readonly uploads: number;
  /** So many of them for one key. */
  readonly uploadsEach: number;
  /** How long a call waits for one of them to become free. */
  readonly queueMs: number;
  readonly ticketMs: number;
  readonly tickets: number;
  /** So many of them for one key. */
  readonly ticketsEach: number;
  /** How long calls that are under way may go on when the section is closed. */
  readonly closeMs: number;
}

/** What is used unless told otherwise. */
export const GRAPH_LIMITS: GraphLimits = {
  keptBody: 1024 * 1024,
  keyHead: 64 * 1024,
  heldBodies: 256 * 1024 * 1024,
  heldOfStrangers: 16 * 1024 * 1024,
  heldAnswer: 8 * 1024 * 1024,
  bodyIdleMs: MINUTE,
  keyMs: 10 * SECOND,
  takeMs: MINUTE,
  connectMs: 10 * SECOND,
  answerMs: MINUTE,
  answerIdleMs: MINUTE,
  keepAliveMs: 10 * SECOND,
  connections: 256,
  connectionsEach: 64,
  uploads: 64,
  uploadsEach: 16,
  queueMs: 10 * SECOND,
  ticketMs: 5 * MINUTE,
  tickets: 10_000,
  ticketsEach: 2_000,
  closeMs: 5 * SECOND,
};
