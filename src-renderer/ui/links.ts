/** A piece of a sentence: words, or an address to open with the brackets and stops that must stay on its line. */
export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'link'; readonly url: string; /** Without what no reader needs. */ readonly text: string; readonly before: string; readonly after: string };

// Addresses stand in brackets or before a full stop; neither belongs to them.
const ADDRESS = /(\(?)(https?:\/\/[^\s()<>"“”]*[^\s()<>"“”.,;:!?'’])([).,;:!?]*)/g;

/** Takes a sentence apart at the http(s) addresses in it. */
export function piecesOf(sentence: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of sentence.matchAll(ADDRESS)) {
    const [whole, before = '', url = '', after = ''] = match;
    if (match.index > from) pieces.push({ kind: 'words', text: sentence.slice(from, match.index) });
    pieces.push({ kind: 'link', url, text: url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, ''), before, after });
    from = match.index + whole.length;
  }
  if (from < sentence.length) pieces.push({ kind: 'words', text: sentence.slice(from) });
  return pieces;
}
