import type { Server } from 'node:http';
import { startError } from './start-error.ts';

/** Where the server listens. */
export type Listening =
  | {
      readonly kind: 'port';
      /** 0 lets the system choose, for tests. */
      readonly port: number;
      /** `127.0.0.1` unless the owner demanded something else in so many words. */
      readonly host: string;
      /** What callers may name in `Host` besides 127.0.0.1 and localhost with the port; as they must write it, with a port where they write one. */
      readonly alsoCalled: readonly string[];
    }
  /** A socket of the file system (on Windows a named pipe) that only the owner's programs reach. No browser can, so it has no `Host` to check. Whoever starts the server sees to it that the path is free and closed to others. */
  | { readonly kind: 'socket'; readonly path: string };

/** How many connections may wait to be taken. With Node's 511 the system makes callers that come at once try again after a second. */
const BACKLOG = 4_096;

/** The values of `Host` that name the server; null where nobody can be led to it by a name. */
export function ownNames(listen: Listening, port: number): ReadonlySet<string> | null {
  return listen.kind === 'socket' ? null : new Set([`127.0.0.1:${port}`, `localhost:${port}`, ...listen.alsoCalled]);
}

/** Starts listening, and answers the port; 0 on a socket of the file system. Rejects with a `GatewayStartError` where that cannot be. */
export function startListening(server: Server, listening: Listening): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (cause: NodeJS.ErrnoException): void => reject(startError(cause, listening));
    server.once('error', failed);
    server.listen({ ...(listening.kind === 'port' ? { port: listening.port, host: listening.host } : { path: listening.path }), backlog: BACKLOG }, () => {
      server.off('error', failed);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
