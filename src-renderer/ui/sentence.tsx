import { Fragment, type ReactNode } from 'react';
import { NO_ANSWER } from '../app/requests.ts';
import { useParts } from '../app/window-parts.tsx';
import { Icon } from './icons.tsx';
import { piecesOf } from './links.ts';
import './sentence.css';

/** A sentence of main's. Addresses in it become buttons: main opens them in the owner's browser; the window itself goes nowhere. */
export function Sentence({ text }: { readonly text: string }): ReactNode {
  const { bridge, requests } = useParts();
  const open = async (url: string): Promise<void> => {
    const outcome = await bridge.openLink({ url }).catch(() => NO_ANSWER);
    if (!outcome.ok) requests.tell({ ...outcome, connection: null });
  };
  return piecesOf(text).map((piece, index) =>
    piece.kind === 'words' ? (
      <Fragment key={index}>{piece.text}</Fragment>
    ) : (
      <span key={index} className="link-place">
        {piece.before}
        <button type="button" className="link" title={`Opens in your browser: ${piece.url}`} onClick={() => void open(piece.url)}>
          {piece.text}
          <Icon name="outward" size={14} />
        </button>
        {piece.after}
      </span>
    ),
  );
}
