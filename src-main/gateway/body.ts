import type { IncomingMessage } from 'node:http';
import { sentHeader } from './headers.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** A body read and parsed, refused, or cut off because the caller hung up. `value` is undefined where nothing was sent. */
export type BodyReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: Refusal }
  | { readonly ok: false; readonly refusal: null };

/**
 * Reads a JSON body of at most `limit` bytes that is here within `limitMs`. What is longer is read to its end (within that time) but not
 * kept: a caller whose socket is cut while it still sends never sees the answer that tells it why.
 */
export async function readJsonBody(request: IncomingMessage, limit: number, limitMs: number): Promise<BodyReading> {
  const bytes = await readBytes(request, limit, limitMs);
  if (bytes === 'too-slow') return { ok: false, refusal: refusal('request-timeout') };
  if (bytes === 'gone') return { ok: false, refusal: null };
  if (bytes === 'too-large') return { ok: false, refusal: refusal('body-too-large') };
  if (bytes.length === 0) return { ok: true, value: undefined };
  if (!isJson(request.rawHeaders)) return { ok: false, refusal: refusal('not-json') };
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return { ok: true, value };
  } catch {
    // The parser's own message quotes the body, and the body holds secrets.
    return { ok: false, refusal: refusal('bad-json') };
  }
}

type Bytes = Buffer | 'too-large' | 'too-slow' | 'gone';

function readBytes(request: IncomingMessage, limit: number, limitMs: number): Promise<Bytes> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    // Neither destroyed nor paused when it is too slow: the socket is still needed for the answer, which then closes it.
    const timer = setTimeout(() => resolve('too-slow'), limitMs);
    const end = (bytes: Bytes): void => {
      clearTimeout(timer);
      resolve(bytes);
    };
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
    });
    request.once('end', () => end(length > limit ? 'too-large' : Buffer.concat(chunks)));
    request.once('error', () => end('gone'));
    request.once('close', () => end('gone'));
  });
}

function isJson(rawHeaders: readonly string[]): boolean {
  const type = sentHeader(rawHeaders, 'content-type');
  return type.count === 'one' && /^application\/json *(;|$)/i.test(type.value.trim());
}
