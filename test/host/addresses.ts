// Chromium takes no requests for a scheme of our own from outside, so `app://HOST/path` is shown to it as an https address, and
// turned back wherever the main process can see it. https, because a secure origin is what Electron makes of a `secure` scheme.

/** How the host of each address of ours ends in Chromium; `invalid` is nobody's, by RFC 2606. */
export const OWN_TAIL = '.host.invalid';
const IN_PAGE = /^https:\/\/([^/?#]+)\.([a-z][a-z0-9-]*)\.host\.invalid(?=[/?#:]|$)/i;
const OWN_SCHEME = /^([a-z][a-z0-9-]*):\/\/([^/?#]*)(.*)$/is;
const CHROMIUM_KNOWS = new Set(['http', 'https', 'file', 'ws', 'wss', 'ftp', 'chrome', 'devtools', 'view-source']);

/** The address under which Chromium knows an address of the main process. */
export function toPage(url: string): string {
  const parts = OWN_SCHEME.exec(url);
  const [, scheme, host, rest] = parts ?? [];
  if (scheme === undefined || host === undefined || CHROMIUM_KNOWS.has(scheme.toLowerCase())) return url;
  return `https://${host}.${scheme.toLowerCase()}${OWN_TAIL}${rest ?? ''}`;
}

/** The address that the main process knows for an address of Chromium's; works on an origin too. */
export function fromPage(url: string): string {
  return url.replace(IN_PAGE, (_all, host: string, scheme: string) => `${scheme.toLowerCase()}://${host}`);
}

/** True of an address that stands for one of our own schemes. */
export function isOwnInPage(url: string): boolean {
  return IN_PAGE.test(url);
}

/** The origin of an address as Electron gives it for a standard scheme, where Node's URL would say "null". */
export function originOf(url: string): string {
  const own = OWN_SCHEME.exec(url);
  if (own === null) return 'null';
  return `${own[1] ?? ''}://${own[2] ?? ''}`;
}
