/** How Meta's access tokens begin and how long they are at least; many are over 200 characters. */
const TOKEN = /(?<![\w-])(?:EAA|IGAA)[\w-]{27,}(?![\w-])/;
const WHOLE = new RegExp(`^${TOKEN.source}$`);

/**
 * Whether a text looks like an access token of Meta. Meta promises no shape, so nothing is refused for lacking it where an owner hands
 * a text over as a token; it says what may be sent to Meta, or kept from others, without having been called a token.
 */
export function hasTokenShape(text: string): boolean {
  return WHOLE.test(text);
}

/** Whether something in a text looks like an access token of Meta. */
export function holdsTokenShape(text: string): boolean {
  return TOKEN.test(text);
}
