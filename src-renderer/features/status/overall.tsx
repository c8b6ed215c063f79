import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Glyph } from '../../ui/glyph.tsx';
import { type Look, LOOKS, OVERALL } from './looks.ts';

/** How things are as a whole, in one line; and said once to a screen reader when that changes. */
export function Overall({ look }: { readonly look: Look }): ReactNode {
  return (
    <>
      <p className="overall" data-look={look}>
        <Glyph name={LOOKS[look].glyph} size={18} />
        <span>{OVERALL[look]}</span>
      </p>
      <Announcer look={look} />
    </>
  );
}

/** A live region that is empty at first: what was so when the window opened is read out in its turn anyway. */
function Announcer({ look }: { readonly look: Look }): ReactNode {
  const last = useRef(look);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (last.current === look) return;
    last.current = look;
    setSaid(OVERALL[look]);
  }, [look]);
  return (
    <p className="unseen" role="status" data-announcer>
      {said}
    </p>
  );
}
