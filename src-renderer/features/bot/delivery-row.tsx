import { memo, type ReactNode } from 'react';
import type { DeliveryView } from '../../../src-main/contract/deliveries.ts';
import { useParts, usePending } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Sentence } from '../../ui/sentence.tsx';
import { When } from '../../ui/when.tsx';
import { STANDINGS } from '../status/standings.ts';
import { botPlace, deliveryPlace } from './places.ts';
import { useBotAsk } from './use-bot-ask.ts';

/** One delivery: where the token goes, how that stands, and what can be done about it. */
export const DeliveryRow = memo(function DeliveryRow({ delivery }: { readonly delivery: DeliveryView }): ReactNode {
  const { openDialog } = useParts();
  const ask = useBotAsk();
  const { id, connection, kind, target, variable, standing, text, code } = delivery;
  const pending = usePending(deliveryPlace(id)) !== null;
  const deliver = (): void => ask(deliveryPlace(id), 'deliver', (bridge) => bridge.deliver({ connection, delivery: id, overwrite: false }), botPlace(connection));
  const byHand = code === 'changed-by-hand';
  // A value that is not Evertoken's, or another file, is written over only with the owner's yes.
  const asksFirst = byHand || code === 'two-values' || code === 'moved';
  return (
    <div className="row delivery" data-standing={standing} aria-busy={pending}>
      <div className="row-words">
        <p className="row-name row-target">
          <Icon name={kind === 'command' ? 'play' : 'file'} size={18} />
          <code>{target}</code>
        </p>
        <p className="standing" data-standing={standing}>
          <Glyph name={STANDINGS[standing].glyph} size={16} />
          {kind === 'command' && standing === 'done' ? 'It ran' : STANDINGS[standing].word}
        </p>
        {text === null ? null : (
          <p className="row-text">
            <Sentence text={text} />
          </p>
        )}
        <Facts delivery={delivery} />
        {byHand ? <p className="field-hint">If the token in {variable ?? 'the file'} is the one that your bot should use, paste it into Evertoken: once it is proved, it is used everywhere.</p> : null}
      </div>
      <div className="row-actions" role="group" aria-label={`Actions for ${target}`}>
        {asksFirst ? (
          <Button className="button-small" off={pending} onClick={() => openDialog({ kind: 'overwrite', delivery: id })}>
            Write Evertoken’s token over it…
          </Button>
        ) : null}
        {byHand ? (
          <Button className="button-small" off={pending} onClick={() => openDialog({ kind: 'replace', connection, about: 'token' })}>
            Paste the other token…
          </Button>
        ) : (
          <Button className="button-small" kind={standing === 'done' ? 'quiet' : 'plain'} busy={pending} onClick={deliver}>
            {kind === 'command' ? 'Run it now' : 'Deliver now'}
          </Button>
        )}
        <Button className="button-small" kind="quiet" off={pending} onClick={() => openDialog({ kind: 'remove-delivery', delivery: id })}>
          Remove…
        </Button>
      </div>
    </div>
  );
});

function Facts({ delivery: { kind, variable, keepBackup, lastDone, fingerprint, nextTry, standing } }: { readonly delivery: DeliveryView }): ReactNode {
  const isFile = kind === 'env-file';
  return (
    <dl className="row-facts">
      {variable === null ? null : <Fact term="Variable">{<code>{variable}</code>}</Fact>}
      {keepBackup ? <Fact term="Backup">kept beside it</Fact> : null}
      <Fact term={isFile ? 'Last written' : 'Last success'}>{lastDone === null ? 'Not yet' : <When iso={lastDone} />}</Fact>
      {fingerprint === null ? null : (
        <Fact term="Token then">
          <code>{fingerprint}</code>
        </Fact>
      )}
      {nextTry === null || standing === 'done' ? null : (
        <Fact term="Next try">
          <When iso={nextTry} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="row-fact">
      <dt>{term}: </dt>
      <dd>{children}</dd>
    </div>
  );
}
