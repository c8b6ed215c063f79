/** Marks of a text inside another: JSON, a URL, HTML, a byte string. */
const WRAPPED = /\\[nrtux]|%[0-9a-f]{2}|&(?:#\w{1,7}|[a-z]{2,8});|<\/?[a-z]/iu;
/** How many wrappings are taken off: a page in JSON in JSON in a URL. */
const MOST_LAYERS = 4;

const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"', apos: "'", amp: '&', lt: '<', gt: '>', nbsp: ' ', rsquo: '’', lsquo: '‘', ldquo: '“', rdquo: '”', ndash: '–', mdash: '—', hellip: '…', laquo: '«', raquo: '»',
};
/** Marks that only dress letters: `&eacute;`, `&Atilde;`. The letter itself is enough. */
const DRESSED = /^([a-z])(?:acute|grave|circ|tilde|uml|cedil|ring|caron)$/i;
/** What terminals colour text with. */
const ESCAPE = '\u001b';
const COLOURS = new RegExp(String.raw`${ESCAPE}\[[\d;]{0,16}[a-z]`, 'gi');
/** Tags within a sentence; other tags may be names that matter, such as `<error_code>`. */
const DRESSING = /<\/?(?:b|i|u|a|p|em|strong|span|code|br|font|small|mark|tt|kbd|wbr|pre|div|li|td|th|tr|h[1-6])(?:\s[^<>]{0,400})?\/?>/gi;

/**
 * Takes off what a text was wrapped in on its way into a log: JSON's and Python's escapes, a URL's percent signs, HTML's
 * entities and the tags of plain formatting, a terminal's colours. Each layer is one pass; a text without such marks comes back as it is.
 */
export function unwrap(text: string): string {
  let plain = text;
  for (let layer = 0; layer < MOST_LAYERS && (WRAPPED.test(plain) || plain.includes(ESCAPE)); layer += 1) {
    const before = plain;
    if (before.includes('\\')) plain = unescaped(plain);
    if (before.includes('%')) plain = unescapedUrl(plain);
    if (before.includes('&')) plain = plain.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, entity);
    if (before.includes(ESCAPE)) plain = plain.replace(COLOURS, ' ');
    if (before.includes('<')) plain = plain.replace(DRESSING, ' ');
    if (plain === before) break;
  }
  return plain;
}

function unescaped(text: string): string {
  return text
    .replace(/(?:\\{1,16}x[0-9a-f]{2})+/gi, (run) => percent(run.replace(/\\+x/gi, '%')))
    .replace(/\\{1,16}u\{?([0-9a-f]{4,6})\}?/gi, (whole, hex: string) => sign(Number.parseInt(hex.slice(0, 4), 16), whole))
    .replace(/\\{1,16}[nrt]/g, ' ');
}

/** A form writes blanks as `+`; only where it plainly does, since a zone may be `+0200`. */
function unescapedUrl(text: string): string {
  const blanks = /%[0-9a-f]{2}/i.test(text) && /[a-z]\+[a-z]/i.test(text) ? text.replaceAll('+', ' ') : text;
  return blanks.replace(/(?:%[0-9a-f]{2})+/gi, percent);
}

function percent(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
}

function entity(whole: string, name: string): string {
  if (name.startsWith('#')) return sign(/^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10), whole);
  return ENTITIES[name.toLowerCase()] ?? DRESSED.exec(name)?.[1] ?? whole;
}

function sign(code: number, otherwise: string): string {
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : otherwise;
}
