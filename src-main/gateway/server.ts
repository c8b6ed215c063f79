import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Clock, Log } from '../core/ports.ts';
import type { Keeper } from '../keeper/api.ts';
import { answerJson, answerRefusal, answerRefusalRaw } from './answer.ts';
import { digestKey } from './key-check.ts';
import { GATEWAY_LIMITS } from './limits.ts';
import type { GatewayLimits } from './limits.ts';
import { methodRefusal, refusal } from './refusal.ts';
import type { RefusalCode } from './refusal.ts';
import { createRefusalLog } from './refusal-log.ts';
import { carryOut } from './request.ts';
import type { RequestContext } from './request.ts';
import { createServerProof } from './server-proof.ts';
import { startError } from './start-error.ts';
import { createUnderWay } from './under-way.ts';

/** What the loopback server is made of. `apiKey` is a secret. */
export interface GatewayOptions {
  readonly keeper: Keeper;
  readonly apiKey: string;
  /** 0 lets the system choose, for tests. */
  readonly port: number;
  /** There is no other: the type keeps anybody from binding to the network. */
  readonly host: '127.0.0.1';
  readonly log: Log;
  readonly clock: Clock;
  readonly limits?: Partial<GatewayLimits>;
}

/** A running server. */
export interface Gateway {
  readonly port: number;
  /** Takes nothing new, lets what is under way finish (within `closeMs`), then cuts every connection. Safe to call twice. */
  close(): Promise<void>;
}

/** Starts the loopback server. Rejects with a `GatewayStartError` where the port cannot be had. */
export async function startGateway({ keeper, apiKey, port, host, log, clock, limits: given }: GatewayOptions): Promise<Gateway> {
  const limits = { ...GATEWAY_LIMITS, ...given };
  const refused = createRefusalLog(log, clock);
  const underWay = createUnderWay();
  const keyDigest = digestKey(apiKey);
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.sweepMs,
    insecureHTTPParser: false,
    // A missing Host is ours to refuse, in our own words.
    requireHostHeader: false,
  });
  server.maxConnections = limits.connections;
  // No silent cut-off: Node drops headers beyond its count, and a second Host could be among them.
  server.maxHeadersCount = 0;

  let boundPort = port;
  const prove = createServerProof(apiKey, () => boundPort);
  const serve = async (request: IncomingMessage, response: ServerResponse, continueBody: () => void): Promise<void> => {
    const method = request.method ?? null;
    response.on('error', () => undefined);
    const context: RequestContext = { keeper, keyDigest, prove, port: boundPort, bodyBytes: limits.bodyBytes };
    const result = underWay.closing() ? { ok: false as const, refusal: refusal('closing') } : await carryOut(request, context, continueBody);
    if (result === 'gone') return;
    if (underWay.closing()) response.shouldKeepAlive = false;
    if (result.ok) return answerJson(response, 200, result.value);
    if ('thrown' in result) log.write('error', 'gateway.failed', { method, error: result.thrown });
    else refused(result.refusal, method);
    answerRefusal(response, result.refusal);
  };
  const take = (request: IncomingMessage, response: ServerResponse, continueBody: () => void): void => underWay.add(response, serve(request, response, continueBody));

  server.on('request', (request, response) => take(request, response, () => undefined));
  server.on('checkContinue', (request, response) => take(request, response, () => response.writeContinue()));
  server.on('checkExpectation', (request, response) => {
    refused(refusal('expectation-failed'), request.method ?? null);
    answerRefusal(response, refusal('expectation-failed'));
  });
  server.on('connect', (request, socket) => {
    const refusedMethod = methodRefusal(['GET', 'POST', 'DELETE']);
    refused(refusedMethod, request.method ?? null);
    if (socket instanceof Socket) answerRefusalRaw(socket, refusedMethod);
    else socket.destroy();
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const code = PARSER_REFUSALS[error.code ?? ''] ?? 'bad-request';
    if (!(socket instanceof Socket) || !socket.writable || error.code === 'ECONNRESET' || underWay.answering(socket)) {
      socket.destroy();
      return;
    }
    refused(refusal(code), null);
    answerRefusalRaw(socket, refusal(code));
  });

  boundPort = await listen(server, port, host);
  log.write('info', 'gateway.listening', { port: boundPort });
  return { port: boundPort, close: () => underWay.close(server, limits.closeMs) };
}

/** What Node's parser and its timers say, in our codes; whatever else they find is a bad request. */
const PARSER_REFUSALS: Readonly<Record<string, RefusalCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'body-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

function listen(server: Server, port: number, host: '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (cause: NodeJS.ErrnoException): void => reject(startError(cause, port));
    server.once('error', failed);
    server.listen({ port, host }, () => {
      server.off('error', failed);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
