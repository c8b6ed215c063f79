import type { ReactNode } from 'react';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import { WindowDialog } from '../../ui/dialog.tsx';
import { CommandForm } from './command-form.tsx';

interface Props {
  readonly connection: ConnectionView;
  /** The command that it takes the place of, in one line; null where there is none. */
  readonly present: string | null;
  readonly onClose: () => void;
}

/** Asks what is to be run after each delivery of a connection. */
export function CommandDialog({ connection: { id, label }, present, onClose }: Props): ReactNode {
  const lead = `Evertoken runs this after it has written a new token of “${label}” into its files, to start your bot again for example.${present === null ? '' : ` It takes the place of: ${present}`}`;
  return (
    <WindowDialog title="Run after each delivery" description={lead} onClose={onClose}>
      <CommandForm connection={id} onClose={onClose} />
    </WindowDialog>
  );
}
