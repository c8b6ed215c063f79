import { findInText } from './paste-find.ts';
import { lookAt } from './paste-look.ts';
import type { PasteRefusal } from './paste-words.ts';
import { vendorOf } from './vendor.ts';

/** What a text with blanks in it comes to. */
export type Pieces =
  | { readonly kind: 'token'; readonly text: string; readonly note: string }
  | { readonly kind: 'refused'; readonly code: PasteRefusal };

const WORD = /^[A-Z]?[a-z]+$/;
const TOKEN_PIECE = /^[\w.~+/=|%-]+$/;
/** An id or an app secret that was copied along with the token: never part of it. */
const COMPANION = /^(?:\d{10,}|[0-9a-f]{32})$/i;
/** Terminals and mail programs wrap at 40 columns and more; words of a sentence are shorter than this. */
const WRAPPED = 16;

/** Several different Graph tokens, whatever stands between them. */
export function holdsSeveralTokens(text: string): boolean {
  return new Set(text.split(/[\s,;|"'`]+/).filter((piece) => /^EAA[\w-]{17,}$/.test(piece))).size > 1;
}

/** Decides about a text that still has blanks inside: a wrapped token, a token among words, or words. */
export function settlePieces(text: string): Pieces {
  const whole = lookAt(text);
  if (whole === 'phone-number' || whole === 'placeholder') return { kind: 'refused', code: whole };
  const pieces = text.split(/\s+/);
  const [first = ''] = pieces;
  if (pieces.every((piece) => piece === first) && first.length >= WRAPPED) {
    return { kind: 'token', text: first, note: 'The token was there twice; once is enough.' };
  }
  if (isWrapped(pieces, text)) return { kind: 'token', text: pieces.join(''), note: 'Spaces and line breaks were removed.' };
  const found = findInText(text);
  if (found.kind === 'inner') return { kind: 'token', text: found.text, note: found.note };
  if (found.kind === 'several') return { kind: 'refused', code: 'two-tokens' };
  return { kind: 'refused', code: refusalOf(text, pieces, whole) };
}

function isWrapped(pieces: readonly string[], text: string): boolean {
  const [first = ''] = pieces;
  const last = pieces.at(-1) ?? '';
  const heads = pieces.slice(0, -1);
  if (!pieces.every((piece) => TOKEN_PIECE.test(piece)) || pieces.some((piece) => COMPANION.test(piece) || vendorOf(piece) !== null)) return false;
  if (heads.some((piece) => piece.length < WRAPPED)) return false;
  if (first.startsWith('EAA')) return !WORD.test(last) || last.length >= WRAPPED;
  // Nothing marks the beginning of an opaque token, so the lines must look wrapped: all as long as the first.
  return !/[^\S\r\n]/.test(text.trim()) && heads.every((piece) => piece.length === first.length) && last.length < first.length;
}

function refusalOf(text: string, pieces: readonly string[], whole: PasteRefusal | null): PasteRefusal {
  if (pieces.some((piece) => /^EAA[\w-]{4,}(?:\.{3}|…)/.test(piece))) return 'cut-off';
  if (whole === 'masked') return 'masked';
  const keyLike = pieces.filter((piece) => piece.length >= 20 && TOKEN_PIECE.test(piece) && /\d/.test(piece));
  if (keyLike.length > 1 && keyLike.length === pieces.length) return 'two-tokens';
  return /\p{L}/u.test(text) ? 'prose' : 'strange-characters';
}
