import { type ReactNode, type SubmitEvent, useEffect, useId, useRef, useState } from 'react';
import type { GatewayView } from '../../../src-main/contract/keys.ts';
import { usePending } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { Complaint } from '../connect/complaint.tsx';
import { incomplete } from './incomplete.ts';
import { GATEWAY_PLACE } from './places.ts';
import { useBotAsk } from './use-bot-ask.ts';

const HIGHEST = 65_535;

/** Asks on which port the gateway listens. */
export function PortForm({ gateway: { enabled, port, address } }: { readonly gateway: GatewayView }): ReactNode {
  const ask = useBotAsk();
  const id = useId();
  const pending = usePending(GATEWAY_PLACE);
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    if (input.current !== null) input.current.value = String(port);
  }, [port]);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('port');
    const wanted = typeof typed === 'string' && /^\d{1,5}$/.test(typed.trim()) ? Number(typed.trim()) : 0;
    if (wanted < 1 || wanted > HIGHEST) {
      setFault(`A port is a whole number from 1 to ${HIGHEST}.`);
      return;
    }
    setFault(null);
    if (pending === null && wanted !== port) ask(GATEWAY_PLACE, 'gateway', (bridge) => bridge.setGateway({ enabled, port: wanted }));
  };
  return (
    <form className="port" onSubmit={submit}>
      <div className="port-line">
        <label className="field-label" htmlFor={id}>
          Port
        </label>
        <input id={id} ref={input} className="field-input port-input" name="port" inputMode="numeric" maxLength={20} autoComplete="off" defaultValue={port} aria-describedby={`${id}-fault ${id}-hint`} aria-invalid={fault === null ? undefined : true} />
        <Button type="submit" off={pending !== null}>
          Use this port
        </Button>
      </div>
      <Complaint id={`${id}-fault`} outcome={fault === null ? null : incomplete(fault)} />
      <p className="field-hint" id={`${id}-hint`}>
        From 1 to {HIGHEST}; best between 1024 and 32000, because the system lends higher ones to other programs.{address === null ? '' : ' Bots that use the old port must then be told the new one.'}
      </p>
    </form>
  );
}
