import { LINK_FRAGMENT, SESSION_PATH } from '../../src-main/contract/window-http.ts';

/** Per tab, gone with it, and never sent by the browser of itself, as a cookie would be. */
const STORED_KEY = 'evertoken-session';

/** The key of this tab's session; null where it has none. */
export function sessionKey(): string | null {
  return sessionStorage.getItem(STORED_KEY);
}

/** Forgets the session: it is over. */
export function forgetSession(): void {
  sessionStorage.removeItem(STORED_KEY);
}

/** Takes the secret of a link out of the address, so that neither history nor a glance keeps it; null where there is none. */
export function takeSecret(): string | null {
  const fragment = location.hash.slice(1);
  if (!fragment.startsWith(LINK_FRAGMENT)) return null;
  history.replaceState(null, '', location.pathname);
  return fragment.slice(LINK_FRAGMENT.length);
}

/** How the exchange of a link for a session went; the key is kept for this tab. */
export type Entry = { readonly outcome: 'in'; readonly key: string } | { readonly outcome: 'refused' } | { readonly outcome: 'no-answer' };

/** Exchanges the secret of a link for a session, and keeps its key. */
export async function enter(secret: string): Promise<Entry> {
  try {
    const response = await fetch(SESSION_PATH, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ secret }), cache: 'no-store' });
    const answer: unknown = await response.json();
    if (response.status === 401) return { outcome: 'refused' };
    if (!response.ok || !isKey(answer)) return { outcome: 'no-answer' };
    sessionStorage.setItem(STORED_KEY, answer.key);
    return { outcome: 'in', key: answer.key };
  } catch {
    return { outcome: 'no-answer' };
  }
}

function isKey(answer: unknown): answer is { readonly key: string } {
  return typeof answer === 'object' && answer !== null && 'key' in answer && typeof answer.key === 'string';
}
