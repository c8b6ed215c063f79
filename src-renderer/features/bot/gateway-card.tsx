import { Switch } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import type { GatewayView } from '../../../src-main/contract/keys.ts';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import { useOutcome, useParts, usePending } from '../../app/window-parts.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { Sentence } from '../../ui/sentence.tsx';
import { OutcomeNote } from '../status/outcome-note.tsx';
import { CopyText } from './copy-text.tsx';
import { KeyList } from './key-list.tsx';
import { GATEWAY_PLACE } from './places.ts';
import { PortForm } from './port-form.tsx';
import { useBotAsk } from './use-bot-ask.ts';

interface Props {
  readonly gateway: GatewayView;
  readonly connections: readonly ConnectionView[];
}

/** The gateway: whether it is on, where bots reach it, and the keys that open it. */
export function GatewayCard({ gateway, connections }: Props): ReactNode {
  const { openDialog } = useParts();
  const ask = useBotAsk();
  const pending = usePending(GATEWAY_PLACE) !== null;
  const label = useId();
  // Said once: what came of a press begins with the same sentence.
  const told = useOutcome(GATEWAY_PLACE);
  const { enabled, canChange, port, address, trouble, keys } = gateway;
  const change = (wanted: boolean): void => {
    if (pending) return;
    // Somebody may live on it.
    if (!wanted && keys.length > 0) openDialog({ kind: 'gateway-off' });
    else ask(GATEWAY_PLACE, 'gateway', (bridge) => bridge.setGateway({ enabled: wanted, port }));
  };
  return (
    <section className="card bot-card" aria-labelledby={label} aria-busy={pending}>
      <div className="bot-head">
        <h2 className="card-name" id={label}>
          Gateway
        </h2>
        {canChange ? (
          <div className="switch-place">
            <span className="switch-word" aria-hidden="true">
              {enabled ? 'On' : 'Off'}
            </span>
            <Switch.Root className="switch" checked={enabled} aria-label="Let bots use the gateway" aria-busy={pending || undefined} onCheckedChange={change}>
              <Switch.Thumb className="switch-thumb" />
            </Switch.Root>
          </div>
        ) : null}
      </div>
      <div className="bot-body">
        {trouble === null || told?.message.startsWith(trouble) === true ? null : (
          <div className="complaint">
            <Glyph name="exclamation" size={18} />
            <p>
              <Sentence text={trouble} />
            </p>
          </div>
        )}
        {address !== null ? (
          <CopyText label="Bots on this computer reach it at" text={address} />
        ) : trouble === null ? (
          <p className="faint">{enabled ? 'It is being started…' : 'It is off. No bot can reach Evertoken until you turn it on.'}</p>
        ) : null}
        {canChange ? <PortForm gateway={gateway} /> : <p className="field-hint">Here the gateway is always on, because Evertoken runs as a server. Its port is chosen where the server is started, with <code className="option">--port</code>.</p>}
        <OutcomeNote place={GATEWAY_PLACE} />
        <KeyList keys={keys} connections={connections} wanted={enabled && keys.length === 0} />
      </div>
    </section>
  );
}
