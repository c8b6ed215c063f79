import type { Outcome } from '../../src-main/contract/outcome.ts';

/** The largest file, bytes, that is read: with what JSON adds to it, it fits into one request. A `.env` has a few hundred. */
const LARGEST_FILE = 100_000;

/** The text of a chosen file, or why there is none. */
export type ChosenText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly outcome: Outcome };

/** Lets the owner choose a `.env` in the browser's own dialog and reads it here. Call it while a press of theirs is handled: browsers want that. */
export function chooseEnvText(): Promise<ChosenText> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.addEventListener('cancel', () => resolve(refused('cancelled', 'No file was chosen. Nothing was changed.')));
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      resolve(file === undefined ? refused('cancelled', 'No file was chosen. Nothing was changed.') : readText(file));
    });
    input.click();
  });
}

async function readText(file: File): Promise<ChosenText> {
  if (file.size > LARGEST_FILE) return refused('file-too-large', `${file.name} is larger than 100 kB. That is not the right file.`);
  try {
    const bytes = await file.arrayBuffer();
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return refused('file-not-text', `${file.name} could not be read as text. Open it in an editor, save it as UTF-8, and try again.`);
  }
}

function refused(code: string, message: string): ChosenText {
  return { ok: false, outcome: { ok: false, code, message, connection: null, details: [] } };
}
