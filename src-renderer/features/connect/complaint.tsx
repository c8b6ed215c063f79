import { type ReactNode, useEffect, useRef } from 'react';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { Sentence } from '../../ui/sentence.tsx';
import { DetailList } from '../status/outcome-note.tsx';

interface Props {
  readonly id: string;
  readonly outcome: Outcome | null;
}

/** Why main did not take what was given, next to the field that it is about. */
export function Complaint({ id, outcome }: Props): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (outcome !== null) place.current?.scrollIntoView({ block: 'nearest' });
  }, [outcome]);
  return (
    <div id={id} ref={place} role="alert">
      {outcome === null ? null : (
        <div className="complaint">
          <Glyph name="exclamation" size={18} />
          <div>
            <p>
              <Sentence text={outcome.message} />
            </p>
            <DetailList details={outcome.details} />
          </div>
        </div>
      )}
    </div>
  );
}
