import type { IncomingMessage } from 'node:http';
import type { HandedToken } from '../../keeper/api.ts';
import type { CleanBody } from './clean-body.ts';
import { withField } from './fields.ts';
import type { FieldsReading } from './fields.ts';
import { RequestBody } from './request-body.ts';
import type { BodyWatch } from './request-body.ts';

/** A body as it goes to Meta. `length` is null where it is known from the content itself or not at all. */
export interface OutgoingBody {
  readonly content: Buffer | RequestBody | null;
  readonly length: number | null;
}

/** A body of which nothing or everything is here. */
export const NO_BODY: OutgoingBody = { content: null, length: null };

/** The query as it goes to Meta: what was left of the caller's, and the proof. Whoever asks about its own key asks about the token. */
export function queryForMeta({ rest, inputTokens }: Pick<FieldsReading, 'rest' | 'inputTokens'>, key: string | null, { token, proof }: HandedToken): string {
  let query = rest;
  for (const one of inputTokens) query = withField(query, 'input_token', one === key ? token : one);
  if (proof === null) return query;
  // Hexadecimal digits need no escapes.
  return `${query}${query === '' ? '' : '&'}appsecret_proof=${proof}`;
}

/** A whole body for one attempt. */
export function wholeBody(body: CleanBody, key: string | null, token: string): OutgoingBody {
  const pieces = withInputTokens(body, key, token);
  const [only] = pieces;
  const content = pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
  return { content: content.length === 0 ? null : content, length: null };
}

/** A body of which `body` is here and the rest comes from the request. `announced`: its length as the caller gave it. */
export function streamedBody(request: IncomingMessage, body: CleanBody, announced: number | null, token: string, watch: BodyWatch): OutgoingBody {
  const pieces = withInputTokens(body, watch.key, token);
  const added = sizeOf(pieces) - sizeOf(body.pieces);
  return { content: new RequestBody(request, pieces, watch), length: announced === null ? null : announced - body.cut + added };
}

function withInputTokens({ pieces, inputTokens }: CleanBody, key: string | null, token: string): readonly Buffer[] {
  if (inputTokens.length === 0) return pieces;
  const fields = inputTokens.reduce((text, one) => withField(text, 'input_token', one === key ? token : one), '');
  return [Buffer.from(sizeOf(pieces) === 0 ? fields : `${fields}&`), ...pieces];
}

function sizeOf(pieces: readonly Buffer[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}
