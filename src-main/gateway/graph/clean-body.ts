import { readFields } from './fields.ts';
import { multipartBoundary, readMultipart } from './multipart-key.ts';
import type { HeaderSurvey } from './request-survey.ts';

/** What a body is, as far as a key may stand in it. */
export type BodyShape = { readonly kind: 'none' | 'form' | 'other' } | { readonly kind: 'multipart'; readonly boundary: string };

/** A body or its beginning, without what concerns tokens. */
export interface CleanBody {
  /** The values of `access_token`. */
  readonly keys: readonly string[];
  /** The values of `input_token`; they stand in the pieces no more. */
  readonly inputTokens: readonly string[];
  readonly pieces: readonly Buffer[];
  /** How many bytes were taken out. */
  readonly cut: number;
}

/** The shape of a request's body by its headers. */
export function bodyShape({ contentType, contentLength, chunked }: HeaderSurvey): BodyShape {
  if (!chunked && (contentLength ?? 0) === 0) return { kind: 'none' };
  if (/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(contentType)) return { kind: 'form' };
  const boundary = multipartBoundary(contentType);
  return boundary === null ? { kind: 'other' } : { kind: 'multipart', boundary };
}

/** Whether a key may stand in a body of this shape. */
export function mayHoldKey({ kind }: BodyShape): boolean {
  return kind === 'form' || kind === 'multipart';
}

/** Takes out of a body, or of its beginning, whatever concerns tokens. */
export function cleanBody(shape: BodyShape, bytes: Buffer, isWhole: boolean): CleanBody {
  if (shape.kind === 'multipart') return { ...withPieces(readMultipart(bytes, shape.boundary)), inputTokens: [] };
  if (shape.kind !== 'form') return { keys: [], inputTokens: [], pieces: [bytes], cut: 0 };
  const text = bytes.toString('latin1');
  // The last field of a beginning may be half a field.
  const end = isWhole ? text.length : text.lastIndexOf('&') + 1;
  const { rest, keys, inputTokens, changed } = readFields(isWhole ? text : text.slice(0, Math.max(0, end - 1)));
  if (!changed) return { keys, inputTokens, pieces: [bytes], cut: 0 };
  const tail = text.slice(end);
  const left = Buffer.from(rest !== '' && tail !== '' ? `${rest}&${tail}` : rest + tail, 'latin1');
  return { keys, inputTokens, pieces: [left], cut: bytes.length - left.length };
}

function withPieces({ kept, cut, keys }: ReturnType<typeof readMultipart>) {
  return { keys, pieces: kept, cut };
}
