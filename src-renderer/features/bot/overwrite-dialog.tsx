import type { ReactNode } from 'react';
import type { DeliveryView } from '../../../src-main/contract/deliveries.ts';
import { ConfirmDialog } from '../../app/confirm-dialog.tsx';
import { botPlace, deliveryPlace } from './places.ts';

interface Props {
  readonly delivery: DeliveryView;
  readonly onClose: () => void;
}

/** Asks before a value that somebody changed by hand is written over, or a file that is no longer what the owner named. */
export function OverwriteDialog({ delivery: { id, connection, target, variable, keepBackup, code }, onClose }: Props): ReactNode {
  return (
    <ConfirmDialog
      title={code === 'moved' ? 'Write into this file all the same?' : 'Write over what was changed by hand?'}
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
      <p>{code === 'moved' ? 'Whoever may read the file can use the token. From then on Evertoken writes into the file as it is now.' : 'If the token in the file is the better one, leave it and paste it into Evertoken instead.'}</p>
    </ConfirmDialog>
  );
}
