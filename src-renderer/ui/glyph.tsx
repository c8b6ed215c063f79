import type { ReactNode } from 'react';
import type { GlyphName } from './glyph-name.ts';

const SHAPES: Readonly<Record<GlyphName, ReactNode>> = {
  plug: <path d="M9 3v5M15 3v5M6.5 8h11v3.5a5.5 5.5 0 0 1-11 0zM12 17v4" />,
  dots: (
    <g fill="currentColor" stroke="none">
      <circle cx="5.5" cy="12" r="1.9" />
      <circle cx="12" cy="12" r="1.9" />
      <circle cx="18.5" cy="12" r="1.9" />
    </g>
  ),
  tick: <path d="M5 12.8l4.6 4.6L19 7.6" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="8.6" />
      <path d="M12 7.2V12l3.2 2.2" />
    </>
  ),
  exclamation: (
    <>
      <path d="M12 4.5v9.5" />
      <circle cx="12" cy="18.8" r="1.5" fill="currentColor" stroke="none" />
    </>
  ),
  cross: <path d="M6.4 6.4l11.2 11.2M17.6 6.4L6.4 17.6" />,
  waves: <path d="M3.5 7.5c2.8-2.4 5.7-2.4 8.5 0s5.7 2.4 8.5 0M3.5 12.5c2.8-2.4 5.7-2.4 8.5 0s5.7 2.4 8.5 0M3.5 17.5c2.8-2.4 5.7-2.4 8.5 0s5.7 2.4 8.5 0" />,
  padlock: (
    <>
      <rect x="5.2" y="10.6" width="13.6" height="9.4" rx="2.2" />
      <path d="M8.4 10.6V8a3.6 3.6 0 0 1 7.2 0v2.6" />
    </>
  ),
};

interface Props {
  readonly name: GlyphName;
  readonly size?: number;
}

/** A shape in the colour of the text. Always beside words that say the same, so hidden from screen readers. */
export function Glyph({ name, size = 20 }: Props): ReactNode {
  return (
    <svg className="glyph" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false" data-glyph={name}>
      {SHAPES[name]}
    </svg>
  );
}
