import type { ReactNode } from 'react';
import type { DeliveryView } from '../../../src-main/contract/deliveries.ts';
import { ConfirmDialog } from '../../app/confirm-dialog.tsx';
import { botPlace, deliveryPlace } from './places.ts';

interface Props {
  readonly delivery: DeliveryView;
  readonly onClose: () => void;
}

/** Asks before a delivery ends, and says what that means. */
export function RemoveDeliveryDialog({ delivery: { id, connection, kind, target }, onClose }: Props): ReactNode {
  const isFile = kind === 'env-file';
  return (
    <ConfirmDialog
      title={isFile ? 'Stop writing into this file?' : 'Stop running this command?'}
      yes="Remove"
      no="Keep it"
      progress="Removing…"
      place={deliveryPlace(id)}
      toldAt={botPlace(connection)}
      what="delivery"
      act={(bridge) => bridge.removeDelivery({ id })}
      takesOpener
      onClose={onClose}
    >
      <p>
        <code className="path">{target}</code>
      </p>
      <p>{isFile ? 'The file stays as it is, with the token that is in it now. Later tokens are not written into it, so a bot that reads it goes silent when this token ends.' : 'After a delivery nothing is run any more. A bot that reads its file only at its start keeps the old token until you start it again.'}</p>
    </ConfirmDialog>
  );
}
