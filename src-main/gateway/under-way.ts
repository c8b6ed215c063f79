import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Knows which requests are being answered, so that stopping cuts none of them off. */
export interface UnderWay {
  add(response: ServerResponse, work: Promise<void>): void;
  closing(): boolean;
  /** Whether an answer has begun on this socket: then nothing else may be written to it. */
  answering(socket: Socket): boolean;
  /** Stops taking requests, waits at most `graceMs` for those under way, then cuts every connection. */
  close(server: Server, graceMs: number): Promise<void>;
}

/** One for each server. */
export function createUnderWay(): UnderWay {
  const open = new Map<ServerResponse, Promise<unknown>>();
  const latest = new WeakMap<Socket, ServerResponse>();
  let closed: Promise<void> | null = null;

  const close = async (server: Server, graceMs: number): Promise<void> => {
    const gone = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([Promise.allSettled(open.values()), grace]);
    clearTimeout(timer);
    server.closeAllConnections();
    await gone;
  };

  return {
    add(response, work) {
      if (response.socket !== null) latest.set(response.socket, response);
      const sent = new Promise<void>((resolve) => response.once('close', resolve));
      const both = Promise.all([work, sent]).finally(() => open.delete(response));
      open.set(response, both);
      both.catch(() => response.destroy());
    },
    closing: () => closed !== null,
    answering(socket) {
      const response = latest.get(socket);
      return response !== undefined && response.headersSent && !response.writableEnded;
    },
    close: (server, graceMs) => (closed ??= close(server, graceMs)),
  };
}
