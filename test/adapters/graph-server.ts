import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it reached the server. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly authorization: string | undefined;
}

/** A loopback server that answers every request with one function and remembers what it saw. */
export interface GraphServer {
  readonly url: string;
  readonly seen: readonly Seen[];
  answer: (request: IncomingMessage, response: ServerResponse, seen: Seen) => void;
  close(): Promise<void>;
}

export async function startGraphServer(): Promise<GraphServer> {
  const seen: Seen[] = [];
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const entry = { method: request.method ?? '', path: url.pathname, query: Object.fromEntries(url.searchParams), authorization: request.headers.authorization };
    seen.push(entry);
    graph.answer(request, response, entry);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const graph: GraphServer = {
    url: `http://127.0.0.1:${port}`,
    seen,
    answer: (_request, response) => json(response, 200, {}),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return graph;
}

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
