import { request } from 'node:http';
import type { Door } from './door.ts';

/** A question to a server. */
export interface HttpQuestion {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** For the whole of question and answer. */
  readonly timeoutMs: number;
}

/** What came back, whole. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/** A server that did not answer within the time it was given. */
export class AnswerTimeout extends Error {
  override readonly name = 'AnswerTimeout';
}

/** Larger (bytes) than any answer of ours: a stranger must not fill the memory. */
const LARGEST = 32_000_000;

/**
 * Asks through a door. Follows no redirection and goes through no proxy. Rejects with `AnswerTimeout`, or with Node's own
 * error, whose code `ECONNREFUSED` or `ENOENT` says that nobody is behind the door. `fetch` knows no sockets, hence Node's client.
 */
export function askHttp(door: Door, { method, path, headers, body, timeoutMs }: HttpQuestion): Promise<HttpAnswer> {
  const where = door.kind === 'socket' ? { socketPath: door.path } : { host: '127.0.0.1', port: door.port };
  return new Promise((resolve, reject) => {
    // An agent of its own: the global one could be told of a proxy, and would keep the connection open at the end.
    const asked = request({ ...where, method, path, headers, agent: false });
    const timer = setTimeout(() => fail(new AnswerTimeout()), timeoutMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
      asked.destroy();
    };
    asked.on('error', fail);
    asked.once('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('error', fail);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > LARGEST) fail(new Error('The answer is too large.'));
      });
      response.once('end', () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    asked.end(body ?? undefined);
  });
}
