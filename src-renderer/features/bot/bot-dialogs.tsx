import type { ReactNode } from 'react';
import type { BotDialog } from '../../app/dialogs.ts';
import type { WindowView } from '../../../src-main/contract/window-view.ts';
import { AddFileDialog } from './add-file-dialog.tsx';
import { CommandDialog } from './command-dialog.tsx';
import { GatewayOffDialog } from './gateway-off-dialog.tsx';
import { MakeKeyDialog } from './make-key-dialog.tsx';
import { OverwriteDialog } from './overwrite-dialog.tsx';
import { RemoveDeliveryDialog } from './remove-delivery-dialog.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';

interface Props {
  readonly dialog: BotDialog;
  readonly view: WindowView;
  readonly onClose: () => void;
}

/** The dialog of this part of the window that is open. */
export function BotDialogs({ dialog, view, onClose }: Props): ReactNode {
  const { status, gateway, deliveries, app } = view;
  switch (dialog.kind) {
    case 'gateway-off':
      return <GatewayOffDialog gateway={gateway} onClose={onClose} />;
    case 'make-key':
      return <MakeKeyDialog connections={status.connections} onClose={onClose} />;
    case 'revoke-key': {
      const key = gateway.keys.find(({ id }) => id === dialog.key);
      return key === undefined ? null : <RevokeDialog view={key} connections={status.connections} onClose={onClose} />;
    }
    case 'add-file': {
      const connection = status.connections.find(({ id }) => id === dialog.connection);
      return connection === undefined ? null : <AddFileDialog connection={connection} surface={app.surface} onClose={onClose} />;
    }
    case 'set-command': {
      const connection = status.connections.find(({ id }) => id === dialog.connection);
      const present = deliveries.find(({ kind, connection: id }) => kind === 'command' && id === dialog.connection);
      return connection === undefined ? null : <CommandDialog connection={connection} present={present?.target ?? null} onClose={onClose} />;
    }
    case 'overwrite': {
      const delivery = deliveries.find(({ id }) => id === dialog.delivery);
      return delivery === undefined ? null : <OverwriteDialog delivery={delivery} onClose={onClose} />;
    }
    case 'remove-delivery': {
      const delivery = deliveries.find(({ id }) => id === dialog.delivery);
      return delivery === undefined ? null : <RemoveDeliveryDialog delivery={delivery} onClose={onClose} />;
    }
  }
}
