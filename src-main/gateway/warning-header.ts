const LONGEST = 1_000;

const PLAIN: readonly (readonly [sign: RegExp, plain: string])[] = [
  [/…/g, '...'],
  [/[‘’‚]/g, "'"],
  [/[“”„]/g, '"'],
  [/[‐-―]/g, '-'],
];

/**
 * A `Warning` header value (RFC 7234 §5.5, code 199) with this text: a quoted string of printable ASCII, since Node's and many other
 * clients read headers as Latin-1. Accents are dropped, other letters become `?`; the answer's body has the text as it is.
 */
export function warningHeader(text: string): string {
  const plain = PLAIN.reduce((rest, [sign, instead]) => rest.replace(sign, instead), text)
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .replaceAll(/[^ -~]/gu, '?')
    .slice(0, LONGEST);
  return `199 evertoken "${plain.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
