import type { ReactNode } from 'react';
import type { GatewayView } from '../../../src-main/contract/keys.ts';
import { ConfirmDialog } from '../../app/confirm-dialog.tsx';
import { GATEWAY_PLACE } from './places.ts';

interface Props {
  readonly gateway: GatewayView;
  readonly onClose: () => void;
}

/** Asks before the gateway is turned off under bots that may live on it. */
export function GatewayOffDialog({ gateway: { port, keys }, onClose }: Props): ReactNode {
  return (
    <ConfirmDialog
      title="Turn the gateway off?"
      yes="Turn it off"
      no="Leave it on"
      progress="Turning it off…"
      place={GATEWAY_PLACE}
      toldAt={GATEWAY_PLACE}
      what="gateway"
      act={(bridge) => bridge.setGateway({ enabled: false, port })}
      onClose={onClose}
    >
      <p>Every bot that calls WhatsApp through Evertoken stops sending and receiving at once, until you turn the gateway on again.</p>
      <p>{keys.length === 1 ? 'Its key is kept.' : `Their ${keys.length} keys are kept.`} Files that Evertoken writes the token into go on as before.</p>
    </ConfirmDialog>
  );
}
