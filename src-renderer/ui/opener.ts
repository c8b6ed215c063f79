import { useState } from 'react';

/** What had the focus when the dialog came. */
export function useOpener(): Element | null {
  const [opener] = useState(() => document.activeElement);
  return opener;
}

/**
 * Where the focus goes when a dialog closes: to what opened it, unless that is gone or something else took the focus
 * already, as the card of a new connection does. Radix alone would drop it where the opener was an item of a menu.
 */
export function focusAfter(event: Event, opener: Element | null): void {
  event.preventDefault();
  const holder = document.activeElement;
  if (holder !== null && holder !== document.body && holder.closest('[role=dialog], [role=alertdialog]') === null) return;
  const fallback = document.querySelector('[data-focus-fallback]');
  for (const place of [opener, fallback]) {
    if (place instanceof HTMLElement && place.isConnected && place !== document.body) {
      place.focus();
      return;
    }
  }
}
