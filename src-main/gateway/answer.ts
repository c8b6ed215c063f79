import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorAnswer } from '../contract/admin.ts';
import type { Refusal } from './refusal.ts';

/** Goes with every answer: nothing here may be kept by a cache or guessed to be a page. No CORS header, ever. */
const ALWAYS = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } as const;

/** Sends a JSON answer. */
export function answerJson(response: ServerResponse, status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { ...ALWAYS, ...headers, 'Content-Length': body.length });
  response.end(body);
}

/** Sends 304: what the caller has still holds. */
export function answerNotModified(response: ServerResponse, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(304, { 'Cache-Control': ALWAYS['Cache-Control'], ...headers });
  response.end();
}

/** Sends a refusal in the one shape that errors have. */
export function answerRefusal(response: ServerResponse, refused: Refusal): void {
  answerJson(response, refused.status, errorAnswer(refused), refused.headers);
}

/** Sends a refusal where Node has no response object (its parser gave up, or CONNECT), and hangs up. */
export function answerRefusalRaw(socket: Socket, refused: Refusal): void {
  const body = JSON.stringify(errorAnswer(refused));
  const headers = { ...ALWAYS, ...refused.headers, 'Content-Length': String(Buffer.byteLength(body)), Connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.write([`HTTP/1.1 ${refused.status} ${STATUS_CODES[refused.status] ?? 'Error'}`, ...lines, '', body].join('\r\n'));
  socket.destroySoon();
}

function errorAnswer(refused: Refusal): ErrorAnswer {
  const { message, code, connections } = refused;
  return { error: { message, type: 'EvertokenError', code, ...(connections === undefined ? {} : { connections }) } };
}
