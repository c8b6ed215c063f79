import type { KeyView } from '../../../src-main/contract/keys.ts';

/** What a key opens. */
export type Right = KeyView['rights'][number];

interface RightRow {
  readonly right: Right;
  /** After “This key may”. */
  readonly words: string;
  readonly hint: string;
}

/** What a key can be given, most wanted first. */
export const RIGHTS: readonly RightRow[] = [
  { right: 'graph', words: 'call WhatsApp through Evertoken', hint: 'What a bot needs that sends and receives through the gateway.' },
  { right: 'token', words: 'take the token itself', hint: 'Only for a bot that must call Meta directly: whoever has such a key can copy your token.' },
  { right: 'status', words: 'read how the tokens are', hint: 'For a monitor or a dashboard. No secret is shown.' },
  { right: 'refresh', words: 'have a token renewed', hint: 'For a bot that wants a new token at once.' },
];

/** What a key opens, in a few words. */
export function rightsWords(rights: readonly Right[]): string {
  return RIGHTS.filter(({ right }) => rights.includes(right))
    .map(({ words }) => words)
    .join(', ');
}
