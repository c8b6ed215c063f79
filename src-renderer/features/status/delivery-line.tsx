import type { ReactNode } from 'react';
import type { DeliveryView } from '../../../src-main/contract/deliveries.ts';
import { useParts } from '../../app/window-parts.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { Sentence } from '../../ui/sentence.tsx';
import { STANDINGS } from './standings.ts';
import './standing.css';

interface Props {
  readonly connection: string;
  readonly label: string;
  /** Null where nothing is delivered. */
  readonly standing: DeliveryView['standing'] | null;
  readonly words: string;
}

/** How the bot of a connection gets its token, in one line, and the way to that part of the window. */
export function DeliveryLine({ connection, label, standing, words }: Props): ReactNode {
  const { shows } = useParts();
  return (
    <div className="delivery-line" data-standing={standing ?? 'none'}>
      <Glyph name={standing === null ? 'plug' : STANDINGS[standing].glyph} size={18} />
      <p className="delivery-words">
        <Sentence text={words} />
      </p>
      <button type="button" className="delivery-jump" onClick={() => shows.show(connection, 'bot')}>
        Your bot<span className="unseen"> and {label}</span>
      </button>
    </div>
  );
}
