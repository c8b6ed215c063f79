import type { ReactNode } from 'react';

/** The sign of the product: a ring that closes on itself round a key's bit. */
export function Mark(): ReactNode {
  return (
    <svg className="mark" width="26" height="26" viewBox="0 0 32 32" fill="none" stroke="currentColor" strokeWidth="3.4" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      <path d="M26.6 12.2A11.4 11.4 0 1 0 27.4 16" />
      <path d="M27.8 6.2v6.3h-6.3" />
      <circle cx="16" cy="16" r="3" fill="currentColor" stroke="none" />
    </svg>
  );
}
