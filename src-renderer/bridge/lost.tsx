import { createRoot } from 'react-dom/client';
import './lost.css';

/** How long Evertoken may be out of reach before the page says so, ms: a stream that breaks is back at once, as a rule. */
const SAID_AFTER = 2_000;

/** The line above the window that says that it shows how things were. */
export interface Lost {
  readonly set: (lost: boolean) => void;
  readonly remove: () => void;
}

/** Makes room for that line; it stays empty while all is well. */
export function showLost(): Lost {
  const place = document.createElement('div');
  document.body.prepend(place);
  const root = createRoot(place);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const render = (lost: boolean): void =>
    root.render(
      <div role="status" className={lost ? 'lost' : undefined}>
        {lost && 'Evertoken cannot be reached. This page shows how things were, and goes on by itself.'}
      </div>,
    );
  render(false);
  return {
    set: (lost) => {
      clearTimeout(timer);
      if (lost) timer = setTimeout(() => render(true), SAID_AFTER);
      else render(false);
    },
    remove: () => {
      clearTimeout(timer);
      root.unmount();
      place.remove();
    },
  };
}
