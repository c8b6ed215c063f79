/** Why a pasted text is no token. Stable codes, kebab-case. */
export type PasteRefusal =
  | 'empty'
  | 'only-quotes'
  | 'two-tokens'
  | 'placeholder'
  | 'number'
  | 'phone-number'
  | 'app-secret'
  | 'app-token'
  | 'jwt'
  | 'link'
  | 'email'
  | 'prose'
  | 'json-without-token'
  | 'env-without-token'
  | 'error-message'
  | 'cut-off'
  | 'masked'
  | 'strange-characters'
  | 'control-characters'
  | 'too-short'
  | 'too-long'
  | 'html'
  | 'pem'
  | 'encoded'
  | 'file-path'
  | 'other-vendor';

/** One sentence or two for each refusal: what was pasted, and what to paste instead. */
export const PASTE_WORDS: Readonly<Record<Exclude<PasteRefusal, 'other-vendor'>, string>> = {
  empty: 'There is nothing here yet. Copy the access token at Meta and paste it.',
  'only-quotes': 'There are only quotation marks here and nothing between them. Copy the token once more and paste it.',
  'two-tokens': 'There is more than one token here. Paste only the one that your bot should use.',
  placeholder: 'This is an example text, not a real token. Replace it with the token that Meta shows you.',
  number: 'This is an id: a number that names an app, a phone number or an account. The token is a long text of letters and digits.',
  'phone-number': 'This is a phone number. Paste the access token that belongs to it instead.',
  'app-secret': 'This looks like an app secret, 32 characters long. It has its own field; here the access token is needed.',
  'app-token': 'This is an app token: an app id and an app secret joined by a line. It cannot send WhatsApp messages; paste the access token.',
  jwt: 'This is a sign-in token of another kind (JWT). Paste the WhatsApp access token; it usually begins with EAA.',
  link: 'This is a web address without a token in it. Open it, copy the token there and paste that.',
  email: 'This is an e-mail address. Paste the access token instead.',
  prose: 'This reads like a sentence, not like a token. Paste only the token, without any words around it.',
  'json-without-token': 'There is no access token in this data. Look for the value of "access_token" and paste that.',
  'env-without-token': 'There are settings here, but none of them is an access token. Look for WHATSAPP_ACCESS_TOKEN.',
  'error-message': 'This is an error message and not a token. Make a new token at Meta and paste it here.',
  'cut-off': 'The token is cut off: it has dots where the rest should be. Use the Copy button at Meta to get all of it.',
  masked: 'Part of the token is hidden behind stars or dots. Let Meta show it, or make a new one, and copy all of it.',
  'strange-characters': 'There are characters here that no token has, such as accents, emoji or signs. Copy the token at Meta once more.',
  'control-characters': 'There are invisible control characters here; the text was damaged while copying. Copy the token at Meta once more.',
  'too-short': 'This is too short for a token: they have 100 characters and more. Make sure that you copied all of it.',
  'too-long': 'This is far too long for a token. Copy only the token and paste it again.',
  html: 'This is a piece of a web page. Copy only the token from the page and paste it.',
  pem: 'This is a key or certificate file. Paste the WhatsApp access token instead.',
  encoded: 'This is packed data (base64) and not a token as Meta shows it. Paste the token itself.',
  'file-path': 'This is the name of a file. Open the file, copy the token in it and paste that.',
};

/** The refusal of another vendor's key, by name, so that the owner sees which clipboard entry it was. */
export function vendorWords(vendor: string): string {
  const article = /^(?:[AEIO]|X |npm|xAI)/.test(vendor) ? 'an' : 'a';
  return `This looks like ${article} ${vendor} key, not a WhatsApp token. It was not sent anywhere. Paste the access token from Meta.`;
}
