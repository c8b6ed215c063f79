import type { ReactNode } from 'react';

const SHAPES = {
  close: <path d="M6 6l12 12M18 6L6 18" />,
  outward: <path d="M8 16L17 7M9.5 7H17v7.5" />,
  fold: <path d="M6 9.5l6 6 6-6" />,
  menu: <path d="M4 7h16M4 12h16M4 17h16" />,
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="6" />
      <path d="M15 15l5 5" />
    </>
  ),
  file: <path d="M6.5 3.5h7.2l4 4v13h-11.2zM13.4 3.8v4.2h4.1" />,
  key: (
    <>
      <circle cx="8" cy="15" r="4" />
      <path d="M11 12l8-8M15.5 7.5l3 3" />
    </>
  ),
  play: <path d="M8 5.5l10 6.5-10 6.5z" />,
  dot: <circle cx="12" cy="12" r="3" fill="currentColor" stroke="none" />,
} as const satisfies Record<string, ReactNode>;

/** A small sign on a control that has a name in words. */
export function Icon({ name, size = 16 }: { readonly name: keyof typeof SHAPES; readonly size?: number }): ReactNode {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      {SHAPES[name]}
    </svg>
  );
}
