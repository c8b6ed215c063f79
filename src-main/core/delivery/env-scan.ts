/** One assignment in a `.env` file. Positions are indexes into the scanned text. */
export interface EnvAssignment {
  readonly name: string;
  /** Whether `export` stands before the name. */
  readonly exported: boolean;
  /** Where a value would begin: right after `=` or the colon. */
  readonly afterSign: number;
  /** Whether a blank stands before the sign, or the sign is a colon: then one belongs after it as well. */
  readonly spaced: boolean;
  /** The value itself, without quotes, blanks round it, or a comment after it. */
  readonly start: number;
  readonly end: number;
}

/** The byte order mark of UTF-8 as three one-byte characters. */
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';

const BLANKS = '\t\v\f ';
const HEAD = /[\t\v\f ]*(export[\t\v\f ]+)?([\w.-]+)([\t\v\f ]*=|:(?=[\t\v\f ]))/y;
const LINE_END = /\r\n|\r|\n/g;

/**
 * Every assignment of a `.env` file, in order, found as `dotenv` 17 finds them: quoted values may run over lines, and a quote that
 * does not close at the end of a line is no quote. `text` has one character for each byte of the file, so that a blank is an ASCII
 * blank and never a part of another character.
 */
export function* scanEnv(text: string): Generator<EnvAssignment, void, undefined> {
  let at = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  while (at < text.length) {
    HEAD.lastIndex = at;
    const head = HEAD.exec(text);
    if (head !== null) {
      const [whole, exported, name = '', sign = ''] = head;
      const afterSign = at + whole.length;
      const value = valueAfter(text, afterSign);
      yield { name, exported: exported !== undefined, afterSign, spaced: sign !== '=', start: value.start, end: value.end };
      at = value.beyond;
    }
    at = nextLine(text, at);
  }
}

/** The line end that a file uses, judged by its last one; a line feed where it has none. */
export function lineEndOf(text: string): string {
  return text.match(LINE_END)?.at(-1) ?? '\n';
}

/** Whether a text is empty but for a byte order mark, or ends with a line end, so that a new line can begin right there. */
export function endsWithLine(text: string): boolean {
  return text === '' || text === BYTE_ORDER_MARK || /[\r\n]$/.test(text);
}

interface ValueSpan {
  readonly start: number;
  readonly end: number;
  /** Where scanning goes on, still on the value's last line. */
  readonly beyond: number;
}

function valueAfter(text: string, afterSign: number): ValueSpan {
  const open = skipBlanks(text, afterSign);
  const quote = text[open];
  if (quote === "'" || quote === '"' || quote === '`') {
    const close = closingQuote(text, open, quote);
    if (close !== null) return { start: open + 1, end: close, beyond: close + 1 };
  }
  const rest = text.slice(open, lineEndAfter(text, open));
  const hash = rest.indexOf('#');
  const value = trimBlanksAtEnd(hash === -1 ? rest : rest.slice(0, hash));
  return { start: open, end: open + value.length, beyond: open + rest.length };
}

/** The quote that ends a quoted value: the first bare one, if its line ends there, else the last escaped one with which that is so. */
function closingQuote(text: string, open: number, quote: string): number | null {
  const escaped: number[] = [];
  for (let at = text.indexOf(quote, open + 1); at !== -1; at = text.indexOf(quote, at + 1)) {
    if (at - 1 > open && text[at - 1] === '\\') {
      escaped.push(at);
      continue;
    }
    if (lineEndsAfter(text, at + 1)) return at;
    break;
  }
  return escaped.findLast((at) => lineEndsAfter(text, at + 1)) ?? null;
}

/** Whether nothing but blanks and a comment follows on the line. */
function lineEndsAfter(text: string, at: number): boolean {
  const next = text[skipBlanks(text, at)];
  return next === undefined || next === '#' || next === '\r' || next === '\n';
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && BLANKS.includes(text[at] ?? '\n')) at += 1;
  return at;
}

function trimBlanksAtEnd(text: string): string {
  let end = text.length;
  while (end > 0 && BLANKS.includes(text[end - 1] ?? '\n')) end -= 1;
  return text.slice(0, end);
}

function lineEndAfter(text: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.exec(text)?.index ?? text.length;
}

function nextLine(text: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.exec(text) === null ? text.length : LINE_END.lastIndex;
}
