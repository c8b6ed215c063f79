import type { ReactNode } from 'react';
import type { WindowView } from '../../src-main/contract/window-view.ts';
import { RemoveDialog } from '../features/connect/remove-dialog.tsx';
import { ReplaceDialog } from '../features/connect/replace-dialog.tsx';
import { SetUpDialog } from '../features/connect/set-up.tsx';
import { useOpenDialog, useParts } from './window-parts.tsx';

/** The dialog that is open, if any. One whose connection was removed elsewhere closes with it. */
export function Dialogs({ view }: { readonly view: WindowView }): ReactNode {
  const { openDialog } = useParts();
  const dialog = useOpenDialog();
  const close = (): void => openDialog(null);
  if (dialog === null) return null;
  if (dialog.kind === 'set-up') return <SetUpDialog vault={view.status.vault.kind} onClose={close} />;
  const connection = view.status.connections.find(({ id }) => id === dialog.connection);
  if (connection === undefined) return null;
  return dialog.kind === 'replace' ? <ReplaceDialog key={connection.id} connection={connection} about={dialog.about} onClose={close} /> : <RemoveDialog connection={connection} onClose={close} />;
}
