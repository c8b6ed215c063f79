import type { ReactNode } from 'react';
import type { DeliveryView } from '../../../src-main/contract/deliveries.ts';
import { ConfirmDialog } from '../../app/confirm-dialog.tsx';
import { botPlace, deliveryPlace } from './places.ts';

interface Props {
  readonly delivery: DeliveryView;
  readonly onClose: () => void;
}

/** Asks before a value that somebody changed by hand is written over. */
export function OverwriteDialog({ delivery: { id, connection, target, variable, keepBackup }, onClose }: Props): ReactNode {
  return (
    <ConfirmDialog
      title="Write over what was changed by hand?"
      yes="Write over it"
      no="Leave it"
      progress="Writing…"
      place={deliveryPlace(id)}
      toldAt={botPlace(connection)}
      what="deliver"
      act={(bridge) => bridge.deliver({ connection, delivery: id, overwrite: true })}
      takesOpener
      onClose={onClose}
    >
      <p>
        The value of {variable ?? 'the variable'} in <code className="path">{target}</code> is replaced by the token that Evertoken keeps alive. {keepBackup ? 'The file as it is now is kept beside it.' : 'The value that stands there now is gone then; no backup is kept of this file.'}
      </p>
      <p>If the token in the file is the better one, leave it and paste it into Evertoken instead.</p>
    </ConfirmDialog>
  );
}
