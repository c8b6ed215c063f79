import type { ReactNode } from 'react';
import { useMainClock } from '../app/window-parts.tsx';
import { absoluteWords, relativeWords } from './times.ts';

/** An instant: how far away it is by main's clock, and when that is. */
export function When({ iso }: { readonly iso: string }): ReactNode {
  const now = useMainClock();
  return (
    <time dateTime={iso}>
      {relativeWords(iso, now)} <span className="faint">· {absoluteWords(iso)}</span>
    </time>
  );
}
