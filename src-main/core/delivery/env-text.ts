import { type EnvAssignment, endsWithLine, lineEndOf, scanEnv } from './env-scan.ts';
import { isVariableName } from './variable-name.ts';

/** A `.env` file's text with a value set, or why that cannot be. */
export type EnvEdit = { readonly ok: true; readonly text: string; readonly changed: boolean } | { readonly ok: false; readonly code: 'bad-name' | 'bad-value' | 'unclosed-quote' };

/**
 * What means itself without quotes and in any quotes, for `dotenv`, Docker, shells and those that expand `$`. Meta's tokens are
 * letters and digits (some kinds with `|`); anything beyond this list would have to be escaped differently for each reader.
 */
const PLAIN = /^[\w.~|+/=:@%-]+$/;

/** Whether a value can stand in a `.env` file of any style. */
export function canStandInEnv(value: string): boolean {
  return PLAIN.test(value);
}

/**
 * Sets a variable in the text of a `.env` file: at each place where it is assigned, and nothing but its value. Where it is nowhere
 * assigned, one line is added at the end, in the file's own style. The text has one character for each byte. Refused where a quote
 * without its partner would make another text of what stands round the value.
 */
export function setEnvValue(text: string, variable: string, value: string): EnvEdit {
  if (!isVariableName(variable)) return { ok: false, code: 'bad-name' };
  if (!canStandInEnv(value)) return { ok: false, code: 'bad-value' };
  const all = [...scanEnv(text)];
  const ours = all.filter(({ name }) => name === variable);
  const edited = ours.length === 0 ? appended(text, `${exportsAll(all) ? 'export ' : ''}${variable}=${value}`) : replaced(text, ours, value);
  return saysTheSame(all, text, edited, variable, value) ? { ok: true, text: edited, changed: edited !== text } : { ok: false, code: 'unclosed-quote' };
}

/** The values that a variable is given in the text of a `.env` file, in order; for most readers the last one counts. */
export function readEnvValues(text: string, variable: string): readonly string[] {
  return [...scanEnv(text)].filter(({ name }) => name === variable).map(({ start, end }) => text.slice(start, end));
}

function replaced(text: string, places: readonly EnvAssignment[], value: string): string {
  const pieces: string[] = [];
  let at = 0;
  for (const place of places) {
    const { from, to, gap } = spanOf(text, place);
    pieces.push(text.slice(at, from), value, gap);
    at = to;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

/** Whether the edited text assigns the same variables in the same order, ours with the value and all others as before. */
function saysTheSame(before: readonly EnvAssignment[], text: string, edited: string, variable: string, value: string): boolean {
  const said = before.map(({ name, start, end }) => (name === variable ? `${name}=${value}` : `${name}=${text.slice(start, end)}`));
  const wanted = before.some(({ name }) => name === variable) ? said : [...said, `${variable}=${value}`];
  const says = [...scanEnv(edited)].map(({ name, start, end }) => `${name}=${edited.slice(start, end)}`);
  return says.length === wanted.length && says.every((one, index) => one === wanted[index]);
}

/** What is replaced at a place. */
function spanOf(text: string, { start, end, afterSign, spaced }: EnvAssignment): { readonly from: number; readonly to: number; readonly gap: string } {
  const isQuoted = start > afterSign && /['"`]/.test(text[start - 1] ?? '');
  if (end > start || isQuoted) return { from: start, to: end, gap: '' };
  // Nothing there yet: right after the sign, since a shell takes what follows a blank for a command. A comment needs a blank before it.
  const from = spaced && start > afterSign ? afterSign + 1 : afterSign;
  return { from, to: from, gap: text[from] === '#' ? ' ' : '' };
}

/** A file whose every line says `export` is read by a shell, which would keep a bare assignment to itself. */
function exportsAll(all: readonly EnvAssignment[]): boolean {
  return all.length > 0 && all.every(({ exported }) => exported);
}

function appended(text: string, line: string): string {
  const lineEnd = lineEndOf(text);
  // A file without a last line end stays one.
  return endsWithLine(text) ? `${text}${line}${lineEnd}` : `${text}${lineEnd}${line}`;
}
