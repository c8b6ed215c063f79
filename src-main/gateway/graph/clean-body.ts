import { readFields } from './fields.ts';
import type { FieldObjection } from './fields.ts';
import { multipartBoundary, readMultipart } from './multipart-key.ts';
import { jsonObjection } from './refused-fields.ts';
import type { HeaderSurvey } from './request-survey.ts';

/** What a body is, as far as a key may stand in it. */
export type BodyShape = { readonly kind: 'none' | 'form' | 'json' | 'other' } | { readonly kind: 'multipart'; readonly boundary: string };

/** A body or its beginning, without what concerns tokens. */
export interface CleanBody {
  /** The values of `access_token`. */
  readonly keys: readonly string[];
  /** The values of `input_token`; they stand in the pieces no more. */
  readonly inputTokens: readonly string[];
  readonly pieces: readonly Buffer[];
  /** How many bytes were taken out. */
  readonly cut: number;
  /** Why it is not passed on; null where it is. */
  readonly objection: FieldObjection | null;
}

/** The shape of a request's body by its headers. */
export function bodyShape({ contentType, contentLength, chunked }: HeaderSurvey): BodyShape {
  if (!chunked && (contentLength ?? 0) === 0) return { kind: 'none' };
  if (/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(contentType)) return { kind: 'form' };
  if (/^[\w.+-]+\/(?:[\w.+-]*\+)?(?:json|javascript|x-javascript)\s*(?:;|$)/i.test(contentType)) return { kind: 'json' };
  const boundary = multipartBoundary(contentType);
  return boundary === null ? { kind: 'other' } : { kind: 'multipart', boundary };
}

/** Whether a key may stand in a body of this shape. */
export function mayHoldKey({ kind }: BodyShape): boolean {
  return kind === 'form' || kind === 'multipart';
}

/** Whether a body of this shape is read as a whole or not at all, since what it asks for may stand at its very end. Files come by other shapes. */
export function mustBeWhole({ kind }: BodyShape): boolean {
  return kind === 'form' || kind === 'json';
}

const BRACE = '{'.charCodeAt(0);

/** Takes out of a body, or of its beginning, whatever concerns tokens. */
export function cleanBody(shape: BodyShape, bytes: Buffer, isWhole: boolean): CleanBody {
  if (shape.kind === 'multipart') return { ...withPieces(readMultipart(bytes, shape.boundary)), inputTokens: [] };
  // What is no JSON by its type may be taken for it all the same.
  if (shape.kind !== 'form') return { keys: [], inputTokens: [], pieces: [bytes], cut: 0, objection: shape.kind === 'json' || bytes[0] === BRACE ? jsonObjection(bytes.toString('latin1')) : null };
  const text = bytes.toString('latin1');
  // The last field of a beginning may be half a field.
  const end = isWhole ? text.length : text.lastIndexOf('&') + 1;
  const { rest, keys, inputTokens, changed, objection } = readFields(isWhole ? text : text.slice(0, Math.max(0, end - 1)));
  if (!changed) return { keys, inputTokens, pieces: [bytes], cut: 0, objection };
  const tail = text.slice(end);
  const left = Buffer.from(rest !== '' && tail !== '' ? `${rest}&${tail}` : rest + tail, 'latin1');
  return { keys, inputTokens, pieces: [left], cut: bytes.length - left.length, objection };
}

function withPieces({ kept, cut, keys, objection }: ReturnType<typeof readMultipart>) {
  return { keys, pieces: kept, cut, objection };
}
