import type { Dispatcher } from 'undici';
import Agent from 'undici/lib/dispatcher/agent.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import { createGate } from './gate.ts';
import type { Gate } from './gate.ts';
import type { GraphLimits } from './limits.ts';

/** Connections for one kind of call, and who may use them now. There are as many places as connections, so that undici lets nobody wait. */
export interface Way {
  readonly dispatcher: Dispatcher;
  readonly gate: Gate;
}

/** The connections to Meta. */
export interface Upstream {
  /** To the Graph API, for calls whose body is here. */
  readonly graph: Way;
  /** To the Graph API, for bodies that are passed on as they come: slow ones must not keep the others waiting. */
  readonly uploads: Way;
  /** To the hosts where files are. */
  readonly files: Way;
  /** Cuts every connection. */
  destroy(): void;
}

/**
 * Opens connections as they are needed and keeps them for the next call. One call at a time on each: with two, the failure of the first
 * would let undici send the second anew, and it may have been read already. No interceptor: nothing is repeated or redirected down there.
 */
export function createUpstream(origin: string, limits: GraphLimits): Upstream {
  const options = {
    pipelining: 1,
    connect: { timeout: limits.connectMs },
    headersTimeout: limits.answerMs,
    bodyTimeout: limits.answerIdleMs,
    keepAliveTimeout: limits.keepAliveMs,
    // What a server promises is believed only as far as we would go ourselves.
    keepAliveMaxTimeout: limits.keepAliveMs,
  };
  const { connections, connectionsEach, uploads, uploadsEach, queueMs } = limits;
  const ways: Upstream = {
    graph: { dispatcher: new Pool(origin, { ...options, connections }), gate: createGate(connections, connectionsEach, queueMs) },
    uploads: { dispatcher: new Pool(origin, { ...options, connections: uploads }), gate: createGate(uploads, uploadsEach, queueMs) },
    files: { dispatcher: new Agent({ ...options, connections }), gate: createGate(connections, connectionsEach, queueMs) },
    destroy: () => {
      for (const { dispatcher } of [ways.graph, ways.uploads, ways.files]) dispatcher.destroy().catch(() => undefined);
    },
  };
  return ways;
}
