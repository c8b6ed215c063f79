import type { ReactNode } from 'react';
import type { Asked } from '../../app/requests.ts';
import './progress.css';

/** While a pasted token is on its way. */
export const ASKING_WHOSE = 'Asking Meta whose token this is…';

const WORDS: Readonly<Record<Asked, string>> = {
  connect: ASKING_WHOSE,
  refresh: 'Refreshing…',
  check: 'Asking Meta how the token is…',
  replace: ASKING_WHOSE,
  number: 'Asking Meta about this number…',
  remove: 'Removing…',
  acknowledge: 'Noting it…',
  settings: 'Noting it…',
  gateway: 'Switching the gateway…',
  key: 'Noting it…',
  delivery: 'Noting it…',
  deliver: 'Delivering the token…',
};

interface Props {
  readonly pending: Asked | null;
  readonly busyInMain: boolean;
}

/** Says that something is under way, and what, as far as this window knows. */
export function Progress({ pending, busyInMain }: Props): ReactNode {
  if (pending === null && !busyInMain) return null;
  return (
    <p className="progress">
      <span className="progress-bar" aria-hidden="true" />
      {pending === null ? 'Evertoken is at work on this…' : WORDS[pending]}
    </p>
  );
}
