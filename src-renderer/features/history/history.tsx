import { type ReactNode, useEffect, useId, useState } from 'react';
import type { HistoryEntry, WindowView } from '../../../src-main/contract/window-view.ts';
import { useParts } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Sentence } from '../../ui/sentence.tsx';
import { clockWords, dayWords } from '../../ui/times.ts';
import './history.css';

/** How many are shown at first, and how many more each time. */
const PAGE = 50;

type Asking = { readonly phase: 'loading' } | { readonly phase: 'failed' } | { readonly phase: 'here'; readonly entries: readonly HistoryEntry[] };

/** What happened lately, of all connections or of one; asked for anew whenever the view changes. */
export function History({ view }: { readonly view: WindowView }): ReactNode {
  const [chosen, setConnection] = useState<string | null>(null);
  const { connections } = view.status;
  // One that was removed in the meantime filters nothing any more.
  const connection = connections.some(({ id }) => id === chosen) ? chosen : null;
  const [asking, again] = useHistory(connection, view);
  const filter = useId();
  return (
    <section aria-label="Recent events">
      {connections.length > 1 ? (
        <div className="history-filter">
          <label htmlFor={filter}>Show</label>
          <select id={filter} className="field-input" value={connection ?? ''} onChange={(event) => setConnection(event.currentTarget.value === '' ? null : event.currentTarget.value)}>
            <option value="">All connections</option>
            {connections.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      {asking.phase === 'loading' ? <p className="history-empty">Looking what happened…</p> : null}
      {asking.phase === 'failed' ? (
        <div className="history-empty" role="alert">
          <p>Evertoken did not say what happened lately.</p>
          <Button onClick={again}>Try again</Button>
        </div>
      ) : null}
      {asking.phase === 'here' ? <Days entries={asking.entries} view={view} /> : null}
    </section>
  );
}

function useHistory(connection: string | null, view: WindowView): readonly [Asking, () => void] {
  const { bridge } = useParts();
  const [asking, setAsking] = useState<Asking>({ phase: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let wanted = true;
    const ask = async (): Promise<void> => {
      const answer: Asking = await bridge.history({ connection }).then(
        (entries) => ({ phase: 'here', entries }),
        () => ({ phase: 'failed' }),
      );
      if (wanted) setAsking(answer);
    };
    void ask();
    return () => {
      wanted = false;
    };
    // A new view means that something happened.
  }, [bridge, connection, view, round]);
  return [asking, () => setRound((before) => before + 1)];
}

function Days({ entries, view }: { readonly entries: readonly HistoryEntry[]; readonly view: WindowView }): ReactNode {
  const [most, setMost] = useState(PAGE);
  const { at, connections } = view.status;
  if (entries.length === 0) return <p className="history-empty">Nothing has happened yet.</p>;
  const labels = new Map(connections.map(({ id, label }) => [id, label]));
  const days = Map.groupBy(entries.slice(0, most), (entry) => dayWords(entry.at, at));
  return (
    <>
      {[...days].map(([day, happened]) => (
        <section key={day} className="day">
          <h2 className="day-name">
            {day}
          </h2>
          <ol className="events">
            {happened.map((entry, index) => (
              <Event key={`${entry.at} ${index}`} entry={entry} label={connections.length > 1 && entry.connection !== null ? (labels.get(entry.connection) ?? 'Removed connection') : null} />
            ))}
          </ol>
        </section>
      ))}
      {entries.length > most ? <Button onClick={() => setMost(most + PAGE)}>Show older</Button> : null}
    </>
  );
}

const TONES = { good: 'Good', plain: 'Note', bad: 'Trouble' } as const satisfies Record<HistoryEntry['tone'], string>;

function Event({ entry, label }: { readonly entry: HistoryEntry; readonly label: string | null }): ReactNode {
  return (
    <li className="event" data-tone={entry.tone}>
      <span className="event-tone">
        {entry.tone === 'plain' ? <Icon name="dot" size={18} /> : <Glyph name={entry.tone === 'good' ? 'tick' : 'cross'} size={18} />}
        <span>{TONES[entry.tone]}</span>
      </span>
      <p className="event-words">
        {label === null ? null : <span className="event-label">{label}</span>}
        <Sentence text={entry.text} />
      </p>
      <time className="event-time" dateTime={entry.at}>
        {clockWords(entry.at)}
      </time>
    </li>
  );
}
