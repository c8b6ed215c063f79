import type { ReactNode } from 'react';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import { ConfirmDialog } from '../../app/confirm-dialog.tsx';

interface Props {
  readonly connection: ConnectionView;
  readonly onClose: () => void;
}

/** Asks before a connection and its secrets are erased, and says what that means. */
export function RemoveDialog({ connection: { id, label }, onClose }: Props): ReactNode {
  return (
    // Its card will be gone, so what came of it is told at the top.
    <ConfirmDialog title={`Remove “${label}”?`} yes="Remove" no="Keep it" progress="Removing…" place={id} toldAt={null} what="remove" act={(bridge) => bridge.remove({ connection: id })} takesOpener onClose={onClose}>
      <p>Evertoken forgets this connection and erases its token and app secret from this computer.</p>
      <p>A bot that gets its token from Evertoken gets none any more, and nobody renews it in time. At Meta nothing changes: the token itself works until it ends.</p>
    </ConfirmDialog>
  );
}
