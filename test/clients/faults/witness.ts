import { Agent, createServer, type IncomingMessage, request as call, type ServerResponse } from 'node:http';

/** One request as it left the gateway, and what Meta made of it. */
export interface Attempt {
  readonly method: string;
  /** With the query: it must not hold the key. */
  readonly target: string;
  readonly body: string;
  readonly authorization: string;
  result: AttemptResult;
}

/** `open` until Meta answers; `cut` where the connection ended without an answer. */
export type AttemptResult = 'open' | 'cut' | { readonly status: number; /** Of the Graph error in it. */ readonly code: number | null; readonly isJson: boolean };

/** What a gateway might do and must not. It is done behind the real one, so that what Meta sees is what a gateway with this defect would have sent. */
export type Defect = 'repeats-what-was-dropped' | 'repeats-after-5xx' | 'repeats-what-takes-long' | 'says-sent-without-sending' | 'says-failed-after-sending';

/** Stands between gateway and Meta, hands everything on unchanged and writes it down. */
export interface Witness {
  readonly url: string;
  readonly attempts: readonly Attempt[];
  /** Holds what arrives at an address that matches, until `release`; `arrived` resolves when so many are held. */
  hold(matches: (method: string, target: string) => boolean): { arrived(count: number): Promise<void>; release(): void };
  stop(): Promise<void>;
}

const LONG_MS = 30;

/** Starts one in front of `metaUrl`. */
export async function startWitness(metaUrl: string, defect: Defect | null): Promise<Witness> {
  const attempts: Attempt[] = [];
  // A connection for each request: one that Meta closes just as it is used again would be a fault that nobody planned.
  const agent = new Agent({ keepAlive: false });
  const { hostname, port } = new URL(metaUrl);
  let url = '';
  let gate: { readonly matches: (method: string, target: string) => boolean; held: number; readonly open: Promise<void>; changed: () => void } | null = null;

  const forward = (request: IncomingMessage, body: Buffer, response: ServerResponse, times = 1): void => {
    const attempt: Attempt = { method: request.method ?? '', target: request.url ?? '', body: body.toString('latin1'), authorization: request.headers.authorization ?? '', result: 'open' };
    attempts.push(attempt);
    const again = (): boolean => {
      if (times > 1 || request.method !== 'POST') return false;
      forward(request, body, response, times + 1);
      return true;
    };
    let settled = false;
    const outgoing = call({ agent, hostname, port, path: attempt.target, method: attempt.method, headers: request.headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('close', () => {
        if (settled) return;
        settled = true;
        if (!answer.complete) return cut();
        const isJson = answer.headers['content-type']?.includes('json') === true;
        // Meta's address of a file is one on the witness, as it would be one of Meta's.
        const whole = isJson ? Buffer.from(Buffer.concat(chunks).toString('utf8').replaceAll(metaUrl, url)) : Buffer.concat(chunks);
        attempt.result = { status: answer.statusCode ?? 0, code: isJson ? graphCode(whole) : null, isJson };
        if (defect === 'repeats-after-5xx' && (answer.statusCode ?? 0) >= 500 && again()) return;
        if (defect === 'says-failed-after-sending' && answer.statusCode === 200 && attempt.target.includes('/messages')) {
          response.writeHead(400, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ error: { message: '(#130429) Rate limit hit', type: 'OAuthException', code: 130429 } }));
          return;
        }
        response.writeHead(answer.statusCode ?? 502, { ...answer.headers, connection: 'keep-alive', 'content-length': whole.length });
        response.end(whole);
      });
    });
    const cut = (): void => {
      attempt.result = 'cut';
      if (defect === 'repeats-what-was-dropped' && again()) return;
      response.destroy();
    };
    outgoing.once('error', () => {
      if (settled) return;
      settled = true;
      cut();
    });
    // The gateway gave up.
    response.once('close', () => {
      if (!settled) outgoing.destroy();
    });
    if (defect === 'repeats-what-takes-long' && times === 1) {
      setTimeout(() => {
        if (settled || request.method !== 'POST') return;
        settled = true;
        again();
      }, LONG_MS);
    }
    outgoing.end(body);
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      const body = Buffer.concat(chunks);
      if (defect === 'says-sent-without-sending' && (request.url ?? '').includes('/messages')) {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ messaging_product: 'whatsapp', contacts: [], messages: [{ id: 'wamid.madeUp' }] }));
        return;
      }
      const held = gate;
      if (held === null || !held.matches(request.method ?? '', request.url ?? '')) return forward(request, body, response);
      held.held += 1;
      held.changed();
      void held.open.then(() => forward(request, body, response));
    });
  });
  // Longer than any run, for the same reason.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

  return {
    url,
    attempts,
    hold: (matches) => {
      let open: () => void = () => undefined;
      let wanted = Number.POSITIVE_INFINITY;
      let enough: () => void = () => undefined;
      const mine = {
        matches,
        held: 0,
        open: new Promise<void>((resolve) => {
          open = resolve;
        }),
        changed: () => {
          if (mine.held >= wanted) enough();
        },
      };
      gate = mine;
      return {
        arrived: (count) =>
          new Promise((resolve) => {
            wanted = count;
            enough = resolve;
            mine.changed();
          }),
        release: () => {
          gate = null;
          open();
        },
      };
    },
    stop: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function graphCode(body: Buffer): number | null {
  try {
    const { error } = JSON.parse(body.toString('utf8')) as { readonly error?: { readonly code?: unknown } };
    return typeof error?.code === 'number' ? error.code : null;
  } catch {
    return null;
  }
}
