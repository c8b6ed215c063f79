import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { DeliveryDesk } from '../contract/deliveries.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { Keeper } from '../keeper/api.ts';
import { answerJson, answerNotModified, answerRefusal, answerRefusalRaw } from './answer.ts';
import { createConnectionNames } from './connection-names.ts';
import type { Consumers } from './consumers.ts';
import { digestKey } from './key-check.ts';
import { GatewayResponse, hangUpSlowly } from './hang-up.ts';
import { GATEWAY_LIMITS } from './limits.ts';
import type { GatewayLimits } from './limits.ts';
import { ownNames, startListening } from './listening.ts';
import type { Listening } from './listening.ts';
import { methodRefusal, refusal } from './refusal.ts';
import type { RefusalCode } from './refusal.ts';
import { createRefusalLog } from './refusal-log.ts';
import { carryOut } from './request.ts';
import type { RequestContext } from './request.ts';
import { createServerProof } from './server-proof.ts';
import type { Door, Section } from './section.ts';
import { createUnderWay } from './under-way.ts';

/** What the loopback server is made of. */
export interface GatewayOptions {
  readonly keeper: Keeper;
  /** The owner's key, with all rights; a secret. */
  readonly apiKey: string;
  /** The consumers' keys. Whoever opened them closes them. */
  readonly keys: Consumers;
  readonly deliveries: DeliveryDesk;
  readonly listen: Listening;
  /** What the server answers beside the admin routes. */
  readonly sections?: readonly Section[];
  readonly log: Log;
  readonly clock: Clock;
  readonly limits?: Partial<GatewayLimits>;
}

export type { Listening } from './listening.ts';

/** A running server. */
export interface Gateway {
  /** 0 on a socket of the file system. */
  readonly port: number;
  /** Takes nothing new, lets what is under way finish (within `closeMs`), then cuts every connection. Safe to call twice. */
  close(): Promise<void>;
}

/** Starts the loopback server. Rejects with a `GatewayStartError` where the port cannot be had; the sections are closed then. */
export async function startGateway({ keeper, apiKey, keys, deliveries, listen, sections = [], log, clock, limits: given }: GatewayOptions): Promise<Gateway> {
  const limits = { ...GATEWAY_LIMITS, ...given };
  const refusals = createRefusalLog(log, clock);
  const { refused } = refusals;
  const underWay = createUnderWay();
  const keyDigest = digestKey(apiKey);
  const server = createServer({
    ServerResponse: GatewayResponse,
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    // A large upload may take as long as it goes on; how long a body may take is each route's own rule.
    requestTimeout: 0,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.sweepMs,
    insecureHTTPParser: false,
    // A missing Host is ours to refuse, in our own words.
    requireHostHeader: false,
  });
  server.maxConnections = limits.connections;
  // No silent cut-off: Node drops headers beyond its count, and a second Host could be among them.
  server.maxHeadersCount = 0;

  let boundPort = listen.kind === 'port' ? listen.port : 0;
  let hosts = ownNames(listen, boundPort);
  const names = createConnectionNames(keeper);
  const desks = { keeper, keys, deliveries, connections: () => names.all(), prove: createServerProof(apiKey, () => boundPort) };
  const serve = async (request: IncomingMessage, response: ServerResponse, continueBody: () => void): Promise<void> => {
    const method = request.method ?? null;
    response.on('error', () => undefined);
    const section = sections.find((one) => one.takes(request.url ?? ''));
    if (section !== undefined) return serveSection(section, request, response, { hosts, continueBody, refused });
    const context: RequestContext = { desks, keyDigest, hosts, bodyBytes: limits.bodyBytes, bodyMs: limits.requestMs };
    const result = underWay.closing() ? { ok: false as const, refusal: refusal('closing') } : await carryOut(request, context, continueBody);
    if (result === 'gone') return;
    if (underWay.closing()) response.shouldKeepAlive = false;
    if (result.ok) return result.notModified === true ? answerNotModified(response, result.headers) : answerJson(response, 200, result.value, result.headers);
    if ('thrown' in result) log.write('error', 'gateway.failed', { method, error: result.thrown });
    else refused(result.refusal, method);
    answerRefusal(response, result.refusal);
  };
  const serveSection = async (section: Section, request: IncomingMessage, response: ServerResponse, door: Door): Promise<void> => {
    const refuse = section.refuse ?? answerRefusal;
    if (underWay.closing()) {
      response.shouldKeepAlive = false;
      refused(refusal('closing'), request.method ?? null);
      return refuse(response, refusal('closing'));
    }
    try {
      await section.serve(request, response, door);
    } catch (error) {
      log.write('error', 'gateway.failed', { method: request.method ?? null, error: error instanceof Error ? error.name : 'unknown' });
      if (response.headersSent) response.destroy();
      else refuse(response, refusal('failed-inside'));
    }
  };
  const take = (request: IncomingMessage, response: ServerResponse, continueBody: () => void): void => {
    // What comes after an answer that ended the connection was never asked.
    if (!underWay.hangingUp(request.socket)) underWay.add(response, serve(request, response, continueBody));
  };

  server.on('connection', (socket) => hangUpSlowly(socket, limits.lingerMs));

  server.on('request', (request, response) => take(request, response, () => undefined));
  server.on('checkContinue', (request, response) => take(request, response, () => response.writeContinue()));
  server.on('checkExpectation', (request, response) => {
    if (underWay.hangingUp(request.socket)) return;
    underWay.add(response, Promise.resolve());
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

  const closeSections = (): void => {
    for (const section of sections) section.close();
  };
  boundPort = await startListening(server, listen).catch((error: unknown) => {
    closeSections();
    throw error;
  });
  hosts = ownNames(listen, boundPort);
  log.write('info', 'gateway.listening', listen.kind === 'port' ? { host: listen.host, port: boundPort } : { socket: listen.path });
  return {
    port: boundPort,
    close: async () => {
      closeSections();
      await underWay.close(server, limits.closeMs);
      refusals.close();
      names.stop();
    },
  };
}

/** What Node's parser and its timers say, in our codes; whatever else they find is a bad request. */
const PARSER_REFUSALS: Readonly<Record<string, RefusalCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'body-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};
