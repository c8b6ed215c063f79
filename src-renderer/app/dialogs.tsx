import { type ReactNode, useEffect } from 'react';
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
  const connection = dialog === null || dialog.kind === 'set-up' ? null : (view.status.connections.find(({ id }) => id === dialog.connection) ?? null);
  const orphaned = dialog !== null && dialog.kind !== 'set-up' && connection === null;
  useEffect(() => {
    // For good: it must not come back together with the connection.
    if (orphaned) openDialog(null);
  }, [orphaned, openDialog]);

  if (dialog === null) return null;
  if (dialog.kind === 'set-up') return <SetUpDialog vault={view.status.vault.kind} onClose={close} />;
  if (connection === null) return null;
  return dialog.kind === 'replace' ? <ReplaceDialog key={connection.id} connection={connection} about={dialog.about} onClose={close} /> : <RemoveDialog key={connection.id} connection={connection} onClose={close} />;
}
