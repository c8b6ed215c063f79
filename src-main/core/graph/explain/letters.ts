/**
 * How texts are read: only letters and digits count, each as its plainest form. Case, accents, white space, quotes,
 * brackets and escapes thereby make no difference, and a word that was broken over two lines is still that word.
 */
/** Marks that only dress a letter, and signs without a width: soft hyphen, accents, Arabic vowels and stretching, the dots of Hindi and Japanese. */
const TRANSPARENT = /\u{ad}|[\u{300}-\u{36f}]|[\u{64b}-\u{655}]|\u{670}|\u{640}|\u{93c}|[\u{200b}-\u{200f}]|\u{2060}|\u{feff}|[\u{3099}-\u{309a}]/u;
const LETTER = /[\p{L}\p{N}\p{M}]/u;

/** Letters that Unicode does not take apart, and one that is lower-cased to two. */
const PLAIN: Readonly<Record<string, string>> = { ß: 's', ı: 'i', ł: 'l', ø: 'o', đ: 'd', æ: 'a', œ: 'o', ی: 'ي', ک: 'ك' };

/** What a character counts for: its plain form, `''` where it separates words, null where it is as if it were not there. */
export function plainForm(char: string): string | null {
  if (TRANSPARENT.test(char)) return null;
  if (!LETTER.test(char)) return '';
  const lower = char.toLowerCase();
  // A Korean syllable comes apart into sounds; it is one sign here.
  const plain = char >= '\uac00' && char <= '\ud7a3' ? char : lower.normalize('NFKD').charAt(0);
  return PLAIN[plain] ?? plain;
}

/** Asked for thousands of phrases, most in a few hundred letters. */
const plainForms = new Map<string, string>();

/** A phrase as it is looked for: the plain forms of its letters and digits, nothing between them. */
export function squeeze(phrase: string): string {
  let squeezed = '';
  for (let place = 0; place < phrase.length; place += 1) {
    const char = phrase.charAt(place);
    let plain = plainForms.get(char);
    if (plain === undefined) plainForms.set(char, (plain = plainForm(char) ?? ''));
    squeezed += plain;
  }
  return squeezed;
}

/** Whether words of this script are set apart by blanks. Chinese, Japanese and Thai are not. */
export function hasWordGaps(squeezed: string): boolean {
  return !/^[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/.test(squeezed);
}
