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
