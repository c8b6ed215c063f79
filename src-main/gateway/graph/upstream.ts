import type { Dispatcher } from 'undici';
import Agent from 'undici/lib/dispatcher/agent.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import type { GraphLimits } from './limits.ts';

/** The connections to Meta. */
export interface Upstream {
  /** Those to the Graph API. */
  readonly graph: Dispatcher;
  /** Those to other hosts of Meta's, where media are. */
  readonly elsewhere: Dispatcher;
  /** Cuts every connection. */
  destroy(): void;
}

/**
 * Opens connections as they are needed and keeps them for the next call. One call at a time on each: with two, the failure of the first
 * would let undici send the second anew, and it may have been read already. No interceptor: nothing is repeated or redirected down there.
 */
export function createUpstream(origin: string, limits: GraphLimits): Upstream {
  const options = {
    connections: limits.connections,
    pipelining: 1,
    connect: { timeout: limits.connectMs },
    headersTimeout: limits.answerMs,
    bodyTimeout: limits.answerIdleMs,
    keepAliveTimeout: limits.keepAliveMs,
    // What a server promises is believed only as far as we would go ourselves.
    keepAliveMaxTimeout: limits.keepAliveMs,
  };
  const graph = new Pool(origin, options);
  const elsewhere = new Agent(options);
  return {
    graph,
    elsewhere,
    destroy: () => {
      graph.destroy().catch(() => undefined);
      elsewhere.destroy().catch(() => undefined);
    },
  };
}
