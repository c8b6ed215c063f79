import { sentHeader } from '../headers.ts';
import type { Refusal } from '../refusal.ts';
import { pageRefusal } from './page-refusal.ts';

/**
 * Refuses the page to whoever did not ask for it by its address: browsers say `none` for an address that was typed or
 * opened by another program, `cross-site` (and `same-site` for another port of this computer) where another page led
 * here. What is no browser says nothing. A frame is refused on top of what the page's own headers forbid.
 */
export function checkNavigation(rawHeaders: readonly string[]): Refusal | null {
  const site = fetchHeader(rawHeaders, 'sec-fetch-site', ['none', 'same-origin']);
  const place = fetchHeader(rawHeaders, 'sec-fetch-dest', ['document']);
  return site && place && sentHeader(rawHeaders, 'origin').count === 'none' ? null : pageRefusal('from-another-page');
}

/** Refuses whatever is not asked by our own page: another origin in `Origin` or, where that is not sent, in `Sec-Fetch-Site`. */
export function checkOwnPage(rawHeaders: readonly string[]): Refusal | null {
  const site = fetchHeader(rawHeaders, 'sec-fetch-site', ['same-origin']);
  return site && isOwnOrigin(rawHeaders) ? null : pageRefusal('not-from-our-page');
}

function fetchHeader(rawHeaders: readonly string[], name: string, taken: readonly string[]): boolean {
  const header = sentHeader(rawHeaders, name);
  return header.count === 'none' || (header.count === 'one' && taken.includes(header.value));
}

function isOwnOrigin(rawHeaders: readonly string[]): boolean {
  const origin = sentHeader(rawHeaders, 'origin');
  if (origin.count === 'none') return true;
  const host = sentHeader(rawHeaders, 'host');
  if (origin.count !== 'one' || host.count !== 'one') return false;
  // A name that the owner allowed may be that of a proxy which speaks TLS to the browser; on this computer nothing does.
  return origin.value === `http://${host.value}` || (origin.value === `https://${host.value}` && !/^(?:127\.0\.0\.1|localhost)(?::|$)/.test(host.value));
}
