import { type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import type { WindowView } from '../../../src-main/contract/window-view.ts';
import { useParts, useWish } from '../../app/window-parts.tsx';
import { cardId, ConnectionCard } from './connection-card.tsx';
import { ConnectionSearch, SEARCHED_ABOVE } from './connection-search.tsx';
import { useDeliveryLines } from './delivery-lines.ts';
import { byUrgency, matching } from './order.ts';
import './connection-list.css';


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
        <ConnectionSearch count={connections.length} typed={typed} search={search} found={shown.length} onType={setTyped} />
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
