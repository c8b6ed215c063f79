import { type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import type { WindowView } from '../../../src-main/contract/window-view.ts';
import { useParts, useWish } from '../../app/window-parts.tsx';
import { Icon } from '../../ui/icons.tsx';
import { cardId, ConnectionCard } from './connection-card.tsx';
import { useDeliveryLines } from './delivery-lines.ts';
import { byUrgency, matching } from './order.ts';
import './connection-list.css';

/** From here on a list is too long to look through. */
const SEARCHED_ABOVE = 8;

interface Props {
  readonly view: WindowView;
  /** False while another tab is in front. */
  readonly inFront: boolean;
}

/** All connections, what needs the owner first. */
export function ConnectionList({ view, inFront }: Props): ReactNode {
  const { connections } = view.status;
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed);
  const searched = connections.length > SEARCHED_ABOVE;
  const ordered = useMemo(() => byUrgency(connections), [connections]);
  const shown = useMemo(() => (searched ? matching(ordered, search) : ordered), [ordered, searched, search]);
  const busy = useMemo(() => new Set(view.busy), [view.busy]);
  const clearSearch = useCallback(() => setTyped(''), []);
  const lineOf = useDeliveryLines(view);
  useShowing({ connections, shown, inFront, clearSearch });

  return (
    <>
      {searched ? (
        <div className="search" role="search">
          <Icon name="search" size={18} />
          <input className="search-input" type="search" aria-label="Search connections" placeholder={`Search ${connections.length} connections`} autoComplete="off" spellCheck={false} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
          <p className="search-count" role="status">
            {search.trim() === '' ? '' : shown.length === 1 ? '1 found' : `${shown.length} found`}
          </p>
        </div>
      ) : null}
      <ul className={searched ? 'cards cards-many' : 'cards'}>
        {shown.map((connection) => (
          <li key={connection.id}>
            <ConnectionCard connection={connection} busyInMain={busy.has(connection.id)} {...lineOf(connection)} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface Showing {
  readonly connections: readonly ConnectionView[];
  readonly shown: readonly ConnectionView[];
  readonly inFront: boolean;
  readonly clearSearch: () => void;
}

/** Brings the wished-for connection into view and gives it the focus, as soon as it is there: it may come with a later view. */
function useShowing({ connections, shown, inFront, clearSearch }: Showing): void {
  const { shows } = useParts();
  const wish = useWish();
  useEffect(() => {
    if (wish === null || wish.part !== 'connections' || !inFront) return;
    const { connection } = wish;
    if (connection === null) {
      shows.fulfilled(wish);
      return;
    }
    const card = document.getElementById(cardId(connection));
    if (card === null) {
      if (connections.some(({ id }) => id === connection)) clearSearch();
      return;
    }
    shows.fulfilled(wish);
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: 'center' });
  }, [wish, shows, inFront, connections, shown, clearSearch]);
}
