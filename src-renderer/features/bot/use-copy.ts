import { useState } from 'react';

const COPIED = 'Copied.';
const SELECTED = 'It is selected: press Ctrl+C, or ⌘C on a Mac, to copy it.';

interface Copying {
  /** What came of it, for a live region. Never what was copied. */
  readonly said: string;
  readonly copy: (text: string, select: () => void) => void;
}

/** Copies a text; where the page may not use the clipboard, selects it, so that one press of keys does. */
export function useCopy(): Copying {
  const [said, setSaid] = useState('');
  return {
    said,
    copy: (text, select) => {
      setSaid('');
      const refused = (): void => {
        select();
        setSaid(SELECTED);
      };
      // Also where there is no clipboard at all: outside of secure contexts.
      const clipboard: Clipboard | undefined = navigator.clipboard;
      if (clipboard === undefined) refused();
      else clipboard.writeText(text).then(() => setSaid(COPIED), refused);
    },
  };
}
