import type { Refusal } from '../refusal.ts';

const NEW_LINK = 'Type "npx evertoken open" on the computer where Evertoken runs: it prints a new link.';

/** Why the page, or something that it asks, is refused; words of the page's own beside those of the whole server. */
const PAGE_REFUSALS = {
  'from-another-page': { status: 403, message: 'Another page led here, and Evertoken does not open from other pages. Type or paste the address into the address bar of your browser.' },
  'not-from-our-page': { status: 403, message: 'Evertoken takes this only from its own page.' },
  'link-refused': { status: 401, message: `This link does not work: each works once, and within five minutes. ${NEW_LINK}`, headers: { 'WWW-Authenticate': 'Bearer' } },
  'session-refused': { status: 401, message: `This page has to be opened anew: Evertoken was restarted, or nobody used the page for long. ${NEW_LINK}`, headers: { 'WWW-Authenticate': 'Bearer' } },
  'too-many-windows': { status: 503, message: 'The page is open in too many places. Close some of them.' },
} as const satisfies Record<string, Omit<Refusal, 'code'>>;

/** The refusal behind a code. */
export function pageRefusal(code: keyof typeof PAGE_REFUSALS): Refusal {
  return { code, ...PAGE_REFUSALS[code] };
}

/** A request of the page whose content is not what it should be; `why` names the field and never what it held. */
export function callRefusal(why: string): Refusal {
  return { status: 400, code: 'bad-field', message: `Evertoken refused this call: ${why}.` };
}
