import { MINUTE, SECOND } from '../../core/time.ts';

/** How much of calls to Meta is held and how long things may take. Sizes in bytes, times in ms. */
export interface GraphLimits {
  /** Bodies up to this are read before anything is sent, and can be sent again after a definite rejection. */
  readonly keptBody: number;
  /** Within so much of a form the key must have come. */
  readonly keyHead: number;
  /** All bodies that are held at one time, together. */
  readonly heldBodies: number;
  /** Text answers up to this are looked through as a whole; longer ones as they come. */
  readonly heldAnswer: number;
  /** A caller that sends nothing for so long in the middle of a body is given up. */
  readonly bodyIdleMs: number;
  readonly connectMs: number;
  /** Until Meta's answer begins. */
  readonly answerMs: number;
  /** Meta sends nothing for so long in the middle of an answer. */
  readonly answerIdleMs: number;
  /** How long a connection to Meta is kept for the next call; shorter than load balancers do, so that they do not hang up on a call. */
  readonly keepAliveMs: number;
  /** Connections to one host of Meta's. */
  readonly connections: number;
  readonly ticketMs: number;
  readonly tickets: number;
  /** How long calls that are under way may go on when the section is closed. */
  readonly closeMs: number;
}

/** What is used unless told otherwise. */
export const GRAPH_LIMITS: GraphLimits = {
  keptBody: 1024 * 1024,
  keyHead: 64 * 1024,
  heldBodies: 256 * 1024 * 1024,
  heldAnswer: 8 * 1024 * 1024,
  bodyIdleMs: MINUTE,
  connectMs: 10 * SECOND,
  answerMs: MINUTE,
  answerIdleMs: MINUTE,
  keepAliveMs: 10 * SECOND,
  connections: 256,
  ticketMs: 5 * MINUTE,
  tickets: 10_000,
  closeMs: 5 * SECOND,
};
