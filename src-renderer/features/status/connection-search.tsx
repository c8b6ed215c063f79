import type { ReactNode } from 'react';
import { Icon } from '../../ui/icons.tsx';
import './connection-list.css';

/** From here on a list is too long to look through. */
export const SEARCHED_ABOVE = 8;

interface Props {
  /** How many there are to search. */
  readonly count: number;
  readonly typed: string;
  /** What the list below was searched for: it follows what is typed a moment later. */
  readonly search: string;
  readonly found: number;
  readonly onType: (typed: string) => void;
}

/** The field above a long list of connections, and how many it found. */
export function ConnectionSearch({ count, typed, search, found, onType }: Props): ReactNode {
  return (
    <div className="search" role="search">
      <Icon name="search" size={18} />
      <input className="search-input" type="search" aria-label="Search connections" placeholder={`Search ${count} connections`} autoComplete="off" spellCheck={false} value={typed} onChange={(event) => onType(event.currentTarget.value)} />
      <p className="search-count" role="status">
        {search.trim() === '' ? '' : found === 1 ? '1 found' : `${found} found`}
      </p>
    </div>
  );
}
