import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** A request's address, taken apart. */
export interface Target {
  /** The path as sent, split at its slashes; none is empty, `.` or `..`, nor hides anything: what is encoded had to be, and is text. */
  readonly segments: readonly string[];
  readonly query: ReadonlyMap<string, string>;
}

/** An address understood, or the refusal. */
export type TargetReading = { readonly ok: true; readonly target: Target } | { readonly ok: false; readonly refusal: Refusal };

const bad = (code: 'bad-target' | 'bad-path' | 'bad-query' | 'duplicate-parameter'): TargetReading => ({ ok: false, refusal: refusal(code) });

/**
 * Takes `/path?query` apart. `new URL` is not used: it repairs what should be refused (`\`, `//host`, `..`).
 * Node hands `GET http://evil/` over as it came, so the form is checked here. Only the label of a connection
 * needs percent signs; any that encodes a letter, a dot, a slash or another percent sign is somebody's trick.
 */
export function readTarget(raw: string): TargetReading {
  if (!raw.startsWith('/') || !/^[!-~]*$/.test(raw) || raw.includes('#')) return bad('bad-target');
  const mark = raw.indexOf('?');
  const path = mark === -1 ? raw : raw.slice(0, mark);
  const segments = path.slice(1).split('/');
  const plain = segments.every(isPlain);
  if (!plain && path !== '/') return bad('bad-path');
  return withQuery(path === '/' ? [] : segments, mark === -1 ? '' : raw.slice(mark + 1));
}

function isPlain(segment: string): boolean {
  if (segment === '.' || segment === '..' || !/^(?:[\w.~-]|%[0-9a-f]{2})+$/i.test(segment)) return false;
  if (!segment.includes('%')) return true;
  try {
    const text = decodeURIComponent(segment);
    const needless = (segment.match(/%[0-9a-f]{2}/gi) ?? []).some((escape) => /[\w.~-]/.test(String.fromCodePoint(Number.parseInt(escape.slice(1), 16))));
    return !needless && !/[\p{Cc}/\\%]/u.test(text);
  } catch {
    return false;
  }
}

function withQuery(segments: readonly string[], text: string): TargetReading {
  if (/%(?![0-9a-f]{2})/i.test(text)) return bad('bad-query');
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    // U+FFFD is what bytes that are no UTF-8 decode to; a control character is no part of any name of ours.
    if (/[\p{Cc}\ufffd]/u.test(name + value)) return bad('bad-query');
    if (query.has(name)) return bad('duplicate-parameter');
    query.set(name, value);
  }
  return { ok: true, target: { segments, query } };
}
