import { DROPPED_FIELDS, fieldName, MOST_FIELDS } from './fields.ts';
import type { FieldObjection } from './fields.ts';
import { isRefusedField } from './refused-fields.ts';

/** The beginning of a `multipart/form-data` body with what concerns tokens taken out. */
export interface MultipartReading {
  /** What is left, byte for byte. */
  readonly kept: readonly Buffer[];
  /** How many bytes were taken out. */
  readonly cut: number;
  /** The values of `access_token`. */
  readonly keys: readonly string[];
  /** Why the whole is not passed on; null where it is. */
  readonly objection: FieldObjection | null;
}

/** The boundary of a `multipart/form-data` content type (RFC 7578, RFC 2046 §5.1.1); null for any other type or none. */
export function multipartBoundary(contentType: string): string | null {
  if (!/^multipart\/form-data\s*(?:;|$)/i.test(contentType)) return null;
  const [, quoted, plain] = /;\s*boundary=(?:"([^"\\]{1,70})"|([^\s";,]{1,70}))/i.exec(contentType) ?? [];
  return quoted ?? plain ?? null;
}

/**
 * Takes the fields `access_token` and the dropped ones out of the parts that lie whole in `head`, the first bytes of a body.
 * A part reaches from its own boundary to the next, so that what is left is a body as well. A batch is seen by its name alone.
 */
export function readMultipart(head: Buffer, boundary: string): MultipartReading {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const kept: Buffer[] = [];
  const keys: string[] = [];
  let objection: FieldObjection | null = null;
  let from = 0;
  let cut = 0;
  let parts = 0;
  for (let start = firstMark(head, mark); start !== -1; ) {
    parts += 1;
    if (parts > MOST_FIELDS) return { kept, cut, keys, objection: 'too-many-fields' };
    const next = nextMark(head, mark, start + mark.length);
    const part = readPart(head.subarray(start + mark.length, next === -1 ? head.length : next));
    if (part !== null) objection ??= isRefusedField(part.name, part.value);
    if (next === -1) break;
    if (part !== null && (part.name === 'access_token' || DROPPED_FIELDS.has(part.name))) {
      if (part.name === 'access_token') keys.push(part.value);
      kept.push(head.subarray(from, start));
      cut += next - start;
      from = next;
    }
    start = next;
  }
  kept.push(head.subarray(from));
  return { kept, cut, keys, objection };
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

/** Longest head of a part that is read, bytes. */
export const LONGEST_PART_HEAD = 16 * 1024;
/** Longest value that is read, bytes: the fields that matter are shorter, and files are longer. */
const LONGEST_VALUE = 64 * 1024;
/** One parameter of a header after the other, so that a file may be called `a; name=access_token`. */
const PARAMETERS = /;\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g;

function readPart(part: Buffer): { readonly name: string; readonly value: string } | null {
  const end = part.subarray(0, LONGEST_PART_HEAD).indexOf('\r\n\r\n');
  const name = end === -1 ? null : partName(part.toString('latin1', 0, end));
  // The two bytes before the next boundary are its own line break.
  return name === null ? null : { name, value: part.toString('latin1', end + 4, Math.min(end + LONGEST_VALUE, Math.max(end + 4, part.length - 2))).trim() };
}

/** The name of a part by its head, as Meta may know it; null where it has none. */
export function partName(head: string): string | null {
  const disposition = /(?:^|\n)content-disposition:([^\r\n]*)/i.exec(head)?.[1] ?? '';
  for (const [, parameter = '', quoted, plain = ''] of disposition.matchAll(PARAMETERS)) {
    if (parameter.toLowerCase() === 'name') return fieldName(quoted ?? plain);
  }
  return null;
}
