import { sentHeader } from './headers.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/**
 * Refuses whatever a browser sends for a page. Browsers add `Origin` to every cross-origin POST and
 * `Sec-Fetch-Site` to everything; `none` is what an address typed by a person carries. Even an empty
 * `Origin` is refused: only programs that are no browser have business here.
 */
export function checkOrigin(rawHeaders: readonly string[]): Refusal | null {
  if (sentHeader(rawHeaders, 'origin').count !== 'none') return refusal('from-a-web-page');
  const site = sentHeader(rawHeaders, 'sec-fetch-site');
  const typed = site.count === 'none' || (site.count === 'one' && site.value.toLowerCase() === 'none');
  return typed ? null : refusal('from-a-web-page');
}
