import { findInEnv, findInJson, findInLink, findInText, type Found } from './paste-find.ts';
import { hasControlCharacters, lookAt, lookAtWhole, SHORTEST } from './paste-look.ts';
import { isOnlyQuotes, peelOnce, stripInvisible, type Peeled } from './paste-peel.ts';
import { holdsSeveralTokens, settlePieces } from './paste-pieces.ts';
import { PASTE_WORDS, vendorWords, type PasteRefusal } from './paste-words.ts';
import { vendorOf } from './vendor.ts';

export type { PasteRefusal } from './paste-words.ts';

/** A pasted text, cleaned or refused. `message` is for the owner and never holds the text itself. */
export type CleanedPaste =
  | { readonly ok: true; readonly token: string; /** What was done to the text, one plain sentence each. */ readonly notes: readonly string[] }
  | { readonly ok: false; readonly code: PasteRefusal; readonly message: string };

/** The longest text that is looked into, in characters: a settings file with a token in it is far shorter. */
const LONGEST_TEXT = 65_536;
/** More layers than this are no accident of copying. */
const MOST_LAYERS = 12;

/**
 * Takes the token out of whatever an owner pastes: blanks, quotes, `Bearer`, a name, JSON, a settings file, a web address.
 * Says what it is where it plainly is something else. A string of unknown shape is let through: Meta promises none.
 */
export function cleanPaste(text: string): CleanedPaste {
  if (text.length > LONGEST_TEXT) return refuse(text.trim() === '' ? 'empty' : 'too-long');
  const visible = stripInvisible(text);
  const notes = new Set<string>();
  if (visible.note !== null) notes.add(visible.note);
  let rest = visible.text.trim();
  if (rest === '') return refuse('empty');
  if (isOnlyQuotes(rest)) return refuse('only-quotes');
  if (hasControlCharacters(rest)) return refuse('control-characters');

  for (let layer = 0; layer < MOST_LAYERS; layer += 1) {
    const next = takeLayer(rest);
    if (next.kind === 'refused') return next.answer;
    if (next.kind === 'done') return finish(rest, notes);
    if (next.note !== null) notes.add(next.note);
    rest = next.text.trim();
  }
  return refuse('prose');
}

type Layer =
  | ({ readonly kind: 'taken' } & Peeled)
  | { readonly kind: 'refused'; readonly answer: CleanedPaste }
  | { readonly kind: 'done' };

function takeLayer(text: string): Layer {
  const vendor = vendorAmong(text);
  if (vendor !== null) return { kind: 'refused', answer: { ok: false, code: 'other-vendor', message: vendorWords(vendor) } };
  const whole = lookAtWhole(text);
  if (whole === 'pem') return stop('pem');
  return (
    fromFound(findInJson(text), text, whole ?? 'json-without-token') ??
    (whole === 'error-message' ? stop(whole) : null) ??
    (whole === 'html' ? (fromFound(findInText(text), text, whole) ?? stop(whole)) : null) ??
    fromFound(findInEnv(text), text, 'env-without-token') ??
    fromFound(findInLink(text), text, 'link') ??
    fromPeel(text) ??
    (holdsSeveralTokens(text) ? stop('two-tokens') : null) ??
    (/\s/.test(text) ? fromPieces(text) : fromWord(text))
  );
}

function fromFound(found: Found, text: string, none: PasteRefusal): Layer | null {
  switch (found.kind) {
    case 'inner':
      return found.text === text ? null : { kind: 'taken', text: found.text, note: found.note };
    case 'several':
      return stop('two-tokens');
    case 'none':
      return stop(none);
    case 'not-this-form':
      return null;
  }
}

function fromPeel(text: string): Layer | null {
  const peeled = peelOnce(text);
  return peeled === null ? null : { kind: 'taken', ...peeled };
}

function fromPieces(text: string): Layer {
  const pieces = settlePieces(text);
  return pieces.kind === 'refused' ? stop(pieces.code) : { kind: 'taken', text: pieces.text, note: pieces.note };
}

/** One word: a token, or a token with something glued to it. What begins like a token is left as it is. */
function fromWord(text: string): Layer {
  const half = text.slice(0, text.length / 2);
  if (text.startsWith('EAA') && half + half === text) return { kind: 'taken', text: half, note: 'The token was there twice; once is enough.' };
  const look = lookAt(text);
  if (text.startsWith('EAA') || (look !== null && look !== 'strange-characters')) return { kind: 'done' };
  return fromFound(findInText(text), text, 'prose') ?? { kind: 'done' };
}

/** Another vendor's key, alone or as a word in a sentence; in data with names, the names decide. */
function vendorAmong(text: string): string | null {
  if (!/\s/.test(text)) return vendorOf(text);
  if (/[=:{<]/.test(text)) return null;
  for (const piece of text.split(/\s+/, 200)) {
    const vendor = piece.length < SHORTEST ? null : vendorOf(piece);
    if (vendor !== null) return vendor;
  }
  return null;
}

function finish(token: string, notes: Set<string>): CleanedPaste {
  const refusal = lookAt(token);
  if (refusal !== null) return refuse(refusal);
  if (!token.startsWith('EAA')) notes.add('WhatsApp tokens usually begin with EAA; if Meta refuses this one, its beginning may be missing.');
  return { ok: true, token, notes: [...notes] };
}

function stop(code: PasteRefusal): Layer {
  return { kind: 'refused', answer: refuse(code) };
}

function refuse(code: PasteRefusal): CleanedPaste {
  return { ok: false, code, message: code === 'other-vendor' ? vendorWords('different') : PASTE_WORDS[code] };
}
