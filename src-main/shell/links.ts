import { shell } from 'electron';
import type { Outcome } from '../contract/outcome.ts';
import { META_PAGES } from '../core/graph/fault-words.ts';

/** The pages that an owner is sent to, to the letter: anything more could carry something out of here. */
const PAGES: ReadonlySet<string> = new Set(Object.values(META_PAGES));

/** Whether an address may be opened: one of those that Evertoken's own sentences name. */
export function isKnownLink(address: string): boolean {
  return PAGES.has(address);
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
