import type { ReactNode } from 'react';
import { Glyph } from '../../ui/glyph.tsx';
import { type Look, LOOKS } from './looks.ts';

interface Props {
  readonly look: Look;
  readonly lifeLeft: number | null;
}

/** The glyph of a look in its ring. The ring empties with the life that is left, where that matters. */
export function LookBadge({ look, lifeLeft }: Props): ReactNode {
  const { glyph, ring } = LOOKS[look];
  const left = ring && lifeLeft !== null ? Math.round(Math.min(1, Math.max(0, lifeLeft)) * 100) : null;
  return (
    <span className="badge" data-ring={left ?? undefined}>
      <svg className="badge-ring" viewBox="0 0 56 56" fill="none" strokeWidth="3.5" aria-hidden="true" focusable="false">
        <circle className="badge-track" cx="28" cy="28" r="25" />
        {left === null ? null : <circle className="badge-left" cx="28" cy="28" r="25" pathLength="100" strokeDasharray={`${left} 100`} transform="rotate(-90 28 28)" />}
      </svg>
      <Glyph name={glyph} size={26} />
    </span>
  );
}
