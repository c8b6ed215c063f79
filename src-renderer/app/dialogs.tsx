import { type ReactNode, useEffect } from 'react';
import type { WindowView } from '../../src-main/contract/window-view.ts';
import { RemoveDialog } from '../features/connect/remove-dialog.tsx';
import { ReplaceDialog } from '../features/connect/replace-dialog.tsx';
import { SetUpDialog } from '../features/connect/set-up.tsx';
import { BotDialogs } from './bot-late.ts';
import { hasSubject } from './dialogs.ts';
import { useOpenDialog, useParts } from './window-parts.tsx';

/** The dialog that is open, if any. One whose subject was removed elsewhere closes with it. */
export function Dialogs({ view }: { readonly view: WindowView }): ReactNode {
  const { openDialog } = useParts();
  const dialog = useOpenDialog();
  const close = (): void => openDialog(null);
  const orphaned = dialog !== null && !hasSubject(dialog, view);
  useEffect(() => {
    // For good: it must not come back together with its subject.
    if (orphaned) openDialog(null);
  }, [orphaned, openDialog]);

  if (dialog === null || orphaned) return null;
  if (dialog.kind === 'set-up') return <SetUpDialog vault={view.status.vault.kind} onClose={close} />;
  if (dialog.kind !== 'replace' && dialog.kind !== 'remove') return <BotDialogs dialog={dialog} view={view} onClose={close} />;
  const connection = view.status.connections.find(({ id }) => id === dialog.connection);
  if (connection === undefined) return null;
  return dialog.kind === 'replace' ? <ReplaceDialog key={connection.id} connection={connection} about={dialog.about} onClose={close} /> : <RemoveDialog key={connection.id} connection={connection} onClose={close} />;
}
