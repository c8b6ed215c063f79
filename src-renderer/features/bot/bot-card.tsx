import { memo, type ReactNode, useState } from 'react';
import type { DeliveryView } from '../../../src-main/contract/deliveries.ts';
import type { KeyView } from '../../../src-main/contract/keys.ts';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import type { AppView } from '../../../src-main/contract/window-view.ts';
import { useMainClock } from '../../app/window-parts.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { Icon } from '../../ui/icons.tsx';
import { deliverySummary } from '../status/delivery-words.ts';
import { OutcomeNote } from '../status/outcome-note.tsx';
import { STANDINGS } from '../status/standings.ts';
import { BaseAddress } from './base-address.tsx';
import { CommandPart } from './command-part.tsx';
import { FilesPart } from './files-part.tsx';
import { botCardId, botPlace } from './places.ts';

interface Props {
  readonly connection: ConnectionView;
  readonly deliveries: readonly DeliveryView[];
  /** Where the gateway is to be reached; null while it is off. */
  readonly base: string | null;
  readonly keys: readonly KeyView[];
  readonly startsOpen: boolean;
  readonly surface: AppView['surface'];
}

/** How the bot of one connection gets its token: what to set in the bot, and what Evertoken delivers. */
export const BotCard = memo(function BotCard({ connection, deliveries, base, keys, startsOpen, surface }: Props): ReactNode {
  const { id, label } = connection;
  const [open, setOpen] = useState(startsOpen);
  const card = botCardId(id);
  const files = deliveries.filter(({ kind }) => kind === 'env-file');
  const command = deliveries.find(({ kind }) => kind === 'command') ?? null;
  return (
    <article id={card} className="card bot-card" tabIndex={-1} aria-labelledby={`${card}-name`}>
      <h3 className="bot-fold">
        <button type="button" className="fold" aria-expanded={open} aria-controls={`${card}-parts`} onClick={() => setOpen(!open)}>
          <Icon name="fold" />
          <span className="card-name" id={`${card}-name`}>
            {label}
          </span>
          <Standing deliveries={deliveries} />
        </button>
      </h3>
      {/* Outside of what is folded, so that it is always there to be heard. */}
      <div className="bot-told">
        <OutcomeNote place={botPlace(id)} />
      </div>
      <div id={`${card}-parts`} className="bot-body" hidden={!open}>
        {open ? (
          <>
            <BaseAddress connection={id} base={base} keys={keys} />
            <FilesPart connection={id} files={files} />
            <CommandPart connection={id} command={command} hasFiles={files.length > 0} surface={surface} />
          </>
        ) : null}
      </div>
    </article>
  );
});

/** How its deliveries are, for a card that is folded. */
function Standing({ deliveries }: { readonly deliveries: readonly DeliveryView[] }): ReactNode {
  const summary = deliverySummary(deliveries, useMainClock());
  if (summary === null) return null;
  const { standing } = summary;
  return (
    <span className="standing" data-standing={standing}>
      <Glyph name={STANDINGS[standing].glyph} size={16} />
      {standing === 'done' ? summary.words : STANDINGS[standing].word}
    </span>
  );
}
