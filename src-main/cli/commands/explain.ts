import { explainError } from '../../core/graph/explain.ts';
import type { Explanation } from '../../core/graph/explain.ts';
import { dateWords } from '../../core/words/dates.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { stopped, went } from '../report.ts';

/** The most that is read, bytes: the log of a busy day. */
const LARGEST_TEXT = 32_000_000;

/**
 * `evertoken explain`: what the text on standard input means. Works offline and needs no running Evertoken; of the text
 * itself nothing is repeated, since it may hold a token.
 */
export async function explain({ io }: CommandContext): CommandResult {
  if (io.stdinIsTty) io.err('Paste the text, press Enter, then Ctrl-D.\n');
  const bytes = await io.readStdin(LARGEST_TEXT);
  if (bytes.length > LARGEST_TEXT) return stopped('text-too-large', 'That is more than 32 MB. Send the lines around the error only, such as: tail -n 200 FILE | npx evertoken explain');
  const text = decoded(bytes);
  if (text.trim() === '') return stopped('no-text-given', 'No text came through standard input. Send a log or an error message: npx evertoken explain < FILE');
  const explanation = explainError(text);
  return went({ exit: 0, lines: linesOf(explanation), json: explanation });
}

/** Logs come in every encoding: what is no UTF-8 is read as far as it can be. */
function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

function linesOf({ cause, what, advice, link, expiredAt, humanMustAct, code, subcode }: Explanation): readonly string[] {
  const numbers = code === null ? '' : `, Meta’s code ${code}${subcode === null ? '' : `/${subcode}`}`;
  return [
    what,
    ...(expiredAt === null ? [] : [`It expired on ${dateWords(Date.parse(expiredAt))}.`]),
    ...(cause === 'not_an_error' ? [] : [humanMustAct ? 'Waiting does not help: somebody must change something.' : 'It passes by itself: wait, then try again.']),
    link === null ? advice : `${advice} ${link}`,
    `(${cause}${numbers})`,
  ];
}
