import { fieldName, PROOF_FIELDS } from './fields.ts';

/** The beginning of a `multipart/form-data` body with what concerns tokens taken out. */
export interface MultipartReading {
  /** What is left, byte for byte. */
  readonly kept: readonly Buffer[];
  /** How many bytes were taken out. */
  readonly cut: number;
  /** The values of `access_token`. */
  readonly keys: readonly string[];
}

/** The boundary of a `multipart/form-data` content type (RFC 7578, RFC 2046 §5.1.1); null for any other type or none. */
export function multipartBoundary(contentType: string): string | null {
  if (!/^multipart\/form-data\s*(?:;|$)/i.test(contentType)) return null;
  const [, quoted, plain] = /;\s*boundary=(?:"([^"\\]{1,70})"|([^\s";,]{1,70}))/i.exec(contentType) ?? [];
  return quoted ?? plain ?? null;
}

/**
 * Takes the fields `access_token`, `appsecret_proof` and `appsecret_time` out of the parts that lie whole in `head`, the first bytes of a body.
 * A part reaches from its own boundary to the next, so that what is left is a body as well.
 */
export function readMultipart(head: Buffer, boundary: string): MultipartReading {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const kept: Buffer[] = [];
  const keys: string[] = [];
  let from = 0;
  let cut = 0;
  for (let start = firstMark(head, mark); start !== -1; ) {
    const next = nextMark(head, mark, start + mark.length);
    if (next === -1) break;
    const part = readPart(head.subarray(start + mark.length, next));
    if (part !== null && (part.name === 'access_token' || PROOF_FIELDS.has(part.name))) {
      if (part.name === 'access_token') keys.push(part.value);
      kept.push(head.subarray(from, start));
      cut += next - start;
      from = next;
    }
    start = next;
  }
  kept.push(head.subarray(from));
  return { kept, cut, keys };
}

function firstMark(head: Buffer, mark: Buffer): number {
  return head.indexOf(mark) === 0 ? 0 : nextMark(head, mark, 0);
}

/** A boundary stands at the beginning of a line. */
function nextMark(head: Buffer, mark: Buffer, from: number): number {
  for (let at = head.indexOf(mark, from); at !== -1; at = head.indexOf(mark, at + 1)) {
    if (at >= 2 && head[at - 2] === 13 && head[at - 1] === 10) return at;
  }
  return -1;
}

function readPart(part: Buffer): { readonly name: string; readonly value: string } | null {
  const end = part.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = part.toString('latin1', 0, end);
  const disposition = /(?:^|\n)content-disposition:([^\r\n]*)/i.exec(head)?.[1] ?? '';
  const [, quoted, plain] = /;\s*name\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(disposition) ?? [];
  const name = quoted ?? plain;
  // The two bytes before the next boundary are its own line break.
  return name === undefined ? null : { name: fieldName(name), value: part.toString('latin1', end + 4, Math.max(end + 4, part.length - 2)).trim() };
}
