import { isObject } from '../graph/json.ts';

/** What looking inside a text gave: a part to go on with, a refusal, or nothing of that form. */
export type Found =
  | { readonly kind: 'inner'; readonly text: string; readonly note: string }
  | { readonly kind: 'several' }
  | { readonly kind: 'none' }
  | { readonly kind: 'not-this-form' };

const NOT_THIS_FORM: Found = { kind: 'not-this-form' };
/** Names under which programs keep the token, without signs and case. */
const TOKEN_KEYS = /^(?:\w*accesstoken|token|\w*(?:whatsapp|meta|graph|facebook|fb|wa|cloudapi|systemuser|permanent|bearer)\w*token|authorization)$/;
const OTHER_TOKENS = /verify|refresh|webhook|csrf|session|device|idtoken|tokentype/;

function isTokenKey(key: string): boolean {
  const plain = key.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return TOKEN_KEYS.test(plain) && !OTHER_TOKENS.test(plain);
}

/** The token inside pasted JSON, such as Meta's answer or a settings file. */
export function findInJson(text: string): Found {
  if (!/^[{[]/.test(text)) return NOT_THIS_FORM;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text) as unknown;
  } catch {
    return NOT_THIS_FORM;
  }
  const values = new Set<string>();
  collect(parsed, values, 0);
  return pick(values, 'The token was taken out of the data around it.');
}

function collect(value: unknown, into: Set<string>, depth: number): void {
  if (depth > 8) return;
  if (Array.isArray(value)) for (const entry of value) collect(entry, into, depth + 1);
  if (!isObject(value)) return;
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry === 'string' && entry.trim() !== '' && isTokenKey(key)) into.add(entry.trim());
    else collect(entry, into, depth + 1);
  }
}

const ENV_LINE = /^[ \t]*(?:export[ \t]+|set[ \t]+|\$env:|-{1,2})?([A-Za-z_][\w.-]{0,63})[ \t]*[=:][ \t]*(\S.*)$/;

/** The token among the lines of an environment or settings file: at least two lines of the form `NAME=value`. */
export function findInEnv(text: string): Found {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  const pairs = lines.map((line) => ENV_LINE.exec(line)).filter((match) => match !== null);
  const commented = lines.length > 0 && /(?:^|\n)\s*#/.test(text);
  if (pairs.length === 0 || (pairs.length < 2 && !commented) || pairs.length * 2 < lines.length) return NOT_THIS_FORM;
  const values = new Set<string>();
  for (const [, name = '', value = ''] of pairs) if (isTokenKey(name)) values.add(value.trim());
  return pick(values, 'The token was taken out of the settings around it.');
}

const URL_START = /^(?:[a-z][a-z0-9+.-]{1,15}:\/\/|www\.)/i;
const URL_TOKEN = /[?&#](?:access_token|input_token|token)=([^&#\s"']+)/i;

/** The token in a web address. */
export function findInLink(text: string): Found {
  if (!URL_START.test(text)) return NOT_THIS_FORM;
  const value = URL_TOKEN.exec(text)?.[1];
  if (value === undefined) return { kind: 'none' };
  return { kind: 'inner', text: decode(value), note: 'The token was taken out of the web address.' };
}

const NAMED_TOKEN = /access_token\\?["']?\s{0,4}(?:=>|[=:])\s{0,4}\\?["']?([^\s"'\\&,;}]+)/gi;
const BEARER_TOKEN = /\bbearer\s{1,4}([^\s"'\\&,;}]+)/gi;
/** A Graph token among words: whole, so followed by something that ends it, and not by the dots of a shortened one. */
const GRAPH_TOKEN = /(?<![\w-])EAA[\w-]{27,}(?=$|[\s"'`,;<>()[\]{}\\&|:!?]|\.(?!\.))/g;

/** The token inside a command, a piece of program text, a log line or a sentence. */
export function findInText(text: string): Found {
  for (const pattern of [NAMED_TOKEN, BEARER_TOKEN]) {
    const values = new Set([...text.matchAll(pattern)].map((match) => decode(match[1] ?? '')));
    const long = new Set([...values].filter((value) => value.length >= 20));
    if (long.size > 0) return pick(long, 'The token was taken out of the text around it.');
  }
  const values = new Set(text.match(GRAPH_TOKEN));
  return values.size === 0 ? NOT_THIS_FORM : pick(values, 'The token was taken out of the text around it.');
}

function pick(values: ReadonlySet<string>, note: string): Found {
  const [first] = values;
  if (first === undefined) return { kind: 'none' };
  return values.size > 1 ? { kind: 'several' } : { kind: 'inner', text: first, note };
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
