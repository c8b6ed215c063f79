/** What of an escape stands for which character: `%41`, `\u0041`, `\x41`, `&#65;`, `&#x41;`. However many backslashes: JSON inside JSON doubles them. */
const ESCAPES = /%([0-9a-f]{2})|\\+u00([0-9a-f]{2})|\\+x([0-9a-f]{2})|&#x0*([0-9a-f]{2});|&#0*(\d{2,3});/gi;

/** Whether a text holds any of the escapes that `decodeLoosely` knows. */
export function holdsEscapes(text: string): boolean {
  return text.includes('%') || text.includes(String.raw`\u00`) || text.includes(String.raw`\x`) || text.includes('&#');
}

/** Decodes escape by escape, one layer, for looking only: what is no escape stays, so one that is broken hides none of the others. */
export function decodeLoosely(text: string): string {
  return text.replace(ESCAPES, (_, percent?: string, unicode?: string, hex?: string, entityHex?: string, entity?: string) => {
    const digits = percent ?? unicode ?? hex ?? entityHex;
    return String.fromCharCode(digits === undefined ? Number(entity) : Number.parseInt(digits, 16));
  });
}
