/**
 * Text made safe for a terminal. Labels and names come from people and from Meta: control characters could
 * repaint the screen, and direction marks could make one name look like another.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, (character) => (character === '\n' ? ' ' : ''));
}
