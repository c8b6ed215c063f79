import { memo, type ReactNode, useState } from 'react';
import type { DeliveryView } from '../../../src-main/contract/deliveries.ts';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import { usePending } from '../../app/window-parts.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Sentence } from '../../ui/sentence.tsx';
import { CardActions } from './card-actions.tsx';
import { ConnectionDetails } from './connection-details.tsx';
import { DeliveryLine } from './delivery-line.tsx';
import { LookBadge } from './look-badge.tsx';
import { LOOKS } from './looks.ts';
import { NumberChoice } from './number-choice.tsx';
import { OutcomeNote } from './outcome-note.tsx';
import { Progress } from './progress.tsx';
import './connection-card.css';

interface Props {
  readonly connection: ConnectionView;
  /** Something that the owner asked for is under way in main, wherever it was asked for. */
  readonly busyInMain: boolean;
  /** How its deliveries stand; null where it has none. In pieces, so that a card is drawn again only where its own line changed. */
  readonly standing: DeliveryView['standing'] | null;
  /** The same in a line; null where there is nothing to say of it. */
  readonly deliveryWords: string | null;
}

/** The id of a connection's card in the page; also where the focus goes when it is to be shown. */
export function cardId(connection: string): string {
  return `connection-${connection}`;
}

/** One connection: how it is in one sentence, what to do, and the buttons for it. */
export const ConnectionCard = memo(function ConnectionCard({ connection, busyInMain, standing, deliveryWords }: Props): ReactNode {
  const { id, label, look, number, environment, reasons, advice } = connection;
  const pending = usePending(id);
  const [open, setOpen] = useState(false);
  const reminders = connection.alerts.filter(({ acknowledgedAt }) => acknowledgedAt === null).length;
  const busy = busyInMain || pending !== null;
  const card = cardId(id);
  return (
    <article id={card} className="card" data-look={look} tabIndex={-1} aria-labelledby={`${card}-name`} aria-busy={busy}>
      <header className="card-head">
        <LookBadge look={look} lifeLeft={connection.lifeLeft} />
        <div className="card-names">
          <h2 className="card-name" id={`${card}-name`}>
            {label}
          </h2>
          <p className="card-sub">
            {number ?? 'Number not known'} · {environment}
          </p>
        </div>
        <p className="pill">{LOOKS[look].word}</p>
      </header>
      <div className="card-body">
        <p className="card-reason">
          <Sentence text={reasons[0] ?? ''} />
        </p>
        {advice === 'Nothing to do.' ? null : (
          <p className="card-advice">
            <Sentence text={advice} />
          </p>
        )}
        <NumberChoice connection={connection} busy={busy} />
        <CardActions connection={connection} busy={busy} pending={pending} />
        <Progress pending={pending} busyInMain={busyInMain} />
        <OutcomeNote place={id} />
        {deliveryWords === null ? null : <DeliveryLine connection={id} label={label} standing={standing} words={deliveryWords} />}
      </div>
      <div className="card-foot">
        <button type="button" className="fold" aria-expanded={open} aria-controls={`${card}-details`} onClick={() => setOpen(!open)}>
          <Icon name="fold" />
          Details
          {reminders === 0 ? null : <span className="fold-count">{reminders === 1 ? '1 reminder' : `${reminders} reminders`}</span>}
          <span className="unseen"> of {label}</span>
        </button>
        <div id={`${card}-details`} hidden={!open}>
          {open ? <ConnectionDetails connection={connection} /> : null}
        </div>
      </div>
    </article>
  );
});
