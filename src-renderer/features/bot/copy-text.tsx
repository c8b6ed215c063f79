import { type ReactNode, useId, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { useCopy } from './use-copy.ts';

interface Props {
  readonly label: string;
  readonly text: string;
}

/** A text that the owner needs elsewhere, with a button that copies it. No secret: it stands in the page. */
export function CopyText({ label, text }: Props): ReactNode {
  const id = useId();
  const place = useRef<HTMLElement>(null);
  const { said, copy } = useCopy();
  const select = (): void => {
    if (place.current !== null) getSelection()?.selectAllChildren(place.current);
  };
  return (
    <div className="copy">
      <p className="copy-label" id={id}>
        {label}
      </p>
      <div className="copy-line">
        <code ref={place} className="copy-text">
          {text}
        </code>
        <Button className="button-small" aria-describedby={id} onClick={() => copy(text, select)}>
          Copy<span className="unseen"> {text}</span>
        </Button>
      </div>
      <p className="copy-said" role="status">
        {said}
      </p>
    </div>
  );
}
