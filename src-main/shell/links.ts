import { shell } from 'electron';
import type { Outcome } from '../contract/outcome.ts';
import { META_PAGES } from '../core/graph/fault-words.ts';

/** The hosts of the pages that an owner is sent to. Anything else is nothing that Evertoken ever says. */
const HOSTS: ReadonlySet<string> = new Set(Object.values(META_PAGES).map((page) => new URL(page).host));

/** Whether an address may be opened: https, one of Meta's hosts that we name, and nothing in it that could mislead. */
export function isKnownLink(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  // `host` holds the port, so another port is another host.
  return url.protocol === 'https:' && HOSTS.has(url.host) && url.username === '' && url.password === '';
}

/** Opens one of Meta's pages in the owner's browser. Decided here and not in the window, whatever that asks for. */
export async function openLink(url: string): Promise<Outcome> {
  if (!isKnownLink(url)) return outcome(false, 'link-refused', 'Evertoken opens only pages of Meta, and this is none of them.');
  try {
    await shell.openExternal(url);
    return outcome(true, 'link-opened', 'The page opens in your browser.');
  } catch {
    return outcome(false, 'no-browser', `Your browser could not be opened. The address is: ${url}`);
  }
}

function outcome(ok: boolean, code: string, message: string): Outcome {
  return { ok, code, message, connection: null, details: [] };
}
