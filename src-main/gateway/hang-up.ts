import { ServerResponse } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeader, OutgoingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Has a socket end slowly wherever it is ended: what was written goes out, and what the caller still sends is let by until it hangs up too,
 * for `lingerMs` at most. Node would cut at once, and a caller that is cut while it sends never sees the answer; but a caller that never
 * hangs up would keep its place among the connections for ever.
 */
export function hangUpSlowly(socket: Socket, lingerMs: number): void {
  // What Node's HTTP server calls after an answer with `Connection: close`.
  socket.destroySoon = () => {
    if (socket.destroyed) return;
    if (socket.writable) socket.end();
    const timer = setTimeout(() => socket.destroy(), lingerMs);
    timer.unref();
    socket.once('close', () => clearTimeout(timer));
  };
}

/**
 * An answer that hangs up where it goes out before the whole body of its request is here. Whoever was refused could otherwise send that body
 * a byte at a time and hold the connection without any key.
 */
export class GatewayResponse extends ServerResponse {
  override writeHead(status: number, reason?: string | OutgoingHttpHeaders | OutgoingHttpHeader[], headers?: OutgoingHttpHeaders | OutgoingHttpHeader[]): this {
    if (isBodyDue(this.req)) {
      this.shouldKeepAlive = false;
      // Nobody may be reading it any more.
      this.once('finish', () => this.req.resume());
    }
    return typeof reason === 'string' ? super.writeHead(status, reason, headers) : super.writeHead(status, reason);
  }
}

/** A request without a body is complete only after it was handed over, so that alone says nothing. */
function isBodyDue({ complete, headers }: IncomingMessage): boolean {
  return !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
}
