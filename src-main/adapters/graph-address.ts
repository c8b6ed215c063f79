/** A checked base address of Meta's Graph API. */
export type GraphAddress =
  | { readonly ok: true; /** Without a slash at the end. */ readonly url: string; /** True where it is this computer: a trial or a test. */ readonly loopback: boolean }
  | { readonly ok: false; /** A sentence for whoever set it. */ readonly message: string };

/** Meta's own address. */
export const META_GRAPH_URL = 'https://graph.facebook.com';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Checks a base address: https anywhere, http on this computer only, so that a token never crosses a network in clear. */
export function graphAddress(text: string): GraphAddress {
  const trimmed = text.trim();
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (url === null) return refuse('is not a web address. Use one such as https://graph.facebook.com');
  if (url.username !== '' || url.password !== '') return refuse('must not hold a user name or a password.');
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(trimmed)) return refuse('must not hold a question mark or a hash sign.');
  const loopback = LOOPBACK.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    return refuse('must begin with https://. Plain http is allowed only for this computer (127.0.0.1 or localhost).');
  }
  // The version is added to every call, so one that was copied along with the address must not stand there twice.
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v\d{1,3}\.\d{1,2}$/, '').replace(/\/+$/, '');
  return { ok: true, url: `${url.origin}${path}`, loopback };
}

function refuse(why: string): GraphAddress {
  return { ok: false, message: `The Graph address ${why}` };
}
