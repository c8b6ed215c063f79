import { type ReactNode, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { DeliveryView } from '../../../src-main/contract/deliveries.ts';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import type { WindowView } from '../../../src-main/contract/window-view.ts';
import { useParts, useWish } from '../../app/window-parts.tsx';
import { ConnectionSearch, SEARCHED_ABOVE } from '../status/connection-search.tsx';
import { byConnection } from '../status/delivery-lines.ts';
import { matching } from '../status/order.ts';
import { BotCard } from './bot-card.tsx';
import { Paged } from './paged.tsx';
import { botCardId } from './places.ts';
import '../status/connection-list.css';

/** So many cards stand open; more are folded to a line each. */
const OPEN_UP_TO = 3;
const NONE: readonly DeliveryView[] = [];
// “Shop 2” comes before “Shop 10”.
const NAMES = new Intl.Collator(undefined, { numeric: true });

/** What is set up for each connection: what waits first, then what is delivered somewhere, then the others. */
export function BotList({ view }: { readonly view: WindowView }): ReactNode {
  const { status, gateway, deliveries } = view;
  const { connections } = status;
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed);
  const shownFirst = useShownFirst();
  const searched = connections.length > SEARCHED_ABOVE;
  const own = useMemo(() => byConnection(deliveries), [deliveries]);
  const ordered = useMemo(() => inOrder(connections, own, shownFirst), [connections, own, shownFirst]);
  const shown = useMemo(() => (searched ? matching(ordered, search) : ordered), [ordered, searched, search]);
  const { enabled, address, port } = gateway;
  const base = enabled ? (address ?? `http://127.0.0.1:${port}`) : null;
  return (
    <section aria-labelledby="bots-title">
      <h2 className="bots-title" id="bots-title">
        {connections.length === 1 ? 'Your connection' : 'Each connection'}
      </h2>
      {searched ? (
        <ConnectionSearch count={connections.length} typed={typed} search={search} found={shown.length} onType={setTyped} />
      ) : null}
      <Paged key={search} items={shown} more="connections" className="cards">
        {(connection) => (
          <li key={connection.id}>
            <BotCard connection={connection} deliveries={own.get(connection.id) ?? NONE} base={base} keys={gateway.keys} startsOpen={connections.length <= OPEN_UP_TO || connection.id === shownFirst} surface={view.app.surface} />
          </li>
        )}
      </Paged>
    </section>
  );
}

/** The connection that the owner came for: it stands first and gets the focus. This part of the window is made anew each time it is shown. */
function useShownFirst(): string | null {
  const { shows } = useParts();
  const wish = useWish();
  const [first] = useState(wish?.part === 'bot' ? wish.connection : null);
  useEffect(() => {
    if (wish === null || wish.part !== 'bot') return;
    shows.fulfilled(wish);
    const card = wish.connection === null ? null : document.getElementById(botCardId(wish.connection));
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: 'start' });
  }, [wish, shows]);
  return first;
}

function inOrder(connections: readonly ConnectionView[], own: ReadonlyMap<string, readonly DeliveryView[]>, first: string | null): readonly ConnectionView[] {
  const rank = ({ id }: ConnectionView): number => {
    const deliveries = own.get(id) ?? NONE;
    return id === first ? 0 : deliveries.some(({ standing }) => standing !== 'done') ? 1 : deliveries.length > 0 ? 2 : 3;
  };
  return connections.toSorted((a, b) => rank(a) - rank(b) || NAMES.compare(a.label, b.label));
}
