import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Files are made as they are read, of any size, and never held: `/v26.0/{number}/media` takes one, `/v26.0/7{bytes}` says where one of so many bytes is. */
const UPLOAD = /^\/v[\d.]+\/\d+\/media$/;
const LOOK_UP = /^\/v[\d.]+\/7(\d+)$/;
const FILE = /^\/bench-media\/(\d+)$/;
const PIECE = Buffer.alloc(64 * 1_024, 0x5a);

/** The id of a file of so many bytes. */
export const mediaId = (bytes: number): string => `7${bytes}`;

/** Answers a call about media; null where this call is about something else. */
export function answerMedia(request: IncomingMessage, response: ServerResponse): Promise<void> | null {
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (UPLOAD.test(path)) return upload(request, response);
  const wanted = LOOK_UP.exec(path)?.[1];
  if (wanted !== undefined) return lookUp(request, response, Number(wanted));
  const bytes = FILE.exec(path)?.[1];
  return bytes === undefined ? null : download(request, response, Number(bytes));
}

async function upload(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) bytes += chunk.length;
  json(response, { id: mediaId(bytes) });
}

async function lookUp(request: IncomingMessage, response: ServerResponse, bytes: number): Promise<void> {
  request.resume();
  json(response, { messaging_product: 'whatsapp', url: `http://${request.headers.host ?? ''}/bench-media/${bytes}`, mime_type: 'video/mp4', sha256: '0', file_size: bytes, id: mediaId(bytes) });
}

async function download(request: IncomingMessage, response: ServerResponse, bytes: number): Promise<void> {
  request.resume();
  response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': bytes });
  await pipeline(pieces(bytes), response);
}

/** So many bytes, piece by piece. */
export function* pieces(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= PIECE.length) yield left < PIECE.length ? PIECE.subarray(0, left) : PIECE;
}

function json(response: ServerResponse, body: object): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}
