import type { ReactNode } from 'react';
import { useOutcome, useParts } from '../../app/window-parts.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Sentence } from '../../ui/sentence.tsx';
import './outcome-note.css';

/** What came of the last thing asked, until the owner puts it away. At the top of the window (null): what concerns no connection, or none any more. */
export function OutcomeNote({ place }: { readonly place: string | null }): ReactNode {
  const { requests } = useParts();
  const outcome = useOutcome(place);
  return (
    // There before it says anything: a live region that comes with its words is not read out everywhere.
    <div className="outcome-place" role="status">
      {outcome === null ? null : (
        <div className="outcome" data-ok={outcome.ok}>
          <Glyph name={outcome.ok ? 'tick' : 'exclamation'} size={18} />
          <div className="outcome-words">
            <p>
              <Sentence text={outcome.message} />
            </p>
            <DetailList details={outcome.details} />
          </div>
          <button type="button" className="button button-quiet button-icon" aria-label="Put this message away" onClick={() => requests.dismiss(place)}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}

/** Differences, warnings, numbers: one line each. */
export function DetailList({ details }: { readonly details: readonly string[] }): ReactNode {
  if (details.length === 0) return null;
  return (
    <ul className="outcome-details">
      {details.map((detail) => (
        <li key={detail}>
          <Sentence text={detail} />
        </li>
      ))}
    </ul>
  );
}
