import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Knows which requests are being answered, so that stopping cuts none of them off. */
export interface UnderWay {
  add(response: ServerResponse, work: Promise<void>): void;
  closing(): boolean;
  /** Whether an answer has begun on this socket: then nothing else may be written to it. */
  answering(socket: Socket): boolean;
  /** Whether an answer on this socket said that it ends the connection. */
  hangingUp(socket: Socket): boolean;
  /** Stops taking requests, waits at most `graceMs` for those under way, then cuts every connection. */
  close(server: Server, graceMs: number): Promise<void>;
}

/**
 * One for each server. It counts and keeps no list: a map that changes at every request holds each of them in memory until a
 * full collection, which took a third of the processor under load.
 */
export function createUnderWay(): UnderWay {
  const latest = new WeakMap<Socket, { response: ServerResponse }>();
  // Each request counts twice: for the work, and for its answer to have left.
  let open = 0;
  let whenNone: (() => void) | null = null;
  let closed: Promise<void> | null = null;

  const done = (): void => {
    open -= 1;
    if (open === 0) whenNone?.();
  };

  const close = async (server: Server, graceMs: number): Promise<void> => {
    const gone = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      whenNone = () => {
        clearTimeout(timer);
        resolve();
      };
      if (open === 0) whenNone();
    });
    server.closeAllConnections();
    await gone;
  };

  return {
    add(response, work) {
      const { socket } = response;
      const known = socket === null ? undefined : latest.get(socket);
      if (known !== undefined) known.response = response;
      else if (socket !== null) latest.set(socket, { response });
      open += 2;
      response.once('close', done);
      void work.catch(() => response.destroy()).finally(done);
    },
    closing: () => closed !== null,
    answering(socket) {
      const response = latest.get(socket)?.response;
      return response !== undefined && response.headersSent && !response.writableEnded;
    },
    hangingUp(socket) {
      const response = latest.get(socket)?.response;
      return response !== undefined && response.headersSent && !response.shouldKeepAlive;
    },
    close: (server, graceMs) => (closed ??= close(server, graceMs)),
  };
}
